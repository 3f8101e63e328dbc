"""The benchmark folder: write it as one act, add to it by content, read it back, refuse it where it is damaged."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from benchwright.errors import DamagedFolder, NotWritten
from benchwright.records import (
    Benchmark,
    BenchmarkManifest,
    Document,
    Finding,
    Passage,
    Question,
    Record,
    RejectedQuestion,
    content_hash,
)
from benchwright.store.card import card
from benchwright.store.columns import json_lines, shape_of
from benchwright.store.lock import only_writer
from benchwright.store.place import require_writable
from benchwright.store.staging import current, is_empty, replace_files

MANIFEST = "manifest.json"
README = "README.md"
FILES = ("questions.jsonl", "rejected.jsonl", "findings.jsonl", "documents.jsonl", "passages.jsonl")

SomeRecord = TypeVar("SomeRecord", bound=Record)


def write_benchmark(benchmark: Benchmark, folder: Path) -> Benchmark:
    """Write `benchmark` into `folder`, adding by content to the benchmark that stands there; return what now stands.

    All files change as one act: after a crash the folder holds the old benchmark or the new one. The same benchmark
    gives the same bytes, written once or twice. Raises `DamagedFolder` where `folder` holds something else.
    """
    with only_writer(folder, waits=True):
        old = read_benchmark(folder) if not is_empty(folder) else None
        return _put(merged(old, benchmark) if old is not None else benchmark, folder)


def require_place_for_benchmark(folder: Path) -> None:
    """Raise now what `write_benchmark` would raise at the end.

    Raises:
        NotWritten: the folder cannot be written.
        DamagedFolder: it holds something else than a benchmark.
    """
    require_writable(folder)
    if folder.exists() and not folder.is_dir():
        raise NotWritten(f"{folder} is a file, not a folder; choose another folder with `-o`")
    if folder.is_dir() and not is_empty(folder):
        if not current(folder, MANIFEST).is_file():
            raise DamagedFolder(f"{folder} holds other files and no benchmark; choose a new or empty folder with `-o`")
        read_benchmark(folder)


def replace_benchmark(benchmark: Benchmark, folder: Path) -> Benchmark:
    """Put `benchmark` in the place of the one in `folder`, as one act; what was taken out stays out.

    Raises `DamagedFolder` where no whole benchmark stands there.
    """
    read_benchmark(folder)
    with only_writer(folder, waits=True):
        return _put(benchmark, folder)


def _put(benchmark: Benchmark, folder: Path) -> Benchmark:
    whole = summarised(benchmark)
    # Rows are dumped twice, for the types and for the lines, so that never more than one stands in memory.
    shapes = {file: shape_of(_rows(whole, file)) for file in FILES}
    files: dict[str, Iterable[bytes]] = {file: json_lines(_rows(whole, file), shapes[file]) for file in FILES}
    # A lone surrogate is refused with its place where the rows are written.
    files[README] = [card(whole, shapes).encode("utf-8", "replace")]
    files[MANIFEST] = [
        (json.dumps(whole.manifest.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode()
    ]
    replace_files(folder, files)
    return whole


def _rows(benchmark: Benchmark, file: str) -> Iterator[dict[str, Any]]:
    return (record.model_dump(mode="json") for record in _records(benchmark, file))


def merged(old: Benchmark, new: Benchmark) -> Benchmark:
    """Return `old` with what `new` adds: nothing twice, kept questions stay, findings on the set are renewed."""
    questions = _once([*old.questions, *new.questions], key=lambda question: question.id)
    kept = {question.id for question in questions}
    rejected = _once([*old.rejected, *new.rejected], key=lambda dropped: dropped.question.id)
    renewed = {finding.code for finding in new.findings if finding.effect == "set"}
    standing = [finding for finding in old.findings if finding.effect != "set" or finding.code not in renewed]
    files = {status.path: status for status in (*old.manifest.files, *new.manifest.files)}
    return Benchmark(
        manifest=new.manifest.model_copy(update={"name": old.manifest.name, "files": tuple(files.values())}),
        questions=questions,
        documents=_once([*old.documents, *new.documents], key=lambda document: document.id),
        passages=_once([*old.passages, *new.passages], key=lambda passage: passage.id),
        rejected=tuple(dropped for dropped in rejected if dropped.question.id not in kept),
        findings=_once([*standing, *new.findings], key=lambda finding: finding.model_dump_json()),
    )


def summarised(benchmark: Benchmark) -> Benchmark:
    """Return `benchmark` with every count of its manifest recomputed from its rows."""
    counts = {
        "writers": _counted(question.provenance.writer for question in benchmark.questions),
        "languages": _counted(question.language for question in benchmark.questions),
        "kinds": _counted(question.kind for question in benchmark.questions),
        "rows": {file: len(_records(benchmark, file)) for file in FILES},
        "fingerprint": fingerprint(benchmark.questions),
    }
    return benchmark.model_copy(update={"manifest": benchmark.manifest.model_copy(update=counts)})


def fingerprint(questions: Iterable[Question]) -> str:
    """Return the hash of the sorted question ids: equal for two benchmarks that ask the same."""
    return content_hash(sorted(question.id for question in questions))


def read_benchmark(folder: Path) -> Benchmark:
    """Read the benchmark in `folder`.

    Raises `DamagedFolder`, naming the file and the line, where something is missing, altered or not a benchmark.
    """
    manifest = _read_manifest(folder)
    benchmark = Benchmark(
        manifest=manifest,
        questions=_read(folder, "questions.jsonl", Question),
        rejected=_read(folder, "rejected.jsonl", RejectedQuestion),
        findings=_read(folder, "findings.jsonl", Finding),
        documents=_read(folder, "documents.jsonl", Document),
        passages=_read(folder, "passages.jsonl", Passage),
    )
    _refuse_wrong_counts(folder, benchmark)
    _refuse_repeated_ids(folder, "questions.jsonl", [question.id for question in benchmark.questions])
    _refuse_repeated_ids(folder, "documents.jsonl", [document.id for document in benchmark.documents])
    _refuse_false_spans(folder, benchmark)
    found = fingerprint(benchmark.questions)
    if found != manifest.fingerprint:
        raise DamagedFolder(
            f"{folder / 'questions.jsonl'}: its questions have the fingerprint {found[:12]}…, but {MANIFEST} states "
            f"{manifest.fingerprint[:12]}…; a question was changed, added or removed by hand: restore the file"
        )
    return benchmark


def is_benchmark(folder: Path) -> bool:
    """Say whether a benchmark was written into `folder` (whole or damaged)."""
    return current(folder, MANIFEST).is_file() and current(folder, "questions.jsonl").is_file()


def _read_manifest(folder: Path) -> BenchmarkManifest:
    if not folder.is_dir():
        raise DamagedFolder(f"there is no folder {folder}; write one with `benchwright generate DOCS -o {folder}`")
    path = current(folder, MANIFEST)
    if not path.is_file():
        raise DamagedFolder(
            f"{folder} is not a benchmark: it holds no {MANIFEST}; "
            f"`benchwright generate DOCS -o DIR` writes one into a new or empty folder"
        )
    if (folder / "responses.jsonl").is_file():
        raise DamagedFolder(f"{folder} is a run, not a benchmark; name the benchmark that it asked")
    value = _parsed(path, 0, path.read_bytes())
    return _validated(path, 0, value, BenchmarkManifest)


def _read(folder: Path, file: str, record: type[SomeRecord]) -> tuple[SomeRecord, ...]:
    path = current(folder, file)
    if not path.is_file():
        raise DamagedFolder(f"{folder} is damaged: {file} is missing; restore it, or build into a new folder")
    with path.open("rb") as lines:
        return tuple(
            _validated(path, number, _parsed(path, number, line), record) for number, line in enumerate(lines, 1)
        )


def _at(path: Path, line: int) -> str:
    return f"{path} line {line}" if line else str(path)


def _parsed(path: Path, line: int, raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        place = line or error.lineno
        raise DamagedFolder(
            f"{_at(path, place)}: not JSON ({error.msg} at column {error.colno}); restore the line"
        ) from error
    except UnicodeDecodeError as error:
        raise DamagedFolder(f"{_at(path, line)}: not UTF-8 (byte {error.start}); restore the line") from error


def _validated(path: Path, line: int, value: Any, record: type[SomeRecord]) -> SomeRecord:
    try:
        return record.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise DamagedFolder(
            f"{_at(path, line)}: {f'{place}: ' if place else ''}{message}; restore the line, or choose another folder"
        ) from error


def _refuse_wrong_counts(folder: Path, benchmark: Benchmark) -> None:
    for file, stated in benchmark.manifest.rows.items():
        found = len(_records(benchmark, file)) if file in FILES else stated
        if found != stated:
            raise DamagedFolder(
                f"{folder / file} line {min(found, stated) + 1}: the file has {found} lines, but {MANIFEST} states "
                f"{stated}; restore the file"
            )


def _refuse_repeated_ids(folder: Path, file: str, ids: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for number, name in enumerate(ids, 1):
        if name in first:
            raise DamagedFolder(f"{folder / file} line {number}: the same id as line {first[name]} ({name[:12]}…)")
        first[name] = number


def _refuse_false_spans(folder: Path, benchmark: Benchmark) -> None:
    documents = {document.id: document for document in benchmark.documents}
    for number, passage in enumerate(benchmark.passages, 1):
        _refuse_false_span(
            folder / "passages.jsonl", number, passage.document_id, passage.start, passage.text, documents
        )
    for number, question in enumerate(benchmark.questions, 1):
        for citation in question.citations:
            if citation.end - citation.start != len(citation.text):
                raise DamagedFolder(
                    f"{folder / 'questions.jsonl'} line {number}: a citation of {len(citation.text)} characters "
                    f"cannot span {citation.start}:{citation.end}"
                )
            _refuse_false_span(
                folder / "questions.jsonl", number, citation.document_id, citation.start, citation.text, documents
            )


def _refuse_false_span(
    path: Path, line: int, document_id: str, start: int, text: str, documents: dict[str, Document]
) -> None:
    document = documents.get(document_id)
    if document is None:
        raise DamagedFolder(f"{path} line {line}: the document {document_id[:12]}… is not in documents.jsonl")
    if document.text[start : start + len(text)] != text:
        raise DamagedFolder(
            f"{path} line {line}: {text[:40]!r} does not stand at {start} of the document {document.title!r}"
        )


def _records(benchmark: Benchmark, file: str) -> Sequence[Record]:
    if file == "questions.jsonl":
        return benchmark.questions
    if file == "rejected.jsonl":
        return benchmark.rejected
    if file == "findings.jsonl":
        return benchmark.findings
    return benchmark.documents if file == "documents.jsonl" else benchmark.passages


def _once(records: Iterable[SomeRecord], *, key: Callable[[SomeRecord], str]) -> tuple[SomeRecord, ...]:
    first: dict[str, SomeRecord] = {}
    for record in records:
        first.setdefault(key(record), record)
    return tuple(first.values())


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
