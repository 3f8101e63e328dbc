"""What a provider's own list of models says of one: that it is there, since when, and when it will end.

OpenAI-compatible lists may state a `shutdown_date`. Anthropic's states when a model was made available and no end;
Gemini's states no date, but says in words that a model is deprecated. What a list does not state is not told.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import aiohttp

from benchwright.models.config import EndpointConfig
from benchwright.models.lifecycle import listed_shutdown
from benchwright.models.providers import dialect_of, key_of

Row = Mapping[str, object]

_ADDRESSES = {"anthropic": ("/models?limit=1000", "data"), "gemini": ("/models?pageSize=1000", "models")}


async def list_models(session: aiohttp.ClientSession, place: EndpointConfig) -> list[Row]:
    """The rows of a provider's list; none where it gives none: whether the model answers is asked anyhow."""
    if place.key and not key_of(place):
        return []
    path, field = _ADDRESSES.get(place.kind, ("/models", "data"))
    # The key goes to the address that was configured, and no further.
    asked = session.get(
        f"{place.url.rstrip('/')}{path}", headers=dialect_of(place).headers(key_of(place)), allow_redirects=False
    )
    try:
        async with asked as response:
            answer: Any = await response.json(content_type=None) if response.status == 200 else {}
            rows = answer.get(field) if isinstance(answer, dict) else None
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return []
    return [cast("Row", row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def told_of(kind: str, model: str, rows: Sequence[Row]) -> tuple[str, str]:
    """Return what the rows of a list say of `model`: the end of it, and the rest in a few words.

    Both are empty where there is no list.
    """
    if not rows:
        return "", ""
    if kind == "anthropic":
        # A name without a date means the newest of that name, which the list shows with its date.
        found = next((row for row in rows if str(row.get("id", "")) == model), None)
        found = found or next((row for row in rows if str(row.get("id", "")).startswith(f"{model}-")), None)
        if found is None:
            return "", "not in its provider's list of models"
        since = str(found.get("created_at", ""))[:10]
        return listed_shutdown(found), f"in its provider's list{f', of {since}' if since else ''}; {NO_END}"
    if kind == "gemini":
        found = next((row for row in rows if str(row.get("name", "")).removeprefix("models/") == model), None)
        if found is None:
            return "", "not in its provider's list of models"
        about = str(found.get("description", ""))
        if "deprecat" in about.lower() or "shut down" in about.lower() or "discontinu" in about.lower():
            return f"by its provider's list: {about[:200]}", ""
        return "", f"in its provider's list; {NO_END}"
    found = next((row for row in rows if row.get("id") == model), None)
    return (listed_shutdown(found), "") if found is not None else ("", "")


NO_END = "the list states no end"
