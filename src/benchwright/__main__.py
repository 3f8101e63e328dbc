"""`python -m benchwright` is the command `benchwright`."""

from benchwright.cli.start import start

if __name__ == "__main__":
    start()
