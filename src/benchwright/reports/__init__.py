"""Reports a person can decide by: one self-contained HTML page, and a table for the terminal."""
