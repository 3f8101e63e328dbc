import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.synthetic import synthetic_folder

from benchwright.cli.main import main

ROW = {
    "model", "condition", "questions", "graded", "errors", "refusals", "truncated", "score", "score_answered",
    "low", "high", "tied_with", "tied_with_best", "cost_usd", "latency_ms",
}  # fmt: skip


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: object) -> Done:
    """Run a command in this process: a new one each time would cost the tests a minute."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["benchwright", *map(str, words)]
    code = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.argv = before
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("evaluate")
    synthetic_folder(place / "b", documents=6, facts=5)
    for name, model in (("good", "bm25"), ("bad", "first")):
        done = run("evaluate", place / "b", "-m", f"builtin/{model}", "-o", place / name)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    return place


def test_evaluate_prints_the_stated_json(folder: Path) -> None:
    done = run("evaluate", folder / "b", "-m", "builtin/bm25", "-m", "builtin/random", "-o", folder / "two", "--json")
    found = json.loads(done.stdout)
    assert found["run"] == json.loads((folder / "two" / "manifest.json").read_text())["id"]
    assert {(row["model"], row["condition"]) for row in found["models"]} == {
        (f"builtin/{model}", condition) for model in ("bm25", "random") for condition in ("closed", "passage")
    }
    assert all(row.keys() >= ROW for row in found["models"])
    assert {tuple(gain) for gain in found["grounding_gain"]} == {("model", "estimate", "low", "high")}
    assert 0 < found["smallest_detectable_difference"] < 1
    again = run("evaluate", folder / "b", "-m", "builtin/bm25", "-m", "builtin/random", "-o", folder / "two", "--json")
    assert json.loads(again.stdout) == found


def test_fail_under_looks_at_the_lower_bound_under_passage(folder: Path) -> None:
    words = ("evaluate", folder / "b", "-o", folder / "good", "-m", "builtin/bm25", "--fail-under")
    assert run(*words, "0.5").returncode == 0
    missed = run(*words, "0.99")
    assert missed.returncode == 3
    assert "builtin/bm25" in missed.stderr
    assert run("evaluate", folder / "b", "-m", "builtin/first", "-c", "closed", "--fail-under", "0.5").returncode == 2


def test_grade_needs_no_model_and_keeps_the_first_marks(folder: Path) -> None:
    before = (folder / "good" / "responses.jsonl").read_bytes()
    done = run("grade", folder / "good", "--grader", "token_f1", "--json")
    assert json.loads(done.stdout)["grader"] == "token_f1"
    assert (folder / "good" / "responses.jsonl").read_bytes() == before
    graders = {json.loads(line)["grader"] for line in (folder / "good" / "scores.jsonl").read_text().splitlines()}
    assert graders == {"by_form", "token_f1"}
    wrong = run("grade", folder / "good", "--grader", "token_f2")
    assert wrong.returncode == 1
    assert "did you mean `token_f1`" in wrong.stderr


def test_compare_finds_the_regression_and_the_questions_that_make_it(folder: Path) -> None:
    done = run("compare", folder / "good", folder / "bad", "-c", "passage", "--json")
    (pair,) = json.loads(done.stdout)["comparisons"]
    assert (pair["model_a"], pair["model_b"]) == ("builtin/bm25", "builtin/first")
    assert pair["high"] < 0
    assert pair["p"] < 0.01
    groups = [len(pair[name]) for name in ("both", "only_a", "only_b", "neither")]
    assert sum(groups) == pair["questions"] == 30
    assert groups[1] - groups[2] == pytest.approx(-30 * pair["difference"])
    assert run("compare", folder / "good", folder / "bad", "--fail-under", "-0.1").returncode == 3
    assert run("compare", folder / "bad", folder / "good", "-c", "passage", "--fail-under", "-0.5").returncode == 0


def test_what_cannot_be_read_ends_with_one_line(folder: Path) -> None:
    for words, text in (
        (("evaluate", folder / "nowhere", "-m", "builtin/bm25"), "nowhere"),
        (("evaluate", folder / "b", "-m", "builtin/bm52"), "did you mean `builtin/bm25`"),
        (("grade", folder / "b"), "is a benchmark, not a run"),
        (("evaluate", folder / "good", "-m", "builtin/bm25"), "is a run, not a benchmark"),
        (("grade", folder), "is not a run"),
        (("compare", folder / "good", folder / "bad", "--model-a", "builtin/last"), "unknown model in this run"),
        (("compare", folder / "good", folder / "good"), "this one has only `builtin/bm25`"),
        (("evaluate", folder / "b", "-m", "builtin/bm25", "--judge", "builtin/oracle"), "cannot write, check or judge"),
        (("evaluate", folder / "b", "-m", "builtin/bm25", "--judge", "nowhere/m"), "unknown language model"),
    ):
        done = run(*words)
        assert done.returncode == 1
        assert text in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_model_is_not_compared_with_itself(folder: Path) -> None:
    run("evaluate", folder / "b", "-m", "builtin/bm25", "-m", "builtin/random", "-o", folder / "two")
    same = ("compare", folder / "two", folder / "two")
    for words in (same, (*same, "--model-a", "builtin/bm25"), (*same, "--model-b", "builtin/bm25")):
        done = run(*words)
        assert done.returncode == 1
        assert "compared with itself" in done.stderr
        assert "`--model-a builtin/bm25 --model-b builtin/random`" in done.stderr
    assert run(*same, "--model-a", "builtin/bm25", "--model-b", "builtin/random").returncode == 0


def test_a_command_whose_every_request_failed_does_not_end_well(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app_that_is_down.py").write_text("def answer(prompt):\n    raise RuntimeError('database is down')\n")
    monkeypatch.chdir(tmp_path)
    done = run("evaluate", folder / "b", "-m", "python:app_that_is_down:answer", "-o", tmp_path / "run")
    assert done.returncode == 1
    assert "database is down" in done.stdout
    assert "every request failed" in done.stderr


def test_a_misspelt_name_of_the_configuration_is_recognised(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "benchwright.yaml").write_text("models: {support-bot: {model: 'http://localhost:9/ask'}}\n")
    done = run("evaluate", folder / "b", "-m", "suport-bot")
    assert done.returncode == 1
    assert "did you mean `support-bot`" in done.stderr


def test_a_folder_of_other_files_is_left_alone_and_the_way_out_is_said(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text("# Policy\n\nClaims are made within 30 days.\n")
    done = run("generate", tmp_path, "-o", tmp_path)
    assert done.returncode == 1
    assert "holds other files and no benchmark; choose a new or empty folder" in done.stderr


def test_generate_says_which_documents_gave_nothing_and_what_was_there_before(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "poem.md").write_text("# A quiet day\n\nNothing happened, and nobody minded.\n")
    (sources / "fees.md").write_text(
        "# Fees\n\n| Service | Fee |\n| --- | --- |\n"
        "| Repair | 40 EUR |\n| Calibration | 95 EUR |\n| Return | 12 EUR |\n| Delivery | 8 EUR |\n"
    )
    first = run("generate", sources, "-o", tmp_path / "b")
    assert first.returncode == 0, first.stderr
    assert "no question on 1 of 2 documents: A quiet day" in first.stdout
    assert "were here before" not in first.stdout
    assert "of them were here before and stay" in run("generate", sources, "-o", tmp_path / "b").stdout


def test_a_ranking_of_runs_speaks_of_comparisons_not_of_voters(folder: Path) -> None:
    run("evaluate", folder / "b", "-m", "builtin/bm25", "-m", "builtin/random", "-o", folder / "ranked")
    done = run("rank", folder / "ranked")
    assert done.returncode == 0, done.stderr
    assert "comparisons" in done.stdout
    assert "voters" not in done.stdout
