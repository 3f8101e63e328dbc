"""Every change ever made to the tables of the votes database, in order."""
