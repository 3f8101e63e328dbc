import hostile_run
from hypothesis import given
from hypothesis import strategies as st

from benchwright.records import Citation, Document
from benchwright.reports.question_rows import question_rows

MADE = hostile_run.benchmark(1, 1)
ASKED = MADE.questions[0]


def cut(text: str, start: int, end: int) -> str:
    """What `String.prototype.slice` gives."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@given(st.text("가나a1🔋é\n ", min_size=1, max_size=3000), st.data())
def test_a_marked_span_is_the_citation_in_the_offsets_of_a_browser(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 50)))
    source = Document(title="t", text=text, path="t.md", format="text", language="en")
    citation = Citation(document_id=source.id, start=start, end=end, text=text[start:end])
    question = ASKED.model_copy(update={"citations": (citation,)})
    whole = MADE.model_copy(update={"questions": (question,), "documents": (source,), "passages": ()})
    rows = question_rows(whole, {}, {}, models=[], conditions=[])
    ((_, _, _, context, ((first, last),)),) = rows["questions"][0]["x"]
    assert cut(rows["contexts"][context], first, last) == citation.text


def test_a_passage_that_many_questions_cite_is_stored_once():
    whole = hostile_run.benchmark(documents=2, each=30)
    rows = question_rows(whole, {}, {}, models=[], conditions=[])
    assert len(rows["questions"]) == 60
    assert len(rows["contexts"]) == 2
