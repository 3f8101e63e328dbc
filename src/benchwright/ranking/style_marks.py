"""Style of an answer as numbers: length and Markdown marks, counted by the database that reads the file."""

import ast
import json
import re
from collections.abc import Mapping
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

TEXT_COLUMNS = ("conversation", "response", "answer", "output", "text", "completion")
LENGTH_COLUMNS = ("length", "len", "tokens", "output_tokens", "response_length")

REPEATS = 1.0 - 1e-9
"""Squared correlation (around 0) from which one feature says the same as another."""

SPOKEN = "spoken"
"""Name under which the database knows the function `spoken`."""

MARKS: dict[str, str] = {
    "headers": r"(?m)^ {0,3}#{1,6}\s",
    "lists": r"(?m)^\s*(?:[-*+]|\d{1,3}[.)])\s",
    "bold": r"\*\*[^*\n]+\*\*|__[^_\n]+__",
    "code": r"(?m)^\s*```",
}
"""Mark → the pattern of one of them; code fences come in twos, which the relative difference does not mind."""


def text_expression(column: str, kind: str) -> str:
    """Return the SQL of the answer's text; `column` is quoted, `kind` is its database type.

    A conversation, as nested columns or as text in JSON or as Python prints it, counts without what the person said.
    """
    if kind.endswith("[]") and "role" in kind and "content" in kind:
        content = "turn.content::varchar"
        if re.search(r'content"? STRUCT\(', kind):
            content = "array_to_string([part.text::varchar for part in turn.content], chr(10))"
        said = f"[{content} for turn in {column} if turn.role not in ('user', 'system')]"
        return f"coalesce(array_to_string({said}, chr(10)), '')"
    if kind.endswith("[]"):
        return f"coalesce(array_to_string({column}, chr(10)), '')"
    plain = f"coalesce({column}::varchar, '')"
    return f"case when starts_with(ltrim({plain}), '[') then {SPOKEN}({plain}) else {plain} end"


def spoken(text: str) -> str:
    """Return what the model said in a conversation that a file holds as text; anything else comes back as it is."""
    turns = _parsed(text)
    if not isinstance(turns, list):
        return text
    said: list[str] = []
    for turn in cast("list[Any]", turns):
        if isinstance(turn, str):
            said.append(turn)
        elif isinstance(turn, dict) and cast("dict[str, Any]", turn).get("role") not in ("user", "system"):
            said.append(_content(cast("dict[str, Any]", turn).get("content")))
    return "\n".join(said)


def _content(content: object) -> str:
    if isinstance(content, list):
        parts = cast("list[Any]", content)
        return "\n".join(
            str(cast("dict[str, Any]", part).get("text") or "") for part in parts if isinstance(part, dict)
        )
    return "" if content is None else str(content)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        # An array of numpy prints its entries without commas between them.
        return ast.literal_eval(re.sub(r"\}\s*\n\s*\{", "}, {", text.strip()))
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def mark_expressions(text: str) -> dict[str, str]:
    """Return the SQL of length and of every count of marks in a text expression."""
    counts = {name: f"len(regexp_extract_all({text}, '{pattern}'))" for name, pattern in MARKS.items()}
    return {"length": f"length({text})", **counts}


def relative_difference(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return (a − b) / (a + b) in units of its standard deviation around 0; 0 where both are 0.

    Source: the length feature of LMArena's style control (Li, Angelopoulos & Chiang, 2024).
    """
    total = a + b
    difference = np.divide(a - b, total, out=np.zeros(len(a)), where=total > 0)
    spread = float(np.sqrt((difference**2).mean())) if len(a) else 0.0
    return difference / spread if spread else difference


def tell_apart(features: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Leave out features that tell nothing: those that are 0 in every vote, and those that repeat an earlier one."""
    kept: dict[str, FloatArray] = {}
    for name, column in features.items():
        size = float(column @ column)
        if size and not any(
            float(column @ other) ** 2 > REPEATS * size * float(other @ other) for other in kept.values()
        ):
            kept[name] = column
    return kept
