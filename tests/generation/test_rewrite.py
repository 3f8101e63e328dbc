import pytest

from benchwright.generation.rewrite import unlike
from benchwright.generation.scripted import ScriptedModel
from benchwright.generation.summarise import LONGEST_TEXT, Summariser
from benchwright.records import Document, Heading, Provenance, Question

QUESTION = Question(
    form="short",
    kind="numeric",
    text="What is it that, of the Aria 300 pump, is the length in years of its warranty?",
    answer="five whole years",
    language="en",
    provenance=Provenance(writer="w"),
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("How many years does the warranty of the Aria 300 pump last?", ""),
        ("How many years does the warranty of the Aria 400 pump last?", "its figures changed from 300 to 400"),
        ("How many years does the warranty of the Aria pump last?", "its figures changed from 300 to none"),
        ("Does the warranty of the Aria 300 last five whole years?", "it now contains its answer"),
        ("아리아 300 펌프의 보증 기간은 몇 년인가?", "it is written in `ko`"),
        ("How long is the warranty of the Aria 300? " + "Think well. " * 40, "it is more than twice as long"),
    ],
)
def test_a_wording_with_other_figures_or_the_answer_is_another_question(text: str, why: str) -> None:
    assert unlike(QUESTION, text) == why


def test_a_long_document_is_summarised_from_its_beginning_and_all_its_headings() -> None:
    text = "# One\n\n" + "words " * 8000 + "\n\n# Two\n\nend"
    start = text.index("Two")
    document = Document(
        title="D",
        text=text,
        path="d.md",
        format="markdown",
        language="en",
        headings=(
            Heading(level=1, text="One", start=2, end=5),
            Heading(level=1, text="Two", start=start, end=start + 3),
        ),
    )
    request = Summariser(ScriptedModel(), {document.id: document}).request(document)
    shown = request.messages[-1].content
    assert len(shown) < LONGEST_TEXT + 300
    assert "# Two" in shown
    assert "end" not in shown
