"""A question over a folder of several documents says which it is about."""

import pytest

from benchwright.curation.check import Draft
from benchwright.curation.naming import NamesItsDocument
from benchwright.records import Citation, Document, Provenance, Question

LEASE = Document(
    title="Lease of 4 Wharf Row",
    text="# Lease of 4 Wharf Row\n\nThe tenant of Wharf Row has 14 days to answer a letter of Maude Penhale.",
    path="lease.md",
    format="markdown",
    language="en",
)
POOL = Document(
    title="모루수영장 이용 안내",
    text="# 모루수영장 이용 안내\n\n회원은 한 달에 여덟 번 들어올 수 있다. 장치는 M7이다.",
    path="pool.md",
    format="markdown",
    language="ko",
)
SCAN = Document(title="scan_0042", text="The tenant has 14 days.", path="s.txt", format="text", language="en")


def flagged(text: str, document: Document, others: tuple[Document, ...] = (LEASE, POOL, SCAN)) -> bool:
    question = Question(
        form="short",
        kind="factual",
        text=text,
        answer="14",
        language=document.language,
        citations=(Citation(document_id=document.id, start=0, end=5, text=document.text[:5]),),
        provenance=Provenance(writer="m"),
    )
    known = {each.id: each for each in others}
    return bool(list(NamesItsDocument(others).check(Draft(question, known))))


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("How many days does the tenant have to answer a letter?", LEASE),
        ("회원은 한 달에 몇 번 들어올 수 있습니까?", POOL),
    ],
)
def test_a_question_that_could_be_asked_of_any_document_is_flagged(text: str, document: Document) -> None:
    assert flagged(text, document)
    assert not flagged(text, document, (document,))


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("How many days does the tenant of Wharf Row have to answer?", LEASE),
        ("Within how many days are letters of Maude Penhale to be answered?", LEASE),
        ("모루수영장의 회원은 한 달에 몇 번 들어올 수 있습니까?", POOL),
        ("수영장 회원은 한 달에 몇 번 들어올 수 있습니까?", POOL),
        ("M7을 쓰는 곳에서 회원은 한 달에 몇 번 들어올 수 있습니까?", POOL),
    ],
)
def test_a_word_of_the_title_or_a_name_of_its_own_tells_the_document(text: str, document: Document) -> None:
    assert not flagged(text, document)


def test_the_name_of_a_file_tells_nobody_anything_and_is_not_asked_for() -> None:
    assert not flagged("How many days does the tenant have?", SCAN)
