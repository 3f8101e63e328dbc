"""Questions that people already have become a benchmark: read the file, understand its columns, check, write."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from benchwright.curation import Curator
from benchwright.documents import split, with_structure
from benchwright.errors import InputError, NothingKept
from benchwright.export.choices import Choices, choices_in, folded, position_of
from benchwright.export.question_files import Row, read_rows
from benchwright.records import Benchmark, BenchmarkManifest, Citation, Document, Passage, Provenance, Question
from benchwright.store.benchmark import is_benchmark, read_benchmark, write_benchmark
from benchwright.text.language import detect_language
from benchwright.version import VERSION

SYNONYMS: dict[str, tuple[str, ...]] = {
    "question": (
        "question", "question text", "prompt", "query", "stem", "input", "text", "problem", "instruction",
        "질문", "문제", "문항", "물음",
    ),
    "answer": (
        "answer", "reference answer", "reference", "expected", "expected answer", "expected output", "correct answer",
        "correct", "correct option", "answers", "gold", "target", "ground truth", "output", "label", "key", "solution",
        "answer key",
        "정답", "정답 번호", "정답번호", "답", "답변", "답안", "모범 답안", "모범답안",
    ),
    "choices": ("choices", "options", "alternatives", "candidates", "보기", "선택지", "선지"),
    "context": (
        "context", "passage", "source", "source text", "reference text", "document", "paragraph", "article",
        "지문", "본문", "문맥", "출처 본문", "근거",
    ),
    "tags": ("tags", "tag", "category", "subject", "topic", "태그", "분류", "주제", "과목"),
    "accepted": ("accepted", "accepted answers", "aliases", "also correct", "허용 답", "인정 답안"),
}  # fmt: skip
"""What a column may be called; letter case, blanks, `_` and `-` aside."""

_OPTION = re.compile(r"(?:option|choice|answer|opt|보기|선택지|선지)? ?\(?([A-Ja-j]|\d{1,2})\)?")
MOST_ERRORS = 5


@dataclass(frozen=True)
class Imported:
    """What `import_questions` made."""

    benchmark: Benchmark
    folder: Path
    rows: int
    rejected: dict[str, int]
    """Rejected rows by code."""


@dataclass(frozen=True)
class _Columns:
    """Which column of the file holds what; options in order."""

    named: Mapping[str, str]
    options: tuple[str, ...]
    others: tuple[str, ...]


def import_questions(
    path: str | Path, folder: str | Path, *, count_from: int | None = None, name: str | None = None
) -> Imported:
    """Write a benchmark of the questions in `path` (CSV, TSV, JSONL, JSON, XLSX) into `folder`.

    A row holds a question and a reference answer, and may hold choices (one column, or one a choice), a context, tags;
    every other column is kept in `extra`. The answer to a choice is its text, its letter or its number; `count_from`
    (0 or 1) says what the first choice is called where the file does not show it. The same checks run as on written
    questions; what they reject is kept with its reasons.

    Raises:
        InputError: a row cannot be read; the text names row and column.
        NothingKept: the checks rejected every question.
    """
    source, target = Path(path), Path(folder)
    rows = read_rows(source)
    columns = _columns(source, rows)
    count_from = _first_number(source, rows, columns) if count_from is None else count_from
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    errors: list[str] = []
    for row in rows:
        try:
            questions.append(_question(source, row, columns, count_from, documents))
        except InputError as error:
            errors.append(str(error))
    if errors:
        more = f" (and {len(errors) - MOST_ERRORS} more rows)" if len(errors) > MOST_ERRORS else ""
        raise InputError(f"{source}: " + "; ".join(errors[:MOST_ERRORS]) + more)
    old = read_benchmark(target) if is_benchmark(target) else None
    benchmark, counts = _checked(source, questions, list(documents.values()), old, name or target.resolve().name)
    return Imported(write_benchmark(benchmark, target), target, len(rows), counts)


def _checked(
    source: Path, questions: Sequence[Question], documents: Sequence[Document], old: Benchmark | None, name: str
) -> tuple[Benchmark, dict[str, int]]:
    curator = Curator(needs_citation=False)
    before = old.questions if old is not None else ()
    each = curator.each(questions, documents)
    together = curator.together(each.kept, already=before)
    rejected = [*each.rejected, *together.rejected]
    counts = dict(sorted(Counter(code for dropped in rejected for code in dropped.codes).items()))
    if not together.kept:
        said = ", ".join(f"{code} {count}" for code, count in counts.items())
        raise NothingKept(f"the checks rejected all {len(questions)} questions of {source} ({said})")
    passages: list[Passage] = [passage for document in documents for passage in split(document)]
    findings = [*each.findings, *together.findings]
    whole = curator.whole([*before, *(q for q in together.kept if q not in before)], passages, findings)
    manifest = BenchmarkManifest(
        name=name, version=VERSION, fingerprint="", settings={"import": source.name}, asked=len(questions)
    )
    benchmark = Benchmark(
        manifest=manifest,
        questions=together.kept,
        documents=tuple(documents),
        passages=tuple(passages),
        rejected=tuple(rejected),
        findings=(*findings, *whole),
    )
    return benchmark, counts


def _simple(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[_\-]+", " ", spaced).split()).casefold()


def _columns(source: Path, rows: Sequence[Row]) -> _Columns:
    """Understand the column names; raise where the question or the answer has none."""
    present = list(dict.fromkeys(name for row in rows for name in row.values))
    simple = {_simple(name): name for name in reversed(present)}
    named: dict[str, str] = {}
    for what, synonyms in SYNONYMS.items():
        found = next((simple[synonym] for synonym in synonyms if synonym in simple), None)
        if found is not None and found not in named.values():
            named[what] = found
    for what in ("question", "answer"):
        if what not in named:
            raise InputError(
                f"{source}: no column holds the {what}; call one of them `{what}` "
                f"(found: {', '.join(present) or 'none'})"
            )
    taken = set(named.values())
    options = [name for name in present if name not in taken and _OPTION.fullmatch(_simple(name))]
    others = tuple(name for name in present if name not in taken and name not in options)
    if len(options) < 2:
        return _Columns(named, (), (*others, *options))
    return _Columns(named, tuple(sorted(options, key=_option_order)), others)


def _option_order(name: str) -> tuple[int, str]:
    match = _OPTION.fullmatch(_simple(name))
    mark = match[1] if match else ""
    return (int(mark), "") if mark.isdigit() else (0, mark.casefold())


def _cell(row: Row, column: str | None) -> str:
    value = row.values.get(column) if column is not None else None
    return "" if value is None else str(value).strip()


def _answers(row: Row, column: str) -> tuple[str, ...]:
    """Return the answer, and what else counts as right where the cell is a list or `{"text": […]}`."""
    value: Any = row.values.get(column)
    if isinstance(value, Mapping) and isinstance(value.get("text"), list):
        value = value["text"]
    if isinstance(value, (list, tuple)):
        return tuple(dict.fromkeys(str(each).strip() for each in value)) or ("",)
    return (_cell(row, column),)


def _choices(row: Row, columns: _Columns) -> Choices:
    if columns.options:
        filled = [(name, _cell(row, name)) for name in columns.options]
        marks = [_OPTION.fullmatch(_simple(name)) for name, text in filled if text]
        # A column `option 2` is what the answer 2 names.
        return Choices(
            tuple(text for _, text in filled if text), tuple(folded(mark[1]) if mark else "" for mark in marks)
        )
    column = columns.named.get("choices")
    if column is None or row.values.get(column) in (None, ""):
        return Choices()
    try:
        found = choices_in(row.values[column], _answers(row, columns.named["answer"])[0])
    except json.JSONDecodeError as error:
        raise InputError(f"row {row.number}, column `{column}`: the list is no JSON ({error.msg})") from error
    if len(found.texts) < 2:
        raise InputError(
            f"row {row.number}, column `{column}`: one choice only; divide choices by `|`, `;` or lines, "
            f"or label them: `A) … B) …`"
        )
    return found


def _first_number(source: Path, rows: Sequence[Row], columns: _Columns) -> int | None:
    """Find out whether the file counts choices from 0 or from 1; `None` where no answer is a number without a label."""
    numbers: list[tuple[int, int]] = []
    are_labels = True
    for row in rows:
        try:
            choices = _choices(row, columns)
        except InputError:
            continue  # Said with all other rows that cannot be read.
        answer = _answers(row, columns.named["answer"])[0]
        if choices.texts and answer.isdecimal() and answer not in choices.texts:
            numbers.append((int(answer), len(choices.texts)))
            are_labels &= folded(answer) in choices.labels
    if not numbers or are_labels:
        return None
    has_zero, has_last = any(number == 0 for number, _ in numbers), any(number == count for number, count in numbers)
    if has_zero != has_last:
        return 0 if has_zero else 1
    why = "answers 0 and beyond the last" if has_zero else "neither 0 nor the number of the last choice"
    raise InputError(
        f"{source}: column `{columns.named['answer']}` numbers the choices, but whether from 0 or from 1 "
        f"cannot be told ({why} occur); say it with `--count-from 0` or `--count-from 1`, or give letters"
    )


def _question(
    source: Path, row: Row, columns: _Columns, count_from: int | None, documents: dict[str, Document]
) -> Question:
    text = _cell(row, columns.named["question"])
    answer, *others_right = _answers(row, columns.named["answer"])
    for what, value in (("question", text), ("answer", answer)):
        if not value:
            raise InputError(f"row {row.number}, column `{columns.named[what]}`: empty; give the {what}")
    found = _choices(row, columns)
    choices = found.texts
    if choices:
        answer = _key(row, columns.named["answer"], answer, found, count_from)
    context = _cell(row, columns.named.get("context"))
    document = _document(source, context, documents) if context else None
    others = {name: row.values[name] for name in columns.others if row.values.get(name) not in (None, "")}
    try:
        return Question(
            form="choice" if choices else "open" if len(answer.split()) > 20 else "short",
            kind="imported",
            text=text,
            choices=choices,
            answer=answer,
            accepted=() if choices else (*others_right, *_listed(row, columns.named.get("accepted"))),
            language=detect_language(" ".join([text, *choices])),
            citations=() if document is None else (_whole(document),),
            document="" if document is None else document.title,
            tags=_listed(row, columns.named.get("tags")),
            provenance=Provenance(writer=f"import:{source.name}"),
            extra=json.dumps(others, ensure_ascii=False, sort_keys=True, default=str) if others else "",
        )
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError(f"row {row.number}: {message}") from error


def _key(row: Row, column: str, answer: str, choices: Choices, count_from: int | None) -> str:
    """Return the choice that `answer` names by its text, label, letter or number."""
    position = position_of(answer, choices, count_from)
    if position is None:
        count = len(choices.texts)
        raise InputError(
            f"row {row.number}, column `{column}`: {answer[:40]!r} is none of the {count} choices "
            f"(give the text, the letter A–{chr(ord('A') + count - 1)} or the number)"
        )
    return choices.texts[position]


def _listed(row: Row, column: str | None) -> tuple[str, ...]:
    value: Any = row.values.get(column) if column is not None else None
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value)
    text = "" if value is None else str(value).strip()
    return tuple(part.strip() for part in re.split(r"[|;\n]", text) if part.strip())


def _document(source: Path, context: str, documents: dict[str, Document]) -> Document:
    """The document of one context; rows with the same context share it."""
    if context not in documents:
        title = f"{source.stem}, context {len(documents) + 1}"
        plain = Document(title=title, text=context, path=source.name, format="text", language=detect_language(context))
        documents[context] = with_structure(plain)
    return documents[context]


def _whole(document: Document) -> Citation:
    return Citation(document_id=document.id, start=0, end=len(document.text), text=document.text)
