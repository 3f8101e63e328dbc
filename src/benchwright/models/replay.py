"""Answers produced elsewhere: `replay:FILE`, JSONL or CSV with a question id and a text a row."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchwright.errors import InputError
from benchwright.records import Reply, Request

_IDS = ("question_id", "id")
_TEXTS = ("text", "answer", "response", "output")


@dataclass(frozen=True)
class ReplayModel:
    """Gives back recorded answers by question id and repeat; a question without one is an `error`, never a guess."""

    name: str
    answers: dict[tuple[str, int], str] = field(repr=False)

    async def respond(self, request: Request) -> Reply:
        """Look the question up."""
        if request.question is None:
            return Reply(text="", state="error", reason="no recorded answer: the request has no question")
        text = self.answers.get((request.question.id, request.repeat))
        if text is None:
            return Reply(text="", state="error", reason=f"no recorded answer for question {request.question.id[:12]}…")
        return Reply(text=text)


def load_answers(path: Path) -> dict[tuple[str, int], str]:
    """Read (question id, repeat) → text from a `.jsonl` or `.csv` file.

    Raises:
        InputError: the file cannot be read, a column is missing, or a question has two different answers.
    """
    answers: dict[tuple[str, int], str] = {}
    try:
        rows = list(_rows(path))
    except OSError as error:
        raise InputError(f"the recorded answers in {path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    for line, row in rows:
        identifier, text = (_first(row, names) for names in (_IDS, _TEXTS))
        if not isinstance(identifier, str) or not isinstance(text, str):
            lacks = "question_id" if not isinstance(identifier, str) else "text"
            raise InputError(
                f"{path}:{line}: no `{lacks}`; each row needs `question_id` and `text` (it has {', '.join(row)})"
            )
        key = (identifier, int(row.get("repeat") or 0))
        if answers.setdefault(key, text) != text:
            raise InputError(f"{path}:{line}: a second, different answer for question {identifier}")
    if not answers:
        raise InputError(f"{path}: no answers in it")
    return answers


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix.lower() == ".csv":
            reader = csv.DictReader(file)
            for row in reader:
                yield reader.line_num, row
            return
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{path}:{number}: not JSON ({error})") from error
            if not isinstance(row, dict):
                raise InputError(f"{path}:{number}: a JSON object is expected, not {type(row).__name__}")
            yield number, row


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)
