"""Leaderboards from votes and scores: Bradley–Terry, Elo scale, intervals, ties, style control, slices, voter audit."""

from benchwright.ranking.board import fit
from benchwright.ranking.settings import FitSettings

__all__ = ["FitSettings", "fit"]
