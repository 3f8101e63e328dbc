from pathlib import Path

import numpy as np
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


def test_questions_on_one_document_are_one_cluster_and_one_may_rest_on_several() -> None:
    rng = np.random.default_rng(0)
    # Ten questions a document, and each document favours one model: ten draws, not a hundred.
    marks = {}
    for document in range(10):
        favoured = rng.random() < 0.5
        for at in range(10):
            marks[f"q{document}{at}"] = {"x": ("ok", float(favoured)), "y": ("ok", float(not favoured))}
    documents = {name: (f"d{name[1]}",) for name in marks}
    by_document = fit(comparisons_of_runs([run_of(marks)], documents=documents))
    by_question = fit(comparisons_of_runs([run_of(marks)]))
    assert by_document.intervals == "clustered by document"
    assert by_document.models[0].se > 2.5 * by_question.models[0].se
    across = documents | {"q00": ("d0", "d1"), "q50": ("d5", "d6", "d7")}
    votes = comparisons_of_runs([run_of(marks)], documents=across)
    assert votes.prompt is not None
    assert votes.prompt.members is not None
    assert votes.prompt.members.shape == (12, 10)
    board = fit(votes)
    assert board.intervals == "clustered by document"
    assert board.models[0].se > 2 * by_question.models[0].se


def test_intervals_by_document_hold_the_truth_where_those_by_question_do_not() -> None:
    rng = np.random.default_rng(1)
    held = {"document": 0, "question": 0}
    rounds = 150
    for _ in range(rounds):
        taste = rng.normal(0, 1.0, 20)
        marks = {
            f"q{d:02d}{at}": {"x": ("ok", float(won)), "y": ("ok", float(not won))}
            for d in range(20)
            for at, won in enumerate(rng.random(10) < 1 / (1 + np.exp(-taste[d])))
        }
        documents = {
            name: tuple(
                {f"d{int(name[1:3])}", f"d{int(name[1:3]) // 2 * 2}"} if name[3] == "0" else {f"d{int(name[1:3])}"}
            )
            for name in marks
        }
        for noun in held:
            votes = comparisons_of_runs([run_of(marks)], documents=documents if noun == "document" else None)
            row = fit(votes).models[0]
            # Both are equally good on average over documents.
            held[noun] += row.low <= 1000 <= row.high
    assert held["document"] >= 0.9 * rounds
    assert held["question"] < 0.85 * rounds


def test_one_model_cannot_be_ranked() -> None:
    with pytest.raises(InputError, match="two or more"):
        comparisons_of_runs([run_of({"q1": {"x": ("ok", 1.0)}})])
    with pytest.raises(InputError, match="same question"):
        comparisons_of_runs([run_of({"q1": {"x": ("ok", 1.0)}, "q2": {"y": ("ok", 1.0)}})])
