"""Reads Markdown: the source text as it stands, its front matter understood."""

import re

import yaml

from benchwright.documents.decode import decode
from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import iso_date

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PUBLISHED = ("published", "date", "publish_date", "publication_date", "pubdate", "date_published", "발행일", "작성일")
_MODIFIED = ("updated", "modified", "last_modified", "lastmod")


def read(data: bytes, name: str) -> Parsed:
    """Return the Markdown as it stands, line breaks normalised."""
    decoded = decode(data)
    text = decoded.text
    stated = _front_matter(text)
    return Parsed(
        text=text,
        title=str(stated.get("title") or "").strip(),
        published=next((day for key in _PUBLISHED if (day := iso_date(stated.get(key)))), ""),
        file_date=next((day for key in _MODIFIED if (day := iso_date(stated.get(key)))), ""),
        warning=decoded.note,
    )


def _front_matter(text: str) -> dict[str, object]:
    match = _FRONT_MATTER.match(text)
    if match is None or len(match[1]) > 20_000:
        return {}
    try:
        stated = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError):
        # A rule of dashes at the top is not front matter; the text stands either way.
        return {}
    return {str(key).lower(): value for key, value in stated.items()} if isinstance(stated, dict) else {}
