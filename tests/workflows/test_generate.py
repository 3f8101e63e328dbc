import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.curation.good_questions import documents_and_questions
from tests.curation.table_documents import table_documents

from benchwright.cli.generate import command
from benchwright.errors import InputError, NothingKept, NothingLoaded, UnknownName
from benchwright.records import RejectedQuestion
from benchwright.store.benchmark import read_benchmark, replace_benchmark
from benchwright.workflows.generate import generate


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    texts = [*table_documents(fresh=False), *(document for document, _ in documents_and_questions(fresh=False))]
    for number, document in enumerate(texts):
        (folder / f"{number}.md").write_text(document.text, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_it_gives_exactly_the_number_asked_for(documents: Path, tmp_path: Path) -> None:
    made = generate(documents, tmp_path / "b", questions=12)
    benchmark = read_benchmark(tmp_path / "b")
    assert len(benchmark.questions) == 12
    assert benchmark.manifest.shortfall == ""
    assert set(benchmark.manifest.languages) == {"en", "ko"}
    assert len({question.document for question in benchmark.questions}) >= 4
    assert made.available > 12
    refused = [status for status in benchmark.manifest.files if status.status == "refused"]
    assert [Path(status.path).name for status in refused] == ["broken.pdf"]


def test_every_citation_is_an_exact_span(documents: Path, tmp_path: Path) -> None:
    benchmark = generate(documents, tmp_path / "b").benchmark
    texts = {document.id: document.text for document in benchmark.documents}
    for question in benchmark.questions:
        assert question.citations
        for citation in question.citations:
            assert texts[citation.document_id][citation.start : citation.end] == citation.text


def test_the_same_documents_and_seed_give_the_same_bytes_once_or_twice(documents: Path, tmp_path: Path) -> None:
    for folder in ("one/b", "two/b", "two/b"):
        generate(documents, tmp_path / folder, questions=10, seed=3)
    assert contents(tmp_path / "one/b") == contents(tmp_path / "two/b")
    generate(documents, tmp_path / "three/b", questions=10, seed=4)
    ids = [{q.id for q in read_benchmark(tmp_path / name / "b").questions} for name in ("one", "three")]
    assert ids[0] != ids[1]


def test_too_few_say_why(documents: Path, tmp_path: Path) -> None:
    made = generate(documents, tmp_path / "b", questions=100_000)
    assert len(made.benchmark.questions) == made.available
    assert "100000 questions were asked for" in made.benchmark.manifest.shortfall
    assert "per 1000 words" in made.benchmark.manifest.shortfall


def test_a_language_and_kinds_can_be_chosen(documents: Path, tmp_path: Path) -> None:
    made = generate(documents, tmp_path / "b", kinds=["table_cell"], language="ko")
    assert set(made.benchmark.manifest.kinds) == {"table_cell"}
    assert set(made.benchmark.manifest.languages) == {"ko"}


def test_what_cannot_be_done_is_said(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean `table_cell`"):
        generate(documents, tmp_path / "b", kinds=["tabel_cell"])
    with pytest.raises(NothingKept, match="none of 8 documents is in the language `fr`"):
        generate(documents, tmp_path / "b", language="fr")
    with pytest.raises(NothingLoaded):
        generate(documents / "broken.pdf", tmp_path / "b")
    with pytest.raises(InputError, match="ask for 1 or more"):
        generate(documents, tmp_path / "b", questions=0)
    (tmp_path / "poem.md").write_text("Roses are red and violets are blue.\n")
    with pytest.raises(NothingKept, match="no rule found a fact"):
        generate(tmp_path / "poem.md", tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_what_a_person_dropped_does_not_come_back(documents: Path, tmp_path: Path) -> None:
    made = generate(documents, tmp_path, questions=10).benchmark
    gone = made.questions[0]
    dropped = RejectedQuestion(question=gone, codes=("REVIEW",), reasons=("a person dropped it",))
    edited = made.model_copy(update={"questions": made.questions[1:], "rejected": (*made.rejected, dropped)})
    replace_benchmark(edited, tmp_path)
    again = generate(documents, tmp_path, questions=10).benchmark
    assert gone.id not in {question.id for question in again.questions}
    assert gone.id in {rejected.question.id for rejected in again.rejected}


def test_json_has_the_stated_shape(documents: Path, tmp_path: Path) -> None:
    arguments = [str(documents), "-o", str(tmp_path / "b"), "--questions", "8", "--json"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    said = json.loads(result.stdout)
    assert said["questions"] == 8
    assert sum(said["by_kind"].values()) == sum(said["by_language"].values()) == 8
    assert {"benchmark", "questions", "rejected", "by_kind", "by_language", "findings"} <= set(said)
    assert {finding["code"] for finding in said["findings"]} == {"CUR040", "CUR041", "CUR042", "CUR043"}
