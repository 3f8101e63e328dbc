import ast
import json
from pathlib import Path

import pytest
import yaml

from benchwright.errors import InputError, NothingKept, UnknownName
from benchwright.export.harnesses import HARNESSES, export_benchmark
from benchwright.records import Benchmark, BenchmarkManifest, Citation, Document, Passage, Provenance, Question

TEXT = "The hotel has 14 rooms. It opened in 1998."
DOCUMENT = Document(title="Hotel", text=TEXT, path="h.md", format="markdown", language="en")


def question(form: str, text: str, answer: str, choices: tuple[str, ...] = ()) -> Question:
    return Question.model_validate(
        {
            "form": form,
            "kind": "number",
            "text": text,
            "answer": answer,
            "choices": choices,
            "language": "en",
            "citations": (Citation(document_id=DOCUMENT.id, start=0, end=23, text=TEXT[:23]),),
            "provenance": Provenance(writer="person"),
        }
    )


BENCHMARK = Benchmark(
    manifest=BenchmarkManifest(name="b", version="0", fingerprint=""),
    questions=(
        question("choice", "How many rooms?", "14", ("12", "14", "16")),
        question("short", "When did it open?", "1998"),
    ),
    documents=(DOCUMENT,),
    passages=(Passage(document_id=DOCUMENT.id, start=0, end=len(TEXT), text=TEXT),),
)


@pytest.mark.parametrize("harness", HARNESSES)
def test_every_row_keeps_key_letter_and_passage(harness: str, tmp_path: Path) -> None:
    export_benchmark(BENCHMARK, harness, tmp_path / "task")
    data = next(path for path in sorted((tmp_path / "task").rglob("*.jsonl")) if path.name != "open.jsonl")
    (row,) = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]
    assert row["choices"][row["key"]] == row["answer"] == "14"
    assert row["letter"] == "B"
    assert row["context"] == TEXT
    for source in (tmp_path / "task").glob("*.py"):
        ast.parse(source.read_text(encoding="utf-8"))


def test_the_lm_eval_task_has_a_twin_for_chat_endpoints(tmp_path: Path) -> None:
    export_benchmark(BENCHMARK, "lm-eval", tmp_path / "task", with_passages=False)
    kinds = {path.stem: yaml.safe_load(path.read_text())["output_type"] for path in (tmp_path / "task").glob("*.yaml")}
    assert kinds == {"task": "multiple_choice", "task_generate": "generate_until"}
    assert json.loads((tmp_path / "task/data.jsonl").read_text())["context"] == ""


def test_inspect_gets_the_questions_without_options_too(tmp_path: Path) -> None:
    export_benchmark(BENCHMARK, "inspect", tmp_path / "task")
    assert json.loads((tmp_path / "task/open.jsonl").read_text())["answer"] == "1998"


def test_what_cannot_be_exported_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean `inspect`"):
        export_benchmark(BENCHMARK, "inspekt", tmp_path / "x")
    only_short = BENCHMARK.model_copy(update={"questions": BENCHMARK.questions[1:]})
    with pytest.raises(NothingKept):
        export_benchmark(only_short, "lm-eval", tmp_path / "y")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").write_text("x")
    with pytest.raises(InputError, match="choose a new folder"):
        export_benchmark(BENCHMARK, "inspect", tmp_path / "full")
