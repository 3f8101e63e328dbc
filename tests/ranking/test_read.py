import csv
import json
import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.shared_data import SHARED, requires_shared

from benchwright.errors import BenchwrightError, InputError, UnknownName
from benchwright.ranking.columns import OUTCOME_WORDS, ColumnNames
from benchwright.ranking.read import ReadSettings, read_votes
from benchwright.records.comparison import OUTCOMES
from benchwright.workflows.rank import rank

ASKED = {"role": "user", "content": "hi"}
HEADER = "model_a,model_b,winner\n"


def written(folder: Path, text: str, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_lmarena_columns_are_understood(tmp_path: Path) -> None:
    rows = [
        {
            "question_id": f"q{n // 2}",
            "model_a": "gpt",
            "model_b": "llama",
            "winner": winner,
            "judge": f"user{n}",
            "conversation_a": [
                {"role": "user", "content": "hi"},
                {"role": "assistant", "content": "# Hi\n" * (n % 2) + "- one\n" * (n % 3) + "yes" * n},
            ],
            "conversation_b": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}],
            "language": "English",
            "tstamp": 1_700_000_000.5 + n,
        }
        for n, winner in enumerate(["model_a", "model_b", "tie", "tie (bothbad)"])
    ]
    path = written(tmp_path, "\n".join(json.dumps(row) for row in rows), "votes.jsonl")
    read = read_votes([path], ReadSettings(style=True, slices=("language",)))
    votes = read.votes
    assert [OUTCOMES[code] for code in votes.outcome] == ["a", "b", "tie", "both_bad"]
    assert votes.models == ("gpt", "llama")
    assert votes.prompt is not None
    assert votes.prompt.names == ("q0", "q1")
    assert votes.voter is not None
    assert len(votes.voter.names) == 4
    assert votes.time is not None
    assert votes.time[1] == 1_700_000_001.5
    assert votes.categories["language"].names == ("English",)
    assert {"length", "headers", "lists"} == set(read.style)
    assert np.sign(votes.covariates["lists"]).tolist() == [0, 1, 1, 0]


def test_csv_jsonl_and_parquet_say_the_same(tmp_path: Path) -> None:
    rows = [("x", "y", "a", "anna"), ("y", "z", "tie", "ben"), ("z", "x", "both_good", "anna")]
    csv = written(tmp_path, "model_a,model_b,winner,voter\n" + "\n".join(",".join(row) for row in rows))
    names = ("model_a", "model_b", "winner", "voter")
    lines = "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows)
    jsonl = written(tmp_path, lines, "votes.jsonl")
    parquet = tmp_path / "votes.parquet"
    duckdb.sql(f"copy (select * from read_csv('{csv}', all_varchar=true, header=true)) to '{parquet}' (format parquet)")
    prints = {read_votes([path]).votes.fingerprint() for path in (csv, jsonl, parquet)}
    assert len(prints) == 1


def test_several_files_are_one_table_and_errors_name_the_file_and_row(tmp_path: Path) -> None:
    one = written(tmp_path, HEADER + "x,y,a\ny,x,b\n", "one.csv")
    two = written(tmp_path, HEADER + "x,z,a\nz,y,teh\n", "two.csv")
    assert len(read_votes([one, one]).votes) == 4
    with pytest.raises(UnknownName, match=r"row 2 of .*two\.csv: unknown outcome: `teh` \(known: a, b, tie"):
        read_votes([one, two])
    read = read_votes([one, two], ReadSettings(skip_invalid=True))
    assert (len(read.votes), read.dropped, read.rows) == (3, {"unknown outcome": 1}, 4)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + "x,y,a\nx,x,b\n", "row 2 of .*: a model against itself: `x` against `x`"),
        (HEADER + "x,y,a\nx,,b\n", "row 2 of .*: a model is missing"),
        (HEADER + "x,y,a\nx,y,\n", "row 2 of .*: no outcome"),
        (HEADER, "no vote"),
        ("", "is empty"),
        ("left,right,said\nx,y,a\n", "no column for model_a, model_b, winner among: left, right, said"),
        (HEADER + "x,y,A wins\n", "unknown outcome: `A wins`"),
    ],
)
def test_bad_files_end_in_an_error_that_names_the_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_votes([written(tmp_path, text)])


def test_bad_rows_are_dropped_and_counted_by_reason(tmp_path: Path) -> None:
    text = HEADER + "x,y,a\nx,x,a\n,y,b\ny,x,\ny,x,perhaps\ny,x,b\n"
    read = read_votes([written(tmp_path, text)], ReadSettings(skip_invalid=True))
    assert len(read.votes) == 2
    assert read.dropped == {
        "a model is missing": 1,
        "a model against itself": 1,
        "no outcome": 1,
        "unknown outcome": 1,
    }


def test_only_bad_rows_leave_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="all 1 rows are invalid"):
        read_votes([written(tmp_path, HEADER + "x,y,maybe\n")], ReadSettings(skip_invalid=True))


@pytest.mark.parametrize("word", sorted(OUTCOME_WORDS))
def test_every_listed_spelling_is_read(tmp_path: Path, word: str) -> None:
    votes = read_votes([written(tmp_path, HEADER + f"x,y, {word.upper()} \n")]).votes
    assert OUTCOMES[int(votes.outcome[0])] == OUTCOME_WORDS[word]


def test_a_winner_may_be_a_models_name(tmp_path: Path) -> None:
    votes = read_votes([written(tmp_path, HEADER + "gpt,llama,llama\nllama,gpt,llama\n")]).votes
    assert [OUTCOMES[code] for code in votes.outcome] == ["b", "a"]
    with pytest.raises(UnknownName, match="unknown outcome: `mistral`"):
        read_votes([written(tmp_path, HEADER + "gpt,llama,mistral\nmistral,gpt,a\n")])


def test_own_column_names_and_numeric_covariates(tmp_path: Path) -> None:
    text = "one,two,better,speed_a,speed_b,extra,who was left\nx,y,a,3,1,0.5,b\ny,x,b,1,4,-2,a\n"
    names = ColumnNames(model_a="one", model_b="two", winner="BETTER", position="who was left")
    votes = read_votes([written(tmp_path, text)], ReadSettings(columns=names, covariates=("speed", "extra"))).votes
    assert votes.covariates["speed"].tolist() == [2, -3]
    assert votes.covariates["extra"].tolist() == [0.5, -2]
    assert votes.is_a_first is not None
    assert votes.is_a_first.tolist() == [False, True]


def test_an_unknown_column_lists_those_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean `winner`"):
        read_votes([written(tmp_path, HEADER + "x,y,a\n")], ReadSettings(slices=("winer",)))


def test_times_are_read_as_seconds_milliseconds_or_dates(tmp_path: Path) -> None:
    text = "model_a,model_b,winner,time\nx,y,a,1700000000\nx,y,b,1700000000000\nx,y,a,2023-11-14 22:13:20\nx,y,a,?\n"
    votes = read_votes([written(tmp_path, text)]).votes
    assert votes.time is not None
    assert votes.time[:3].tolist() == [1_700_000_000.0] * 3
    assert math.isnan(votes.time[3])


def test_an_unknown_ending_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.csv, .*\.parquet"):
        read_votes([written(tmp_path, "x", "votes.xlsx")])


@requires_shared
def test_the_llmfao_file_reads_whole() -> None:
    read = read_votes([SHARED / "votes/llmfao_votes.csv"])
    assert (len(read.votes), len(read.votes.models)) == (8931, 59)
    assert read.votes.voter is not None
    assert read.votes.prompt is not None
    assert (len(read.votes.voter.names), len(read.votes.prompt.names)) == (124, 13)
    assert np.bincount(read.votes.outcome).sum() == 8931


ROWS = st.lists(st.lists(st.deferred(lambda: CELLS), min_size=1, max_size=5), max_size=8)
CELLS = st.one_of(
    st.sampled_from(["x", "y", "z", "a", "b", "tie", "", "both_bad", '"', "a\nb", "\x00", "NULL", "ñ한"]),
    st.text(max_size=6),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8), skip=st.booleans(), with_header=st.booleans()
)
def test_fuzzed_csv_ends_in_a_board_or_one_clear_line(
    tmp_path: Path, rows: list[list[str]], skip: bool, with_header: bool
) -> None:
    text = (HEADER if with_header else "") + "\n".join(",".join(row) for row in rows)
    _rank_or_say(written(tmp_path, text.encode("utf-8", "replace").decode()), skip)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80), ending=st.sampled_from([".csv", ".jsonl", ".json", ".parquet", ".tsv"]))
def test_fuzzed_bytes_end_in_one_clear_line(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"votes{ending}"
    path.write_bytes(content)
    _rank_or_say(path, False)


def _rank_or_say(path: Path, skip: bool) -> None:
    from benchwright.workflows.rank import RankSettings

    try:
        found = rank([path], RankSettings(read=ReadSettings(skip_invalid=skip)))
    except BenchwrightError:
        return
    assert found.board.models


BASE = HEADER + "x,y,a\ny,안녕,tie\n안녕,x,b\n"


@pytest.mark.parametrize(
    "data",
    [
        BASE.replace(",", ";").encode(),
        BASE.replace(",", "\t").encode(),
        BASE.replace(",", "|").encode(),
        ("\ufeff" + BASE).encode(),
        BASE.encode("utf-16"),
        BASE.encode("cp949"),
        BASE.replace("\n", "\r\n").encode(),
        BASE.replace("\n", "\r").encode(),
        ("\n# exported\n" + BASE).encode(),
        BASE.replace(",", ", ").encode(),
        BASE.replace("\n", "\r\n", 2).encode(),
    ],
    ids=["semicolon", "tab", "bar", "bom", "utf-16", "cp949", "crlf", "cr", "comment", "spaces", "mixed line ends"],
)
def test_a_csv_file_is_read_however_it_is_written(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(data)
    read = read_votes([path])
    assert read.votes.models == ("x", "y", "안녕")
    assert [OUTCOMES[code] for code in read.votes.outcome] == ["a", "tie", "b"]
    assert bool(read.notes) == (b"\xec\x95\x88" not in data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"model_a,model_b,winner\nx,y,a\nx,y\n", "line 3 of .* has 2 fields where the header has 3"),
        (b"model_a,model_b,winner\nx,y,a\nx,y,a,b\n", "line 3 of .* has more fields"),
        (b'model_a,model_b,winner\nx,"y,a\ny,x,b\n', "line 2 of .* opens a quotation mark"),
        (b"model_a,model_b,winner\nx,y,a\nx\0,y,b\n", "line 3 of .* holds a NUL byte"),
        (b"model_a,model_b,winner,model_a\nx,y,a,z\n", "two columns called `model_a`"),
        (b"model_a,modelb,winner\nx,y,a\n", "did you mean `--model-b modelb`"),
        (b"model_a,model_b,winner\nx,y,model_aa\n", "did you mean `model_a`"),
        (b"\n\n", "holds no header"),
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says):
        read_votes([path])


def test_malformed_lines_are_dropped_and_counted_when_asked(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "x,y,a\nx,y\ny,x,b,c,d\ny,x,b\nx,x,a\n")
    read = read_votes([path], ReadSettings(skip_invalid=True))
    assert (len(read.votes), read.rows) == (2, 5)
    assert read.dropped == {"malformed line": 2, "a model against itself": 1}


def test_a_field_of_megabytes_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "model_a,model_b,winner,response_a\n" + f'x,y,a,"{"z" * 3_000_000}"\n' * 2)
    assert len(read_votes([path]).votes) == 2


def test_an_outcome_spread_over_three_columns_is_understood(tmp_path: Path) -> None:
    head = "id,model_a,model_b,winner_model_a,winner_model_b,winner_tie\n"
    votes = read_votes([written(tmp_path, head + "1,x,y,1,0,0\n2,x,y,0,1,0\n3,x,y,0,0,1\n")]).votes
    assert [OUTCOMES[code] for code in votes.outcome] == ["a", "b", "tie"]
    with pytest.raises(InputError, match=r"row 1 of .*: no outcome"):
        read_votes([written(tmp_path, head + "1,x,y,0,0,0\n")])


def conversation(said: str) -> list[dict[str, str]]:
    return [{"content": "# asked\n- in a list", "role": "user"}, {"content": said, "role": "assistant"}]


@pytest.mark.parametrize(
    "spell",
    [
        lambda said: json.dumps(conversation(said)),
        lambda said: repr(conversation(said)),
        lambda said: "[" + "\n ".join(repr(turn) for turn in conversation(said)) + "]",
        lambda said: json.dumps([said]),
        lambda said: said,
    ],
    ids=["json", "python", "numpy", "strings", "plain"],
)
def test_only_what_the_model_said_counts_as_its_style(tmp_path: Path, spell: Callable[[str], str]) -> None:
    pairs = [("# Long\n- one\n- two it's **bold**", "plain"), ("plain", "also [plain] here"), ("- a", "# bb")]
    rows = [
        {"model_a": "x", "model_b": "y", "winner": "a", "conversation_a": spell(a), "conversation_b": spell(b)}
        for a, b in pairs
    ]
    path = tmp_path / "votes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    read = read_votes([path], ReadSettings(style=True))
    assert np.sign(read.votes.covariates["headers"]).tolist() == [1, 0, -1]
    assert np.sign(read.votes.covariates["lists"]).tolist() == [1, 0, 1]
    assert np.sign(read.votes.covariates["length"]).tolist() == [1, -1, -1]


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_end_in_votes_or_a_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(b"model_a,model_b,winner\nx,y,a\n" + data)
    for skip in (False, True):
        with suppress(BenchwrightError):
            assert len(read_votes([path], ReadSettings(skip_invalid=skip)).votes) >= 1
