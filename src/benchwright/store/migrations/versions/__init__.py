"""One file a change; the first makes all tables."""
