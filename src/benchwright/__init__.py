"""Benchwright: which model is right for my work, and how far can I trust the answer?"""
