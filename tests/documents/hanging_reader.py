"""A reader that never ends, as a parser on damaged bytes may."""

import time


def read(data: bytes, name: str) -> None:
    time.sleep(60)
