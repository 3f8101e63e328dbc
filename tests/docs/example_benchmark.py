"""The benchmark whose rows stand in docs/reference/benchmark-folder.md."""

from benchwright.records import (
    Benchmark,
    BenchmarkManifest,
    Block,
    Cell,
    Citation,
    Document,
    FileStatus,
    Finding,
    Heading,
    Passage,
    Provenance,
    Question,
    RejectedQuestion,
    Table,
)

TEXT = "# Price List 2025\n\n| Bread | Price |\n|---|---:|\n| Rye | €3.40 |\n"


def example() -> Benchmark:
    """Return a benchmark of one question, so small that each file fits on a page."""
    document = Document(
        title="Price List 2025",
        text=TEXT,
        path="prices.md",
        format="markdown",
        language="en",
        headings=(Heading(level=1, text="Price List 2025", start=2, end=17),),
        blocks=(Block(kind="heading", start=2, end=17, level=1), Block(kind="table", start=19, end=len(TEXT) - 1)),
        tables=(
            Table(
                start=19,
                end=len(TEXT) - 1,
                title="Price List 2025",
                unit="€",
                cells=(_cell(-1, 0, "Bread"), _cell(-1, 1, "Price"), _cell(0, 0, "Rye"), _cell(0, 1, "€3.40")),
            ),
        ),
        published="2025-01-02",
    )
    kept = _question(document, "What does rye bread cost in the Price List 2025?", ("€2.90", "€3.40", "€4.30", "€3.80"))
    dropped = _question(document, "What does it cost in the table above?")
    return Benchmark(
        manifest=BenchmarkManifest(
            name="bakery",
            version="0.1.0",
            fingerprint="",
            settings={"seed": 0, "kinds": "table_cell", "language": None},
            asked=1,
            files=(
                FileStatus(
                    path="prices.md",
                    status="loaded",
                    language="en",
                    characters=len(TEXT),
                    title="Price List 2025",
                    date="2025-01-02",
                    document_id=document.id,
                ),
            ),
        ),
        questions=(kept,),
        documents=(document,),
        passages=(Passage(document_id=document.id, start=0, end=len(TEXT), text=TEXT, section=("Price List 2025",)),),
        rejected=(
            RejectedQuestion(
                question=dropped,
                codes=("CUR008",),
                reasons=("'the table above' needs a context that the reader does not see",),
            ),
        ),
        findings=(
            Finding(
                code="CUR041",
                name="longest_over_the_set",
                status="passed",
                effect="set",
                grade="A",
                subject="benchmark",
                message="choosing the longest option is right in 0.24 of 113 questions; chance is 0.25",
                p=0.62,
                effect_size=-0.01,
                low=-0.08,
                high=0.08,
            ),
        ),
    )


def _cell(row: int, column: int, text: str) -> Cell:
    start = TEXT.index(f"| {text} |", 18) + 2 if column == 0 else TEXT.index(f" {text} |", 18) + 1
    return Cell(row=row, column=column, text=text, start=start, end=start + len(text))


def _question(document: Document, text: str, choices: tuple[str, ...] = ()) -> Question:
    start = TEXT.index("€3.40")
    return Question(
        form="choice" if choices else "short",
        kind="table_cell",
        text=text,
        choices=choices,
        answer="€3.40",
        accepted=("3.40",),
        language="en",
        citations=(Citation(document_id=document.id, start=start, end=start + 5, text="€3.40"),),
        document=document.title,
        section="Price List 2025",
        tags=("document:Price List 2025", "kind:table_cell"),
        provenance=Provenance(writer="rule:table_cell", seed=0),
    )
