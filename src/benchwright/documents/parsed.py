"""What every format's reader returns: Markdown text with what the file says of itself."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Parsed:
    """The content of one file as Markdown.

    `page_starts` are offsets in `text` at which page, slide or sheet 1, 2, … begins; empty where there are none.
    `published` and `file_date` are ISO dates (`YYYY-MM-DD`) that the file itself states, or empty.
    `warning` says in plain words what could not be read. `unread_pages` are the numbers of pages that are pictures; a
    document that is nothing else has no text. Its reader then has `read_with_pages`, which takes what OCR read on them.
    """

    text: str
    title: str = ""
    published: str = ""
    file_date: str = ""
    page_starts: tuple[int, ...] = ()
    warning: str = ""
    unread_pages: tuple[int, ...] = ()


class Reader(Protocol):
    """One format family: bytes and the file's name in, Markdown out; raises `DocumentRefused` with the reason."""

    def __call__(self, data: bytes, name: str) -> Parsed:
        """Read `data`; `name` is the file's name, for its suffix and as a last title."""
        ...
