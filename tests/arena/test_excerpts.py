from benchwright.arena.excerpts import Excerpt
from benchwright.records import Message, Passage, Request

TEXT = (
    "Loggers are rented by the day. The smallest period is 21 days. A deposit of 4 % is taken. The office is in Busan."
)


def asked(prompt: str, *passages: Passage) -> Request:
    return Request(messages=(Message(role="user", content=prompt),), passages=passages)


def passage(text: str = TEXT, *section: str) -> Passage:
    return Passage(document_id="d", start=0, end=len(text), text=text, section=section)


async def test_one_quotes_the_section_and_one_the_three_sentences_that_fit():
    section = await Excerpt("section").respond(asked("How are loggers rented?", passage(TEXT, "Rental")))
    assert section.text == f"**Rental**\n\n{TEXT}"
    points = await Excerpt("points").respond(asked("rented loggers, smallest period, deposit taken", passage()))
    assert [line[:2] for line in points.text.splitlines()] == ["- "] * 3
    assert "Busan" not in points.text


async def test_without_anything_to_read_they_say_so_in_the_language_of_the_prompt():
    assert "문서" in (await Excerpt("points").respond(asked("보증 기간은 얼마나 되나요?"))).text
    assert "documents" in (await Excerpt("section").respond(asked("How long is it?"))).text
