"""Shares, differences, languages and lists as a reader expects to see them."""

from collections.abc import Sequence

from benchwright.evaluation.board import BoardRow
from benchwright.evaluation.metrics import Tally
from benchwright.stats.proportion import Interval

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


def money(dollars: float | None) -> str:
    """Return an amount with as many digits as it needs; `None` is "unknown"."""
    if dollars is None:
        return "unknown"
    return f"${dollars:,.2f}" if dollars >= 0.1 or dollars == 0 else f"${dollars:.4f}"


def tokens(row: BoardRow) -> str:
    """Return how many tokens a model read and wrote; "unknown" where it does not say."""
    if row.input_tokens is None or row.output_tokens is None:
        return "unknown"
    return f"{row.input_tokens + row.output_tokens:,}"


def interval_text(score: Interval | None) -> str:
    """Return an interval in percent."""
    return f"{score.low * 100:.1f} – {score.high * 100:.1f}" if score else "–"


def not_answered(tally: Tally) -> str:
    """Return what came back instead of an answer that counts, in words; empty where nothing did."""
    counts = (
        (tally.refusals, "refused"),
        (tally.truncated, "cut off"),
        (tally.errors, "failed"),
        (tally.ungraded, "not graded"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count)


KINDS: dict[str, str] = {
    "acronym": "meaning of an abbreviation",
    "article": "article of a rule book",
    "faq": "question of an FAQ",
    "key_value": "value beside its label",
    "not_stated": "not stated in the document",
    "procedure": "next step of a procedure",
    "quantity": "quantity with its unit",
    "speaker": "who said it",
    "table_aggregate": "sum or count over a table",
    "table_cell": "cell of a table",
    "table_compare": "largest or smallest in a table",
}
"""What a kind asks, where its name alone does not say so."""


def kind_name(kind: str) -> str:
    """Return the kind of a question in plain words."""
    return KINDS.get(kind, kind.replace("_", " "))


def language_name(code: str) -> str:
    """Return the English name of a language code."""
    return LANGUAGES.get(code, code)


def joined(names: Sequence[str]) -> str:
    """Return `names` as a sentence lists them."""
    return "".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"
