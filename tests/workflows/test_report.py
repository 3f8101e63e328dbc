import json
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))

import hostile_run

from benchwright.cli.report import command
from benchwright.errors import InputError
from benchwright.workflows.report import report, write_report


def test_a_run_finds_its_benchmark_and_becomes_a_file(tmp_path):
    hostile_run.folders(tmp_path)
    path = write_report(report([tmp_path / "run"]), tmp_path / "new folder" / "report.html")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not path.with_name("report.html.part").exists()


def test_a_moved_benchmark_is_asked_for_by_name(tmp_path):
    hostile_run.folders(tmp_path)
    shutil.move(tmp_path / "benchmark", tmp_path / "moved")
    with pytest.raises(InputError, match="--benchmark"):
        report([tmp_path / "run"])
    assert report([tmp_path / "run"], benchmark=tmp_path / "moved").main.leaders


def test_a_run_on_another_benchmark_is_refused(tmp_path):
    hostile_run.folders(tmp_path / "a")
    hostile_run.folders(tmp_path / "b", each=3)
    with pytest.raises(InputError, match="evaluate again"):
        report([tmp_path / "a/run"], benchmark=tmp_path / "b/benchmark")


def test_two_runs_on_one_benchmark_share_one_board(tmp_path):
    whole, _ = hostile_run.folders(tmp_path)
    (tmp_path / "other").mkdir()
    hostile_run.run_on(whole, tmp_path / "other", models=("lab/poor-too",))
    found = report([tmp_path / "run", tmp_path / "other/run"], benchmark=tmp_path / "benchmark")
    assert {row.model for row in found.board.rows} == {*hostile_run.MODELS, "lab/poor-too"}


def test_the_same_answers_in_two_runs_are_refused(tmp_path):
    whole, _ = hostile_run.folders(tmp_path)
    (tmp_path / "other").mkdir()
    hostile_run.run_on(whole, tmp_path / "other", models=("lab/poor",))
    with pytest.raises(InputError, match="lab/poor"):
        report([tmp_path / "run", tmp_path / "other/run"], benchmark=tmp_path / "benchmark")


def test_a_lone_surrogate_does_not_cost_the_report(tmp_path):
    _, run = hostile_run.folders(tmp_path)
    found = report([run.folder])
    broken = found.run.manifest.model_copy(update={"prompt": "half \ud83d of a pair"})
    found = type(found)(**{**vars(found), "run": type(run)(**{**vars(found.run), "manifest": broken})})
    assert write_report(found, tmp_path / "report.html").stat().st_size > 0


def test_the_command_writes_the_file_and_says_where(tmp_path):
    hostile_run.folders(tmp_path)
    out = tmp_path / "r.html"
    shown = CliRunner().invoke(command, [str(tmp_path / "run"), "-o", str(out)])
    assert shown.exit_code == 0, shown.output
    assert f"report: {out}" in shown.output
    told = json.loads(CliRunner().invoke(command, [str(tmp_path / "run"), "-o", str(out), "--json"]).output)
    assert told["leaders"] == ["lab/<b>good</b>"]
    assert told["report"] == str(out)


def test_an_interrupted_run_that_came_to_one_condition_only_is_reported_by_that(tmp_path):
    _, run = hostile_run.folders(tmp_path)
    half = [line for line in (run.folder / "responses.jsonl").read_text().splitlines() if '"closed"' in line]
    (run.folder / "responses.jsonl").write_text("\n".join(half) + "\n")
    manifest = run.folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"is_closed": true', '"is_closed": false'))
    found = report([run.folder])
    assert found.main.condition == "closed"
    assert found.main.leaders
    assert "interrupted" in write_report(found, tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_leaves_no_half_file(tmp_path):
    hostile_run.folders(tmp_path)
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError, match=r"report\.html"):
        write_report(report([tmp_path / "run"]), tmp_path / "report.html")
    assert not (tmp_path / "report.html.part").exists()
