"""Style of an answer as numbers: length and Markdown marks, counted by the database that reads the file."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

TEXT_COLUMNS = ("conversation", "response", "answer", "output", "text", "completion")
LENGTH_COLUMNS = ("length", "len", "tokens", "output_tokens", "response_length")

MARKS: dict[str, str] = {
    "headers": r"(?m)^ {0,3}#{1,6}\s",
    "lists": r"(?m)^\s*(?:[-*+]|\d{1,3}[.)])\s",
    "bold": r"\*\*[^*\n]+\*\*|__[^_\n]+__",
    "code": r"(?m)^\s*```",
}
"""Mark → the pattern of one of them; code fences come in twos, which the relative difference does not mind."""


def text_expression(column: str, kind: str) -> str:
    """Return the SQL of the answer's text; `column` is quoted, `kind` is its database type."""
    if kind.endswith("[]") and '"role"' in kind.replace("role ", '"role" ') and "content" in kind:
        said = f"[turn.content::varchar for turn in {column} if turn.role <> 'user']"
        return f"coalesce(array_to_string({said}, chr(10)), '')"
    return f"coalesce({column}::varchar, '')"


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
    """Leave out features that are 0 in every vote: they can tell nothing."""
    return {name: column for name, column in features.items() if np.any(column)}
