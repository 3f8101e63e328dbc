"""The README.md of a benchmark folder: a card for people, with the header that Hugging Face reads."""

import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any

import yaml

from benchwright.records import Benchmark, Question
from benchwright.store.columns import Shape, features

ABOUT = {
    "questions.jsonl": "what is asked, the reference answer, and the exact spans that support it",
    "rejected.jsonl": "questions that a check dropped, with codes and reasons",
    "findings.jsonl": "what every check found, on one question or on the whole set",
    "documents.jsonl": "the source texts, as Markdown, with their structure",
    "passages.jsonl": "exact spans of the documents: `document.text[start:end] == text`",
    "manifest.json": "how the benchmark was made: settings, counts, what became of each file",
}

STATES: dict[str, str] = {"no_power": "too few to tell", "not_run": "not run", "not_applicable": "not applicable"}
"""What the state of a finding is called, where its name says too little."""

FEW_DOCUMENTS = 5
"""With fewer, no claim beyond these documents can be made."""


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
        f"# {_safe(manifest.name)}",
        f"{len(benchmark.questions):,} questions on {len(benchmark.documents):,} documents. Each cites the exact "
        f"characters that answer it: `document.text[start:end] == citation.text`, counted in code points.",
        *([f"**Fewer than asked for.** {_safe(manifest.shortfall)}"] if manifest.shortfall else []),
        *([_example(benchmark.questions[0])] if benchmark.questions else []),
        _USE,
        "## What is asked",
        _counts("kind", manifest.kinds),
        _counts("language", manifest.languages),
        _counts("writer", manifest.writers),
        *([_documents(benchmark)] if benchmark.documents else []),
        _trust(benchmark),
        "## The files",
        _files(manifest.rows),
        "A column that no row fills is left out of its file, so that each column has one type.",
        f"Fingerprint `{manifest.fingerprint}`, written by Benchwright {manifest.version}.",
    ]
    return "\n\n".join(parts) + "\n"


_USE = """## Use it

```
benchwright evaluate THIS-FOLDER -m builtin/bm25 -m PROVIDER/MODEL
```

or `datasets.load_dataset("THIS-FOLDER", "questions")`; the other files are configurations of their own."""

MOST_DOCUMENTS = 100
"""Documents listed in the card; `documents.jsonl` holds all."""


def _example(question: Question) -> str:
    choices = [f"> - {_safe(choice)}" for choice in question.choices]
    cited = [f"> Cited: “{_safe(citation.text)}”" for citation in question.citations[:3]]
    lines = [f"> **{_safe(question.text)}**", ">", *choices, *([">"] if choices else [])]
    lines += [f"> Answer: {_safe(question.answer)}", *(line for each in cited for line in (">", each))]
    return "## An example\n\n" + "\n".join(lines)


def _documents(benchmark: Benchmark) -> str:
    asked = Counter(name for question in benchmark.questions for name in question.document_ids)
    rows = [
        f"| {_safe(document.title)} | {_safe(document.language)} | {len(document.text):,} | {asked[document.id]} |"
        for document in benchmark.documents[:MOST_DOCUMENTS]
    ]
    more = len(benchmark.documents) - len(rows)
    return "\n".join(
        [
            "## The documents\n",
            "| document | language | characters | questions |",
            "|---|---|---:|---:|",
            *rows,
            *([f"\n{more:,} more are in `documents.jsonl`."] if more else []),
        ]
    )


def _trust(benchmark: Benchmark) -> str:
    """Say what was checked, what was dropped, and what no question asks for."""
    codes = Counter(code for dropped in benchmark.rejected for code in dropped.codes)
    dropped = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
    lines = ["- No question was rejected by a check."]
    if benchmark.rejected:
        lines = [f"- Rejected by checks, and kept in `rejected.jsonl` with their reasons: {_safe(dropped)}."]
    lines += [
        f"- {_safe(finding.name.replace('_', ' '))}, "
        f"{STATES.get(finding.status, finding.status)}: {_safe(finding.message)}"
        for finding in benchmark.findings
        if finding.effect == "set"
    ]
    forms = [form for form in ("choice", "short", "open") if all(q.form != form for q in benchmark.questions)]
    if forms:
        lines.append(f"- Not tested: questions of the form {', '.join(forms)}.")
    lines.append(f"- Not tested: any language but {', '.join(sorted(benchmark.manifest.languages)) or 'none'}.")
    cited = {name for question in benchmark.questions for name in question.document_ids}
    if 0 < len(cited) < FEW_DOCUMENTS:
        lines.append(f"- Only {len(cited)} documents are asked about: no claim beyond them can be made.")
    if benchmark.manifest.writers and all(writer.startswith("rule:") for writer in benchmark.manifest.writers):
        lines.append(
            "- Written by rule: it tests whether stated facts are found and read rightly, not judgement, style or long "
            "reasoning."
        )
    return "## How far to trust it\n\n" + "\n".join(lines)


def _safe(text: str) -> str:
    """Return `text` on one line, with nothing that Markdown or HTML would act on: documents are data."""
    return re.sub(r"([\\`*_\[\]|#])", r"\\\1", escape(" ".join(text.split()), quote=False))


def _counts(what: str, counts: Mapping[str, int]) -> str:
    rows = [f"| {_safe(name) or '(none)'} | {count} |" for name, count in counts.items()]
    return "\n".join([f"| {what} | questions |", "|---|---:|", *rows])


def _files(rows: Mapping[str, int]) -> str:
    lines = [f"| `{file}` | {rows.get(file, '')} | {about} |" for file, about in ABOUT.items()]
    return "\n".join(["| file | rows | what it holds |", "|---|---:|---|", *lines])
