"""Shares, differences, languages and lists as a reader expects to see them."""

from collections.abc import Sequence

NO_BREAK = "\u00a0"

LANGUAGES: dict[str, str] = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pt": "Portuguese",
    "ru": "Russian",
    "und": "undetermined",
    "zh": "Chinese",
}
"""English names of common languages; any other keeps its code."""


def percent(share: float | None, digits: int = 1) -> str:
    """Return `share` (0..1) as percent, or a dash."""
    return "–" if share is None else f"{share * 100:.{digits}f}{NO_BREAK}%"


def points(share: float, *, is_signed: bool = False) -> str:
    """Return a difference of shares in percentage points."""
    return f"{share * 100:+.1f}{NO_BREAK}points" if is_signed else f"{share * 100:.1f}{NO_BREAK}points"


def duration(milliseconds: float | None) -> str:
    """Return a time in the unit that suits it; `None` is "unknown"."""
    if milliseconds is None:
        return "unknown"
    if milliseconds < 0.1:
        return f"< 0.1{NO_BREAK}ms"
    if milliseconds < 10:
        return f"{milliseconds:.1f}{NO_BREAK}ms"
    return f"{milliseconds:.0f}{NO_BREAK}ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f}{NO_BREAK}s"


def language_name(code: str) -> str:
    """Return the English name of a language code."""
    return LANGUAGES.get(code, code)


def joined(names: Sequence[str]) -> str:
    """Return `names` as a sentence lists them."""
    return "".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"
