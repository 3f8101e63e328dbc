"""The good questions as records, beside their documents."""

from collections.abc import Iterator

from tests.curation import good_english, good_korean
from tests.curation.good_english import Row

from benchwright.records import Citation, Document, Provenance, Question


def documents_and_questions(*, fresh: bool | None = None) -> Iterator[tuple[Document, list[Question]]]:
    """Yield each document with its questions; `fresh` chooses those not seen in development, `None` all."""
    for language, module in (("en", good_english), ("ko", good_korean)):
        for is_fresh, sources in ((False, module.DEVELOPMENT), (True, module.FRESH)):
            if fresh is None or fresh == is_fresh:
                for title, text, rows in sources:
                    document = Document(
                        title=title, text=text, path=f"{title}.md", format="markdown", language=language
                    )
                    yield document, [_question(document, row, language) for row in rows]


def _question(document: Document, row: Row, language: str) -> Question:
    text, answer, quotation, wrong = row
    start = document.text.index(quotation)
    return Question(
        form="choice" if wrong else "short",
        kind="written",
        text=text,
        answer=answer,
        choices=tuple(sorted((answer, *wrong))) if wrong else (),
        language=language,
        citations=(Citation(document_id=document.id, start=start, end=start + len(quotation), text=quotation),),
        document=document.title,
        provenance=Provenance(writer="person"),
    )
