from benchwright.curation.long_documents import SHOWN_PARTS, WHOLE, shown_text
from benchwright.records import Citation, Document, Provenance, Question

LINE = "Nothing of interest happens in section {number}, and the reader goes on to the next one without delay.\n"


def document(lines: int, *, fact: int = -1, cited: int = -1) -> Document:
    texts = [LINE.format(number=number) for number in range(lines)]
    if fact >= 0:
        texts[fact] = "The Quillon pump of Northway is guaranteed for nine years.\n"
    if cited >= 0:
        texts[cited] = "Filters are changed in spring.\n"
    return Document(title="Manual", text="".join(texts), path="m.md", format="markdown", language="en")


def question(source: Document, words: str = "") -> Question:
    start = source.text.find(words)
    return Question(
        form="short",
        kind="factual",
        text="For how long is the Quillon pump of Northway guaranteed?",
        answer="nine years",
        language="en",
        citations=(Citation(document_id=source.id, start=start, end=start + len(words), text=words),) if words else (),
        provenance=Provenance(writer="m"),
    )


def test_a_short_document_is_shown_whole() -> None:
    short = document(100)
    assert shown_text(short, question(short)) == short.text


def test_of_a_long_document_the_parts_that_answer_or_are_cited_are_shown_in_order() -> None:
    long = document(6000, fact=5000, cited=3000)
    assert len(long.text) > 10 * WHOLE
    shown = shown_text(long, question(long, "Filters are changed in spring."))
    assert "guaranteed for nine years" in shown
    assert shown.index("changed in spring") < shown.index("nine years")
    assert len(shown) < 2500 * (SHOWN_PARTS + 2)
    parts = [part for part in shown.split("[…]") if part.strip()]
    assert all(part.strip() in long.text for part in parts)


def test_a_text_without_any_blank_is_cut_too() -> None:
    run = Document(title="Run", text="가" * 90_000, path="r.md", format="markdown", language="ko")
    assert len(shown_text(run, question(run))) < WHOLE
