"""What lasts on disk: benchmark folders, run folders, the journal of model calls, the votes."""
