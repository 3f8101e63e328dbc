from pathlib import Path

import pytest

from benchwright.errors import DamagedFolder, InputError
from benchwright.records import Response, RunManifest, Score, Timing
from benchwright.store.runs import RunWriter, close_run, read_run, replace_scores, run_id, start_run


def manifest(**changes: object) -> RunManifest:
    values: dict[str, object] = {
        "id": "",
        "benchmark": "b",
        "benchmark_fingerprint": "f",
        "models": ("m",),
        "conditions": ("closed",),
        "version": "1",
        "settings": {"grader": "by_form"},
    }
    made = RunManifest.model_validate(values | changes)
    return made.model_copy(update={"id": run_id(made, [])})


def response(number: int, text: str = "B", **changes: object) -> Response:
    values: dict[str, object] = {"model": "m", "question_id": f"q{number:03d}", "condition": "closed", "text": text}
    return Response.model_validate(values | changes)


def write(folder: Path, numbers: list[int]) -> None:
    with RunWriter(folder) as writer:
        for number in numbers:
            row = response(number)
            writer.response(row, Timing(response_id=row.id, latency_ms=1.5))
            writer.score(Score(response_id=row.id, grader="by_form", value=1.0))


def test_the_same_command_has_the_same_run_and_any_other_question_another() -> None:
    assert manifest().id == manifest(benchmark="moved/b", version="2", is_closed=True).id
    for change in ({"repeats": 2}, {"seed": 1}, {"prompt": "x"}, {"models": ("n",)}, {"benchmark_fingerprint": "g"}):
        assert manifest(**change).id != manifest().id


def test_rows_come_back_sorted_whatever_the_order_they_came_in(tmp_path: Path) -> None:
    start_run(tmp_path / "r", manifest())
    write(tmp_path / "r", [3, 1, 2])
    run = close_run(tmp_path / "r")
    assert [row.question_id for row in run.responses] == ["q001", "q002", "q003"]
    assert run == read_run(tmp_path / "r")
    assert run.manifest.is_closed
    again = tmp_path / "s"
    start_run(again, manifest())
    write(again, [1, 2, 3])
    close_run(again)
    for name in ("responses.jsonl", "scores.jsonl", "timings.jsonl", "manifest.json"):
        assert (again / name).read_bytes() == (tmp_path / "r" / name).read_bytes()


@pytest.mark.parametrize("cut", [1, 2, 20, 60])
def test_a_torn_last_line_is_left_out_and_the_next_row_begins_its_own_line(tmp_path: Path, cut: int) -> None:
    start_run(tmp_path, manifest())
    write(tmp_path, [1, 2, 3])
    path = tmp_path / "responses.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    kept = read_run(tmp_path)
    assert [row.question_id for row in kept.responses][:2] == ["q001", "q002"]
    write(tmp_path, [3, 4])
    run = close_run(tmp_path)
    assert [row.question_id for row in run.responses] == ["q001", "q002", "q003", "q004"]
    assert len(run.scores) == len(run.timings) == 4


def test_damage_inside_a_file_is_refused_with_file_and_line(tmp_path: Path) -> None:
    start_run(tmp_path, manifest())
    write(tmp_path, [1, 2, 3])
    path = tmp_path / "responses.jsonl"
    lines = path.read_text().splitlines()
    lines[1] = lines[1].replace('"model"', '"modle"')
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(DamagedFolder, match=r"responses\.jsonl, line 2"):
        read_run(tmp_path)


def test_a_later_answer_replaces_the_one_that_failed(tmp_path: Path) -> None:
    start_run(tmp_path, manifest())
    with RunWriter(tmp_path) as writer:
        for row in (response(1, "", state="error", reason="transport"), response(1, "A")):
            writer.response(row, Timing(response_id=row.id, latency_ms=1.0))
    run = close_run(tmp_path)
    assert [(row.text, row.state) for row in run.responses] == [("A", "ok")]


def test_a_folder_of_another_run_or_of_something_else_is_refused(tmp_path: Path) -> None:
    start_run(tmp_path / "r", manifest())
    with pytest.raises(InputError, match="give another folder"):
        start_run(tmp_path / "r", manifest(seed=1))
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "letter.txt").write_text("hello")
    with pytest.raises(InputError, match="holds no run"):
        start_run(tmp_path / "x", manifest())
    with pytest.raises(DamagedFolder, match="is not a run"):
        read_run(tmp_path / "x")


def test_scores_of_one_grader_are_replaced_and_others_kept(tmp_path: Path) -> None:
    start_run(tmp_path, manifest())
    write(tmp_path, [1, 2])
    run = close_run(tmp_path)
    one = run.responses[0].id
    new = [Score(response_id=one, grader="by_form", value=0.0), Score(response_id=one, grader="judge", value=0.5)]
    run = replace_scores(run, new)
    assert read_run(tmp_path) == run
    assert run.scores_by("by_form")[one].value == 0
    assert run.scores_by("judge")[one].value == 0.5
    assert len(run.scores) == 3
