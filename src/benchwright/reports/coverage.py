"""What a benchmark does not test: empty cells of document × kind, silent sections, missing forms and languages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchwright.records import CONDITIONS, Benchmark, Document, Heading
from benchwright.reports.wording import joined, kind_name, language_name

FEW_DOCUMENTS = 5
FEW_QUESTIONS = 10
"""A kind, language or document with fewer questions is shown but says little by itself."""

FORMS: dict[str, str] = {
    "choice": "choosing among options",
    "short": "giving a short answer of one's own",
    "open": "writing an answer in sentences",
}


@dataclass(frozen=True)
class Coverage:
    """Where the questions are, and where none are."""

    documents: tuple[str, ...]
    kinds: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """Questions in `counts[document][kind]`."""
    silent_sections: tuple[tuple[str, tuple[str, ...]], ...]
    """Headings of each document on whose own text no question stands."""
    sections: int
    """Headings with text of their own."""
    gaps: tuple[str, ...]
    """What is not tested, one sentence each."""

    @property
    def empty_cells(self) -> int:
        """Pairs of document and kind without a question."""
        return sum(count == 0 for row in self.counts for count in row)


def coverage(benchmark: Benchmark, conditions: Sequence[str]) -> Coverage:
    """Return what `benchmark`, asked under `conditions`, covers and leaves out."""
    titles = {document.id: document.title for document in benchmark.documents}
    cells = Counter(
        (document_id, question.kind) for question in benchmark.questions for document_id in question.document_ids
    )
    kinds = tuple(kind for kind, _ in Counter(question.kind for question in benchmark.questions).most_common())
    silent = [(titles[document.id], _silent_sections(benchmark, document)) for document in benchmark.documents]
    found = Coverage(
        documents=tuple(titles.values()),
        kinds=kinds,
        counts=tuple(tuple(cells[document_id, kind] for kind in kinds) for document_id in titles),
        silent_sections=tuple((title, names) for title, names in silent if names),
        sections=sum(len(_own_texts(document)) for document in benchmark.documents),
        gaps=(),
    )
    gaps = (*_thin(benchmark), *_absent(benchmark, conditions), *_places(found))
    return Coverage(found.documents, kinds, found.counts, found.silent_sections, found.sections, gaps)


def _silent_sections(benchmark: Benchmark, document: Document) -> tuple[str, ...]:
    """Name the headings whose own text is cited nowhere."""
    cited = [c.start for q in benchmark.questions for c in q.citations if c.document_id == document.id]
    return tuple(
        heading.text
        for heading, end in _own_texts(document)
        if not any(heading.start <= start < end for start in cited)
    )


def _own_texts(document: Document) -> list[tuple[Heading, int]]:
    """Return each heading that has text before the next one, and where that text ends."""
    ends = [*(heading.start for heading in document.headings[1:]), len(document.text)]
    return [
        (heading, end)
        # A document without headings has one end and no beginning.
        for heading, end in zip(document.headings, ends, strict=False)
        if document.text[heading.end : end].strip(" \n#")
    ]


def _thin(benchmark: Benchmark) -> list[str]:
    cited = {document_id for question in benchmark.questions for document_id in question.document_ids}
    gaps: list[str] = []
    if 0 < len(cited) < FEW_DOCUMENTS:
        noun = "document is" if len(cited) == 1 else "documents are"
        gaps.append(f"Only {len(cited)} {noun} asked about: no claim beyond these documents can be made.")
    for name, counts in (
        ("kind", Counter(question.kind for question in benchmark.questions)),
        ("language", Counter(question.language for question in benchmark.questions)),
    ):
        say = kind_name if name == "kind" else language_name
        few = [f"{say(value)} ({count})" for value, count in sorted(counts.items()) if count < FEW_QUESTIONS]
        if few:
            gaps.append(
                f"Fewer than {FEW_QUESTIONS} questions of this {name}, too few to speak of it: {', '.join(few)}."
            )
    return gaps


def _absent(benchmark: Benchmark, conditions: Sequence[str]) -> list[str]:
    gaps = [
        f"No question asks for {what} (form `{form}`)."
        for form, what in FORMS.items()
        if all(question.form != form for question in benchmark.questions)
    ]
    uncited = sum(not question.citations for question in benchmark.questions)
    if uncited:
        gaps.append(
            f"{uncited} of {len(benchmark.questions)} questions cite no source: nothing shows that they are right."
        )
    languages = sorted({question.language for question in benchmark.questions})
    if languages:
        gaps.append(f"No language other than {joined([language_name(code) for code in languages])} is tested.")
    silent = sorted({document.language for document in benchmark.documents} - {*languages, "und"})
    if silent:
        names = joined([language_name(code) for code in silent])
        gaps.append(f"There are documents in {names}, but no question in that language.")
    asked = {document_id for question in benchmark.questions for document_id in question.document_ids}
    formats = Counter(document.format for document in benchmark.documents if document.id in asked)
    unasked = sorted({document.format for document in benchmark.documents} - set(formats))
    if unasked:
        gaps.append(f"No question comes from a document in the format {', '.join(unasked)}.")
    hidden = [f"`{name}` ({what})" for name, what in CONDITIONS.items() if name not in conditions]
    if hidden:
        gaps.append(f"Not asked under {', '.join(hidden)}.")
    if all(len(question.document_ids) < 2 for question in benchmark.questions):
        gaps.append("No question needs two documents to be answered.")
    if benchmark.questions and all(question.provenance.writer.startswith("rule:") for question in benchmark.questions):
        gaps.append(
            "Every question was written by rule: it tests whether a stated fact is found and read rightly, "
            "not judgement, style, long reasoning or knowledge beyond the documents."
        )
    return gaps


def _places(found: Coverage) -> list[str]:
    gaps: list[str] = []
    untouched = [title for title, row in zip(found.documents, found.counts, strict=True) if not any(row)]
    if untouched:
        gaps.append(
            f"No question stands on {len(untouched)} of {len(found.documents)} documents: {', '.join(untouched)}."
        )
    cells = len(found.documents) * len(found.kinds)
    if found.empty_cells:
        gaps.append(f"{found.empty_cells} of {cells} pairs of document and kind hold no question.")
    silent = sum(len(names) for _, names in found.silent_sections)
    if silent:
        gaps.append(f"No question stands on the text under {silent} of {found.sections} headings.")
    return gaps
