import pytest

from benchwright.curation.check import QuestionSet
from benchwright.curation.duplicates import NoSameFact
from benchwright.records import Citation, Provenance, Question

RULE = "Contributions are matched up to 6 % of the salary."


def asked(text: str, answer: str = "6 %", *, writer: str = "hand/w", at: int = 0) -> Question:
    return Question(
        form="short",
        kind="factual",
        text=text,
        answer=answer,
        language="en",
        citations=(Citation(document_id="d", start=at, end=at + len(RULE), text=RULE),),
        provenance=Provenance(writer=writer),
    )


FIRST = "Up to which share of the salary does Northway match contributions to the pension plan?"


def reported(*questions: Question) -> list[str]:
    return [finding.subject for finding in NoSameFact().check(QuestionSet(questions))]


@pytest.mark.parametrize(
    "text",
    [
        "What is the largest part of the salary that Northway's pension plan matches?",
        "I pay into Northway's pension plan. Up to what share of my salary is it matched?",
    ],
)
def test_one_fact_in_other_words_is_a_duplicate(text: str) -> None:
    later = asked(text)
    assert reported(asked(FIRST), later) == [later.id]


def test_another_answer_place_or_matter_is_another_question() -> None:
    other_words = asked("How much must someone on a wage of 100 put aside to lose nothing?")
    other_place = asked("What share of the salary does Northway's pension plan match abroad?", at=500)
    other_answer = asked("What share of the salary does Northway's pension plan match?", "3 %")
    assert reported(asked(FIRST), other_words, other_place, other_answer) == []


def test_verdicts_and_questions_by_rule_are_left_to_the_other_checks() -> None:
    yes = [asked("Does Northway match the whole salary?", "No"), asked("Does Northway match any salary at all?", "No")]
    assert reported(*yes) == []
    by_rule = [asked(FIRST, writer="rule:number"), asked("What share of the salary is matched?", writer="rule:number")]
    assert reported(*by_rule) == []
