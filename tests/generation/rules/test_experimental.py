import numpy as np
import pytest

from benchwright.generation.rules import DEFAULT_RULES, EXPERIMENTAL_VALIDITY, RULES
from benchwright.records import Document, Heading, Question

TEXT = """# Waters of Harlow

## Supply

Harlow Water Company is the largest water supplier of the northern county. Harlow Water Company repaired 3,150 leaks.
The engineer Dr. Ada Brandt met Dr. Tom Ashby, Dr. Oskar Vance and Dr. Petra Hollis at Lund.

## Terms

A penstock is a gate that regulates the flow of water into a mill or a turbine.

## Money

Tessin Savings Bank lent Harlow Water Company $46 million at a rate of 3.4% for the new pipes.

## People

Lund University trained 36 hydrologists of Harlow Water Company between the spring and the harvest.
"""


def asked(kind: str) -> list[Question]:
    headings = tuple(
        Heading(level=line.count("#"), text=line.strip("# "), start=TEXT.index(line) + line.index(" ") + 1, end=0)
        for line in TEXT.splitlines()
        if line.startswith("#")
    )
    document = Document(title="Waters of Harlow", text=TEXT, path="x.md", format="md", language="en", headings=headings)
    return list(RULES[kind].questions(document, [], chance=np.random.default_rng(0)))


def test_experimental_kinds_are_off_and_say_how_valid_they_were() -> None:
    assert not set(EXPERIMENTAL_VALIDITY) & set(DEFAULT_RULES)
    assert set(EXPERIMENTAL_VALIDITY) | set(DEFAULT_RULES) == set(RULES)
    assert all(" of " in measured for measured in EXPERIMENTAL_VALIDITY.values())


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("definition", "penstock"),
        ("which_section", "Money"),
        ("bridged", "3,150"),
        ("term_cloze", "Harlow Water Company"),
    ],
)
def test_an_experimental_kind_works_when_asked_for(kind: str, answer: str) -> None:
    assert answer in [question.answer for question in asked(kind)]


def test_a_bridged_question_cites_both_sentences_and_names_no_bridge() -> None:
    (question,) = asked("bridged")
    assert len(question.citations) == 2
    assert "Harlow Water Company" not in question.text
