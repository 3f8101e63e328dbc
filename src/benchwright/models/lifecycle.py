"""When providers have announced to shut a model down: a short table, and the catalogue's word `deprecated`.

Dates are those of the providers' public deprecation pages. A model that is not in the table may still have one.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from benchwright.models.prices import catalogue_entry

SHUTDOWNS: tuple[tuple[str, str, date], ...] = (
    ("openai", r"gpt-4-32k.*", date(2025, 6, 6)),
    ("openai", r"gpt-4\.5-preview.*", date(2025, 7, 14)),
    ("openai", r"o1-preview.*", date(2025, 7, 28)),
    ("openai", r"o1-mini.*", date(2025, 10, 27)),
    ("openai", r"(gpt-3\.5-turbo-(instruct|1106)|davinci-002|babbage-002)", date(2026, 9, 28)),
    ("openai", r"(gpt-4-0314|gpt-4-0125-preview|gpt-4-turbo-preview)", date(2026, 3, 26)),
    ("openai", r"(gpt-3\.5-turbo(-0125)?|gpt-4(-0613|-1106-preview|-turbo(-2024-04-09)?)?)", date(2026, 10, 23)),
    (
        "openai",
        r"(gpt-4o-2024-05-13|gpt-4\.1-nano.*|o1(-pro)?(-20.*)?|o3-mini(-20.*)?|o4-mini(-20.*)?)",
        date(2026, 10, 23),
    ),
    ("openai", r"(gpt-5(-mini|-nano|-pro)?(-2025.*)?|o3(-pro)?(-20.*)?)", date(2026, 12, 11)),
    ("openai", r"(gpt-4o(-mini)?(-2024-(07|08|11).*)?|gpt-4\.1(-mini)?(-20.*)?)", date(2027, 1, 14)),
    ("openai", r"gpt-5\.1(-20.*)?", date(2027, 4, 1)),
    ("anthropic", r"claude-(2\.[01]|3-sonnet-20240229)", date(2025, 7, 21)),
    ("anthropic", r"claude-3-5-sonnet-(20240620|20241022|latest)", date(2025, 10, 28)),
    ("anthropic", r"claude-3-opus-(20240229|latest)", date(2026, 1, 5)),
    ("anthropic", r"claude-3-7-sonnet-(20250219|latest)", date(2026, 2, 19)),
    ("anthropic", r"claude-3-5-haiku-(20241022|latest)", date(2026, 2, 19)),
    ("anthropic", r"claude-(opus|sonnet)-4-(0|20250514)", date(2026, 6, 15)),
    ("anthropic", r"claude-opus-4-1(-20250805)?", date(2026, 8, 5)),
    ("gemini", r"gemini-1\.0-.*", date(2025, 2, 15)),
    ("gemini", r"gemini-2\.0-flash(-lite)?(-001)?", date(2026, 6, 1)),
    ("gemini", r"gemini-2\.5-(pro|flash)", date(2026, 12, 1)),
    ("gemini", r"gemini-1\.5-.*", date(2025, 9, 24)),
)
"""(provider, pattern of the model's name, last day)."""


def listed_shutdown(row: Mapping[str, object]) -> str:
    """What a provider's own list of models says of the end of one: `shutdown_date`, as a date or seconds since 1970."""
    stated = row.get("shutdown_date")
    if isinstance(stated, (int, float)) and not isinstance(stated, bool) and stated > 0:
        stated = datetime.fromtimestamp(stated, UTC).date().isoformat()
    return f"{_ends(stated[:10])}, by its provider's list" if isinstance(stated, str) and stated else ""


def shutdown_of(provider: str, model: str) -> str:
    """What is announced of `provider/model`, in a few words; empty where nothing is known."""
    provider = provider.removesuffix("-responses")
    for place, pattern, last in SHUTDOWNS:
        if place == provider and re.fullmatch(pattern, model):
            return f"{_ends(last.isoformat())}, by its provider's announcement"
    entry = catalogue_entry(provider, model)
    return "deprecated by its provider" if entry is not None and entry.is_deprecated else ""


def _ends(day: str) -> str:
    return f"{'was shut down' if day < datetime.now(UTC).date().isoformat() else 'will be shut down'} on {day}"
