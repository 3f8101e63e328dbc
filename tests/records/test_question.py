import pytest
from pydantic import ValidationError

from benchwright.records import Citation, Provenance, Question


def question(**changes: object) -> Question:
    values: dict[str, object] = {
        "form": "choice",
        "kind": "number",
        "text": "How many rooms does the hotel have?",
        "choices": ("12", "14", "16"),
        "answer": "14",
        "language": "en",
        "citations": (Citation(document_id="d", start=3, end=9, text="14 rms"),),
        "provenance": Provenance(writer="rule:number"),
    }
    return Question.model_validate(values | changes)


def test_option_order_tags_and_provenance_do_not_change_the_id() -> None:
    other = question(choices=("16", "14", "12"), tags=("hard",), provenance=Provenance(writer="person"))
    assert other.id == question().id


def test_another_text_answer_or_span_changes_the_id() -> None:
    first = question()
    assert question(text="How many floors does the hotel have?").id != first.id
    assert question(answer="12").id != first.id
    assert question(citations=(Citation(document_id="d", start=4, end=9, text="4 rms"),)).id != first.id


def test_an_id_that_does_not_belong_is_refused() -> None:
    with pytest.raises(ValidationError, match="not the hash of its content"):
        question(id="0" * 64)


def test_an_answer_outside_the_choices_is_refused() -> None:
    with pytest.raises(ValidationError, match="not among the choices"):
        question(answer="15")
