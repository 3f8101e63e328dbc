import hashlib
import os
from pathlib import Path

import pyarrow.json
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchwright.errors import DamagedFolder, InputError
from benchwright.records import (
    Benchmark,
    BenchmarkManifest,
    Cell,
    Citation,
    Document,
    Finding,
    Passage,
    Provenance,
    Question,
    RejectedQuestion,
    Table,
)
from benchwright.store import staging
from benchwright.store.benchmark import FILES, is_benchmark, read_benchmark, write_benchmark

TEXT = "# Rooms\n\nThe hotel has 14 rooms.\u2028호텔에는 방이 14개 있다.\n\n| a | b |\n|---|---|\n| c | 3 |\n"
DOCUMENT = Document(
    title="Rooms",
    text=TEXT,
    path="rooms.md",
    format="markdown",
    language="en",
    tables=(
        Table(start=50, end=80, cells=(Cell(row=-1, column=0, text="a", start=52, end=53),)),
        Table(start=81, end=82),
    ),
)


def question(text: str = "How many rooms?", answer: str = "14", choices: tuple[str, ...] = ()) -> Question:
    start = TEXT.index("The hotel")
    return Question(
        form="choice" if choices else "short",
        kind="number",
        text=text,
        answer=answer,
        choices=choices,
        language="en",
        citations=(Citation(document_id=DOCUMENT.id, start=start, end=start + 23, text=TEXT[start : start + 23]),),
        provenance=Provenance(writer="rule:number"),
    )


def finding(subject: str = "benchmark", **changes: object) -> Finding:
    values: dict[str, object] = {
        "code": "CUR020",
        "name": "key_position",
        "status": "passed",
        "effect": "set" if subject == "benchmark" else "flag",
        "grade": "A",
        "subject": subject,
        "message": "balanced",
    }
    return Finding.model_validate(values | changes)


def benchmark(*questions: Question, **changes: object) -> Benchmark:
    values = {
        "manifest": BenchmarkManifest(name="rooms", version="0", fingerprint=""),
        "questions": questions,
        "documents": (DOCUMENT,),
        "passages": (Passage(document_id=DOCUMENT.id, start=0, end=len(TEXT), text=TEXT),),
        "rejected": (RejectedQuestion(question=question("Bad?"), codes=("CUR001",), reasons=("no",)),),
        "findings": (finding(),),
    }
    return Benchmark.model_validate(values | changes)


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    written = write_benchmark(benchmark(question(), question("Rooms?", "14", ("14", "15"))), tmp_path / "new/b")
    assert read_benchmark(tmp_path / "new/b") == written
    assert is_benchmark(tmp_path / "new/b")


def test_the_same_benchmark_gives_the_same_bytes_written_once_or_twice(tmp_path: Path) -> None:
    for folder in ("one", "two", "two"):
        write_benchmark(benchmark(question(), question("Rooms?")), tmp_path / folder)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_building_into_a_folder_adds_by_content(tmp_path: Path) -> None:
    write_benchmark(benchmark(question()), tmp_path)
    renewed = finding(message="renewed")
    whole = write_benchmark(benchmark(question(), question("Bad?"), findings=(renewed,)), tmp_path)
    assert [kept.text for kept in whole.questions] == ["How many rooms?", "Bad?"]
    assert not whole.rejected, "a question that is kept now is not listed as rejected"
    assert whole.findings == (renewed,)
    assert whole.manifest.rows["questions.jsonl"] == 2
    assert len(whole.documents) == len(whole.passages) == 1


def test_no_column_has_the_type_null(tmp_path: Path) -> None:
    write_benchmark(benchmark(question()), tmp_path)
    for file in FILES:
        schema = pyarrow.json.read_json(tmp_path / file).schema
        assert "null" not in str(schema), (file, schema)


def test_a_column_is_read_with_one_type_in_every_row(tmp_path: Path) -> None:
    rows = [question(f"How many rooms, {number}?") for number in range(3)]
    rows.append(
        question("Rooms?", "14", ("14", "15")).model_copy(update={"provenance": Provenance(writer="x", seed=3)})
    )
    write_benchmark(benchmark(*rows, findings=(finding(), finding("q", p=1))), tmp_path)
    # A block smaller than a row makes the reader infer the types again and again.
    small = pyarrow.json.ReadOptions(block_size=2000)
    table = pyarrow.json.read_json(tmp_path / "questions.jsonl", read_options=small)
    assert table["choices"].to_pylist() == [[], [], [], ["14", "15"]]
    assert table["provenance"].to_pylist()[3]["seed"] == 3
    assert pyarrow.json.read_json(tmp_path / "findings.jsonl")["p"].to_pylist() == [None, 1.0]


def test_the_card_names_every_file_with_rows_and_the_type_of_its_columns(tmp_path: Path) -> None:
    write_benchmark(benchmark(question(), rejected=()), tmp_path)
    header = yaml.safe_load((tmp_path / "README.md").read_text().split("---\n")[1])
    assert [config["config_name"] for config in header["configs"]] == ["questions", "findings", "documents", "passages"]
    for info in header["dataset_info"]:
        schema = pyarrow.json.read_json(tmp_path / f"{info['config_name']}.jsonl").schema
        assert [feature["name"] for feature in info["features"]] == schema.names
        for feature in info["features"]:
            if "dtype" in feature:
                assert str(schema.field(feature["name"]).type).replace("double", "float64") == feature["dtype"]


def test_a_damaged_line_is_refused_with_file_and_line(tmp_path: Path) -> None:
    write_benchmark(benchmark(question(), question("Rooms?")), tmp_path)
    path = tmp_path / "questions.jsonl"
    lines = path.read_text().split("\n")
    for line, words in [
        ("{", "line 2: not JSON"),
        (lines[1].replace("Rooms?", "Roofs?"), "line 2: question id"),
        (lines[0], "line 2: the same id as line 1"),
        (lines[1].replace('"form": "short"', '"form": "sohrt"'), "line 2: form"),
        (lines[1].replace("The hotel has", "The motel has"), "line 2: 'The motel has"),
    ]:
        path.write_text("\n".join([lines[0], line, ""]))
        with pytest.raises(DamagedFolder, match=words):
            read_benchmark(tmp_path)
        with pytest.raises(DamagedFolder, match=r"questions\.jsonl"):
            write_benchmark(benchmark(question()), tmp_path)


def test_a_lost_line_or_file_is_refused(tmp_path: Path) -> None:
    write_benchmark(benchmark(question(), question("Rooms?")), tmp_path)
    path = tmp_path / "rejected.jsonl"
    path.write_text("")
    with pytest.raises(DamagedFolder, match=r"rejected\.jsonl line 1: the file has 0 lines"):
        read_benchmark(tmp_path)
    path.unlink()
    with pytest.raises(DamagedFolder, match=r"rejected\.jsonl is missing"):
        read_benchmark(tmp_path)


def test_a_foreign_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(DamagedFolder, match=r"is not a benchmark: it holds no manifest\.json"):
        write_benchmark(benchmark(question()), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_own_file_beside_the_benchmark_stays(tmp_path: Path) -> None:
    write_benchmark(benchmark(question()), tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    write_benchmark(benchmark(question("Rooms?")), tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("crash_at", range(1, 8))
def test_an_interrupted_write_leaves_the_old_or_the_new_benchmark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash_at: int
) -> None:
    old = write_benchmark(benchmark(question()), tmp_path)
    moves = 0
    real = os.replace

    def crash(source: Path, target: Path) -> None:
        nonlocal moves
        moves += 1
        if moves == crash_at:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(staging.os, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        write_benchmark(benchmark(question("Rooms?")), tmp_path)
    monkeypatch.undo()
    seen = read_benchmark(tmp_path)
    assert [kept.text for kept in seen.questions] == ["How many rooms?", "Rooms?"]
    assert write_benchmark(old, tmp_path) == seen
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*FILES, "README.md", "manifest.json"])


def test_a_write_that_stops_before_it_counts_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = write_benchmark(benchmark(question()), tmp_path)
    before = digests(tmp_path)
    monkeypatch.setattr(staging.os, "rename", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_benchmark(benchmark(question("Rooms?")), tmp_path)
    assert digests(tmp_path) == before
    assert read_benchmark(tmp_path) == old


def test_half_a_character_pair_is_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="half of a character pair"):
        write_benchmark(benchmark(question(), findings=(finding(message="a \ud800"),)), tmp_path / "b")


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(words, words.filter(bool), words), max_size=4))
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, drafts: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("b")
    questions = {}
    for text, answer, tag in drafts:
        made = Question(
            form="short",
            kind="k",
            text=text,
            answer=answer,
            tags=(tag,) if tag else (),
            language="en",
            provenance=Provenance(writer="person"),
        )
        questions[made.id] = made
    write_benchmark(benchmark(*questions.values()), folder)
    assert read_benchmark(folder).questions == tuple(questions.values())


def test_the_card_shows_a_stranger_an_example_the_documents_and_what_is_not_tested(tmp_path: Path) -> None:
    whole = benchmark(question())
    write_benchmark(whole, tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    for heading in ("An example", "Use it", "What is asked", "The documents", "How far to trust it", "The files"):
        assert f"\n## {heading}\n" in text
    assert f"Answer: {whole.questions[0].answer}" in text
    assert "no claim beyond them" in text


def test_what_a_document_says_is_no_markup_in_the_card(tmp_path: Path) -> None:
    whole = benchmark(question())
    attack = "a | [link](x) <script> **b** `c`\n# d"
    titled = DOCUMENT.model_copy(update={"title": attack})
    write_benchmark(whole.model_copy(update={"documents": (titled,)}), tmp_path)
    assert r"| a \| \[link\](x) &lt;script&gt; \*\*b\*\* \`c\` \# d |" in (tmp_path / "README.md").read_text()
