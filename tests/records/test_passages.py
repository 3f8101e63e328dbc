import pytest
from pydantic import ValidationError

from benchwright.records import Benchmark, BenchmarkManifest, Document, Passage, Passages, Span

TEXT = "# House\n\nThe house has seven lifts.\n\nIt has four gardens."
HOUSE = Document(title="House", text=TEXT, path="h.md", format="markdown", language="en")
SPANS = [Span(0, 35, ("House",)), Span(37, len(TEXT), ("House",), 2)]


def passages() -> Passages:
    return Passages([(HOUSE, SPANS)])


def test_a_passage_is_made_from_its_document_when_it_is_looked_at() -> None:
    second = passages()[1]
    assert second == Passage(
        document_id=HOUSE.id, start=37, end=len(TEXT), text="It has four gardens.", section=("House",), page=2
    )
    assert passages()[-1] == second
    assert passages()[0].page is None
    with pytest.raises(IndexError):
        passages()[2]


def test_passages_equal_any_sequence_of_equal_passages() -> None:
    assert passages() == tuple(passages())
    assert passages() == passages()
    assert passages()[:1] != passages()
    assert len(passages()) == 2


def test_a_benchmark_keeps_passages_as_they_are_and_writes_them_as_rows() -> None:
    kept = passages()
    manifest = BenchmarkManifest(name="b", version="1", fingerprint="")
    made = Benchmark(
        manifest=manifest,
        questions=(),
        documents=(HOUSE,),
        passages=kept,
    )
    assert made.passages is kept
    assert made.model_dump(mode="json")["passages"] == [passage.model_dump(mode="json") for passage in kept]
    with pytest.raises(ValidationError):
        Benchmark.model_validate({"manifest": made.manifest, "questions": (), "passages": "none"})
