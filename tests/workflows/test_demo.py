import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchwright.cli.demo import command
from benchwright.store.benchmark import read_benchmark
from benchwright.store.runs import read_run
from benchwright.workflows.demo import MODELS, QUESTIONS


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    return folder, CliRunner().invoke(command, ["-o", str(folder / "out")])


def test_the_demo_prints_the_leaderboard_where_the_report_is_and_what_to_type_next(made):
    folder, shown = made
    assert shown.exit_code == 0, shown.output
    assert f"24 documents → {QUESTIONS} questions" in shown.output
    for model in MODELS:
        assert model in shown.output
    assert str(folder / "out/report.html") in shown.output
    assert "benchwright generate" in shown.output


def test_every_file_of_the_demo_becomes_a_document_without_a_warning(made):
    files = read_benchmark(made[0] / "out/benchmark").manifest.files
    assert len(files) == 24
    assert {file.status for file in files} == {"loaded"}
    assert {file.language for file in files} == {"en", "ko"}


def test_questions_stand_on_every_document_in_both_languages(made):
    benchmark = read_benchmark(made[0] / "out/benchmark")
    assert len(benchmark.questions) == QUESTIONS
    assert {question.document for question in benchmark.questions} == {d.title for d in benchmark.documents}
    assert min(benchmark.manifest.languages.values()) > QUESTIONS / 3


def test_readers_beat_baselines_and_the_oracle_is_right(made):
    run = read_run(made[0] / "out/run")
    right = {
        model: sum(
            score.value or 0
            for score in run.scores
            for response in [responses[score.response_id]]
            if response.model == model and response.condition == "passage"
        )
        for responses in [{response.id: response for response in run.responses}]
        for model in MODELS
    }
    assert right["builtin/bm25"] > 2 * max(right["builtin/random"], right["builtin/longest"])
    assert right["builtin/oracle"] > 0.97 * QUESTIONS


def test_a_second_demo_finds_its_work_done_and_prints_the_board_as_json(made):
    out = made[0] / "out"
    before = (out / "run/responses.jsonl").read_bytes(), (out / "benchmark/questions.jsonl").read_bytes()
    told = json.loads(CliRunner().invoke(command, ["-o", str(out), "--json"]).stdout)
    assert ((out / "run/responses.jsonl").read_bytes(), (out / "benchmark/questions.jsonl").read_bytes()) == before
    assert {row["model"] for row in told["models"]} == set(MODELS)
    assert Path(told["report"]) == out / "report.html"


def test_the_demo_leaves_a_folder_of_other_files_alone(tmp_path):
    (tmp_path / "policy.md").write_text("# Policy")
    shown = CliRunner().invoke(command, ["-o", str(tmp_path)])
    assert shown.exit_code != 0
    assert "holds other files" in str(shown.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["policy.md"]
