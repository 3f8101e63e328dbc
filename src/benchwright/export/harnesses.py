"""Tasks for the harnesses that others run: lm-eval, lighteval and inspect, each with its data beside it."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchwright.errors import InputError, NothingKept, unknown_name
from benchwright.records import Benchmark, Question

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def export_benchmark(benchmark: Benchmark, harness: str, folder: Path, *, with_passages: bool = True) -> list[Path]:
    """Write the task files of one harness into a new or empty `folder`; return what was written.

    Args:
        benchmark: What is asked.
        harness: One of `HARNESSES`.
        folder: Where the files go; its name is the task's.
        with_passages: Show the cited passages above each question; else the question alone.

    Raises:
        UnknownName: no harness has this name.
        InputError: the folder holds something already.
        NothingKept: no question has a form that the harness can ask.
    """
    if harness not in HARNESSES:
        raise unknown_name("harness", harness, HARNESSES)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is there already; choose a new folder")
    rows = [_row(question, benchmark, with_passages) for question in benchmark.questions]
    files = HARNESSES[harness](rows, folder.resolve())
    if not files:
        raise NothingKept(f"none of {len(rows)} questions has a form that {harness} can ask")
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def _row(question: Question, benchmark: Benchmark, with_passages: bool) -> dict[str, Any]:
    """One question as every harness gets it, with one type a column."""
    shown: list[str] = []
    if with_passages:
        cited = [
            passage.text
            for passage in benchmark.passages
            for citation in question.citations
            if passage.document_id == citation.document_id
            and passage.start < citation.end
            and citation.start < passage.end
        ]
        shown = list(dict.fromkeys(cited or [citation.text for citation in question.citations]))
    key = question.key
    options = "\n".join(f"{letter}. {choice}" for letter, choice in zip(LETTERS, question.choices, strict=False))
    return {
        "id": question.id,
        "form": question.form,
        "kind": question.kind,
        "language": question.language,
        "context": "\n\n".join(shown),
        "question": question.text,
        "choices": list(question.choices),
        "options": options,
        "key": -1 if key is None else key,
        "letter": "" if key is None else LETTERS[key],
        "answer": question.answer,
        "accepted": list(question.accepted),
    }


def _json_lines(rows: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _lm_eval(rows: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, str]:
    """A `multiple_choice` task (needs log-probabilities) and its `generate_until` twin (for chat endpoints)."""
    asked = [row for row in rows if row["form"] == "choice"]
    if not asked:
        return {}
    data = {"test": str(folder / "data.jsonl")}
    common: dict[str, Any] = {
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": data},
        "test_split": "test",
        "num_fewshot": 0,
        "metadata": {"version": 1.0},
    }
    text = "{% if context %}{{context}}\n\n{% endif %}{{question}}\n{{options}}\nAnswer:"
    likelihood = {
        "task": folder.name,
        **common,
        "output_type": "multiple_choice",
        "doc_to_text": text,
        "doc_to_choice": "{{choices}}",
        "doc_to_target": "key",
        "metric_list": [{"metric": "acc", "aggregation": "mean", "higher_is_better": True}],
    }
    generated = {
        "task": f"{folder.name}_generate",
        **common,
        "output_type": "generate_until",
        "doc_to_text": text.replace("\nAnswer:", "\nAnswer with the letter alone."),
        "doc_to_target": "letter",
        "generation_kwargs": {"until": ["\n\n"], "do_sample": False, "max_gen_toks": 64},
        "filter_list": [
            {
                "name": "letter",
                "filter": [
                    {"function": "regex", "regex_pattern": r"\b([A-J])\b"},
                    {"function": "take_first"},
                ],
            }
        ],
        "metric_list": [
            {"metric": "exact_match", "aggregation": "mean", "higher_is_better": True, "ignore_case": True}
        ],
    }
    return {
        "data.jsonl": _json_lines(asked),
        f"{folder.name}.yaml": yaml.safe_dump(likelihood, allow_unicode=True, sort_keys=False),
        f"{folder.name}_generate.yaml": yaml.safe_dump(generated, allow_unicode=True, sort_keys=False),
    }


_LIGHTEVAL = '''"""A lighteval task: `lighteval accelerate MODEL "{name}|0" --custom-tasks {file}`."""

from lighteval.metrics.metrics import Metrics
from lighteval.tasks.lighteval_task import LightevalTaskConfig
from lighteval.tasks.requests import Doc


def prompt(line, task_name=None):
    """One question: the passages where they are shown, the question, the options with letters."""
    parts = [line["context"], line["question"], line["options"], "Answer:"]
    return Doc(
        task_name=task_name,
        query="\\n\\n".join(part for part in parts if part),
        choices=[" " + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(line["choices"])]],
        gold_index=line["key"],
    )


TASKS_TABLE = [
    LightevalTaskConfig(
        name={name!r},
        prompt_function=prompt,
        hf_repo={data!r},
        hf_subset="default",
        hf_avail_splits=["test"],
        evaluation_splits=["test"],
        metrics=[Metrics.loglikelihood_acc],
        generation_size=1,
        stop_sequence=["\\n"],
    )
]
'''


def _lighteval(rows: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, str]:
    asked = [row for row in rows if row["form"] == "choice"]
    if not asked:
        return {}
    # In a folder of its own: beside NAME.py, `datasets` takes NAME for a dataset with a script, which it refuses.
    source = _LIGHTEVAL.format(name=folder.name, file=f"{folder.name}.py", data=str(folder / "data"))
    return {"data/test.jsonl": _json_lines(asked), f"{folder.name}.py": source}


_INSPECT = '''"""An inspect task: `inspect eval {file} --model PROVIDER/MODEL`."""

from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import Sample, json_dataset
from inspect_ai.scorer import choice, model_graded_qa
from inspect_ai.solver import generate, multiple_choice

HERE = Path(__file__).parent


def sample(row):
    """One question; the passages stand above it where they are shown."""
    asked = "\\n\\n".join(part for part in (row["context"], row["question"]) if part)
    if row["choices"]:
        return Sample(id=row["id"], input=asked, choices=row["choices"], target=row["letter"])
    return Sample(id=row["id"], input=asked, target=[row["answer"], *row["accepted"]])


@task
def choices():
    """The multiple-choice questions."""
    return Task(dataset=json_dataset(str(HERE / "choice.jsonl"), sample), solver=multiple_choice(), scorer=choice())


@task
def answers():
    """The short and open questions, graded by a model."""
    return Task(dataset=json_dataset(str(HERE / "open.jsonl"), sample), solver=generate(), scorer=model_graded_qa())
'''


def _inspect(rows: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, str]:
    choice = [row for row in rows if row["form"] == "choice"]
    free = [row for row in rows if row["form"] != "choice"]
    name = f"{folder.name}.py"
    return {
        "choice.jsonl": _json_lines(choice),
        "open.jsonl": _json_lines(free),
        name: _INSPECT.replace("{file}", name),
    }


HARNESSES: dict[str, Callable[[Sequence[Mapping[str, Any]], Path], dict[str, str]]] = {
    "inspect": _inspect,
    "lighteval": _lighteval,
    "lm-eval": _lm_eval,
}
"""The harnesses that tasks can be written for, by name."""
