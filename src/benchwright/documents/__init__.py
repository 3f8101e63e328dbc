"""Load files of any common format and split them into passages."""
