from pathlib import Path

import pytest

from benchwright.errors import InputError
from benchwright.ranking import fit
from benchwright.ranking.scores import comparisons_of_runs
from benchwright.records import Response, RunManifest, Score
from benchwright.records.comparison import OUTCOMES
from benchwright.store.runs import Run


def run_of(marks: dict[str, dict[str, tuple[str, float | None]]]) -> Run:
    """marks[question][model] = (state, value)."""
    responses, scores = [], []
    for question, given in marks.items():
        for model, (state, value) in given.items():
            response = Response(model=model, question_id=question, condition="closed", text="…", state=state)  # pyright: ignore
            responses.append(response)
            scores.append(Score(response_id=response.id, grader="exact", value=value))
    manifest = RunManifest(
        id="r", benchmark="b", benchmark_fingerprint="f", models=("x", "y"), conditions=("closed",), version="0"
    )
    return Run(Path("r"), manifest, tuple(responses), tuple(scores), ())


def test_the_higher_score_wins_and_equal_scores_tie() -> None:
    votes = comparisons_of_runs(
        [run_of({"q1": {"x": ("ok", 1.0), "y": ("ok", 0.5)}, "q2": {"x": ("ok", 0.0), "y": ("ok", 0.0)}})]
    )
    assert [OUTCOMES[code] for code in votes.outcome] == ["a", "tie"]
    assert votes.prompt is not None
    assert votes.prompt.names == ("q1", "q2")
    assert fit(votes).models[0].model == "x"


def test_a_refusal_loses_and_a_transport_error_or_an_ungraded_answer_is_left_out() -> None:
    votes = comparisons_of_runs(
        [
            run_of(
                {
                    "q1": {"x": ("refusal", None), "y": ("ok", 0.5)},
                    "q2": {"x": ("error", None), "y": ("ok", 1.0)},
                    "q3": {"x": ("ok", None), "y": ("ok", 1.0)},
                }
            )
        ]
    )
    assert [OUTCOMES[code] for code in votes.outcome] == ["b"]


def test_one_model_cannot_be_ranked() -> None:
    with pytest.raises(InputError, match="two or more"):
        comparisons_of_runs([run_of({"q1": {"x": ("ok", 1.0)}})])
    with pytest.raises(InputError, match="same question"):
        comparisons_of_runs([run_of({"q1": {"x": ("ok", 1.0)}, "q2": {"y": ("ok", 1.0)}})])
