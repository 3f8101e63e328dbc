from pathlib import Path

from benchwright.evaluation.regrading import changed, mark_in_words, reasons, ungraded
from benchwright.records import Response, RunManifest, Score
from benchwright.store.runs import Run


def answer(number: int, text: str, state: str = "ok") -> Response:
    return Response.model_validate(
        {"model": "m", "question_id": f"q{number}", "condition": "closed", "text": text, "state": state}
    )


ANSWERS = (answer(1, "B or C"), answer(2, "A or D"), answer(3, "A"), answer(4, "", "refusal"))


def graded(*values: tuple[float | None, str]) -> Run:
    scores = tuple(
        Score(response_id=response.id, grader="by_form", value=value, reason=reason)
        for response, (value, reason) in zip(ANSWERS, values, strict=True)
    )
    manifest = RunManifest.model_construct(settings={})
    return Run(Path("run"), manifest, ANSWERS, scores, ())


BEFORE = graded((None, "choice: names 2 options: B, C"), (0, "x"), (1, "x"), (0, "choice: declines to answer"))
AFTER = graded(
    (None, "choice: names 2 options: B, C"), (None, "choice: names 3 options: A, C, D"), (1, "x"), (None, "x")
)


def test_answers_that_were_not_graded_are_listed_and_refusals_are_none() -> None:
    assert [one.response.text for one in ungraded(AFTER, "by_form")] == ["B or C", "A or D"]
    assert ungraded(AFTER, "token_f1") == ()


def test_reasons_are_counted_without_the_details_of_one_answer() -> None:
    assert reasons(ungraded(AFTER, "by_form")) == [("names several options", 2)]


def test_a_mark_that_is_now_another_is_told_with_both() -> None:
    found = changed(BEFORE, AFTER, "by_form")
    assert [(one.response.text, mark_in_words(one.before), mark_in_words(one.score)) for one in found] == [
        ("A or D", "wrong", "not graded"),
        ("", "wrong", "not graded"),
    ]
    assert changed(AFTER, AFTER, "by_form") == ()
