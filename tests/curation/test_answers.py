import pytest

from benchwright.curation.answers import AnswerIsCited, is_verdict
from benchwright.curation.check import Draft
from benchwright.generation.kinds import NOT_STATED, TRUE_FALSE
from benchwright.records import Citation, Document, Provenance, Question

LEASE = Document(
    title="Lease of Unit 9",
    text="5.1 After thirty months either party may end the lease by one month's notice. 5.2 Rent is due monthly.",
    path="a.md",
    format="markdown",
    language="en",
)


@pytest.mark.parametrize("language", NOT_STATED)
def test_what_writers_are_told_to_answer_needs_no_citation(language: str) -> None:
    assert is_verdict(NOT_STATED[language])
    assert all(is_verdict(word) for word in TRUE_FALSE[language])


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        ("Under clause 5.1 either party may give notice from 1 June 2028.", True),
        ("Under clause 5.1 either party may give notice from 1 October 2028.", False),
        ("Under clause 7.4 either party may give notice from 1 June 2028.", False),
        ("Either party may give 45 days' notice from 1 June 2028.", False),
    ],
)
def test_an_open_answer_may_name_clauses_and_dates_that_follow_from_the_case(answer: str, holds: bool) -> None:
    end = LEASE.text.index(" 5.2")
    question = Question(
        form="open",
        kind="open_ended",
        text="Unit 9 burnt on 1 December 2025 and is not restored. Explain how its tenant can leave.",
        answer=answer,
        language="en",
        citations=(Citation(document_id=LEASE.id, start=0, end=end, text=LEASE.text[:end]),),
        provenance=Provenance(writer="m"),
    )
    assert (list(AnswerIsCited().check(Draft(question, {LEASE.id: LEASE}))) == []) == holds
