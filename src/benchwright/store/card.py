"""The README.md of a benchmark folder: a card for people, with the header that Hugging Face reads."""

from collections.abc import Mapping
from typing import Any

import yaml

from benchwright.records import Benchmark
from benchwright.store.columns import Shape, features

ABOUT = {
    "questions.jsonl": "what is asked, the reference answer, and the exact spans that support it",
    "rejected.jsonl": "questions that a check dropped, with codes and reasons",
    "findings.jsonl": "what every check found, on one question or on the whole set",
    "documents.jsonl": "the source texts, as Markdown, with their structure",
    "passages.jsonl": "exact spans of the documents: `document.text[start:end] == text`",
    "manifest.json": "how the benchmark was made: settings, counts, what became of each file",
}


def card(benchmark: Benchmark, shapes: Mapping[str, Shape]) -> str:
    """Return the text of README.md; `shapes` gives the columns of each file by its name."""
    return f"---\n{_header(benchmark, shapes)}---\n\n{_body(benchmark)}"


def _header(benchmark: Benchmark, shapes: Mapping[str, Shape]) -> str:
    # A file without rows has no columns, and Hugging Face refuses a configuration that is empty.
    filled = {file: shape for file, shape in shapes.items() if shape.is_typed}
    header: dict[str, Any] = {
        "pretty_name": benchmark.manifest.name,
        "language": sorted(language for language in benchmark.manifest.languages if language != "und"),
        "task_categories": ["question-answering"],
        "tags": ["benchwright", "benchmark"],
        "configs": [_config(file) for file in filled],
        "dataset_info": [
            {"config_name": _config_name(file), "features": features(shape)} for file, shape in filled.items()
        ],
    }
    return yaml.safe_dump(header, sort_keys=False, allow_unicode=True, width=1000)


def _config_name(file: str) -> str:
    return file.removesuffix(".jsonl")


def _config(file: str) -> dict[str, Any]:
    config: dict[str, Any] = {"config_name": _config_name(file), "data_files": [{"split": "test", "path": file}]}
    return {**config, "default": True} if file == "questions.jsonl" else config


def _body(benchmark: Benchmark) -> str:
    manifest = benchmark.manifest
    parts = [
        f"# {manifest.name}",
        f"{len(benchmark.questions)} questions on {len(benchmark.documents)} documents; "
        f"{len(benchmark.rejected)} more were rejected and are kept with their reasons.",
    ]
    if manifest.shortfall:
        parts.append(f"**Fewer than asked for.** {manifest.shortfall}")
    parts += [
        _counts("kind", manifest.kinds),
        _counts("language", manifest.languages),
        _counts("writer", manifest.writers),
        _files(manifest.rows),
        "Every citation is an exact span of its document: `document.text[start:end] == citation.text`, counted in "
        "code points. A column that no row fills is left out of its file, so that each column has one type.",
        f"Fingerprint `{manifest.fingerprint}`, written by Benchwright {manifest.version}.",
    ]
    return "\n\n".join(parts) + "\n"


def _counts(what: str, counts: Mapping[str, int]) -> str:
    rows = [f"| {name or '(none)'} | {count} |" for name, count in counts.items()]
    return "\n".join([f"| {what} | questions |", "|---|---:|", *rows])


def _files(rows: Mapping[str, int]) -> str:
    lines = [f"| `{file}` | {rows.get(file, '')} | {about} |" for file, about in ABOUT.items()]
    return "\n".join(["| file | rows | what it holds |", "|---|---:|---|", *lines])
