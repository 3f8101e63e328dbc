"""Arrays in, frozen results out: intervals, paired tests, power, Bradley–Terry, agreement."""
