"""Keep the good questions: grounding, leaks, duplicates, item flaws, shortcuts, coverage."""
