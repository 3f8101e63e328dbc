import json
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from tests.shared_data import SHARED, requires_shared

from benchwright.cli.import_ import command
from benchwright.errors import InputError, NothingKept, UnknownName
from benchwright.store.benchmark import read_benchmark
from benchwright.workflows.import_questions import import_questions


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_mmlu_as_it_is_without_a_header(tmp_path: Path) -> None:
    rows = 'What orbits the Earth?,Moon,Mars,Sun,Venus,A\n"Which gas, by volume, leads in air?",O2,N2,Ar,CO2,B\n'
    benchmark = import_questions(put(tmp_path, "m.csv", rows), tmp_path / "b").benchmark
    assert [question.answer for question in benchmark.questions] == ["Moon", "N2"]
    assert benchmark.questions[0].choices == ("Moon", "Mars", "Sun", "Venus")
    assert benchmark.questions[0].provenance.writer == "import:m.csv"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("question,answer,choices", "Which town hosts Velora?,Leiden,Leiden|Delft"),
        ("Prompt;Reference Answer;Options", "Which town hosts Velora?;a;Leiden|Delft"),
        ("input\tlabel\toption_a\toption_b", "Which town hosts Velora?\tA\tLeiden\tDelft"),
        ("stem,Correct Answer,choice0,choice1,choice2", "Which town hosts Velora?,0,Leiden,Delft,Ghent"),
        ("질문,정답,보기1,보기2", "Which town hosts Velora?,(a),Leiden,Delft"),
    ],
)
def test_columns_are_understood_by_their_usual_names(tmp_path: Path, header: str, row: str) -> None:
    benchmark = import_questions(put(tmp_path, "q.csv", f"{header}\n{row}\n"), tmp_path / "b").benchmark
    (question,) = benchmark.questions
    assert question.answer == "Leiden"
    assert question.choices[:2] == ("Leiden", "Delft")
    assert question.form == "choice"


def test_json_lines_with_context_tags_and_own_fields(tmp_path: Path) -> None:
    context = "The museum in Gdynia was founded in 1962 by Zofia Malinowska."
    rows = [
        {"question": "Who founded the museum in Gdynia?", "answer": "Zofia Malinowska", "context": context,
         "tags": ["people"], "level": 3},
        {"question": "In which year was the museum in Gdynia founded?", "answer": "1962", "context": context},
        {"question": "When was the museum in Gdynia founded, by the year?", "answer": "1926", "context": context},
    ]  # fmt: skip
    path = put(tmp_path, "q.jsonl", "\n".join(json.dumps(row) for row in rows))
    benchmark = import_questions(path, tmp_path / "b").benchmark
    assert [question.answer for question in benchmark.questions] == ["Zofia Malinowska", "1962"]
    first = benchmark.questions[0]
    assert first.tags == ("people",)
    assert json.loads(first.extra) == {"level": 3}
    assert first.citations[0].text == context
    assert len(benchmark.documents) == len(benchmark.passages) == 1
    (rejected,) = benchmark.rejected
    assert rejected.codes == ("CUR004",)


def test_a_sheet_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    from tests.workflows.small_sheet import write_sheet

    good = [
        ["문제", "정답", "분류"],
        ["솔내도서관의 장서는 몇 권인가?", "32만 권", "도서관"],
        ["솔내도서관의 좌석은 몇 석인가?", 280.0, ""],
    ]
    write_sheet(tmp_path / "q.xlsx", good)
    benchmark = import_questions(tmp_path / "q.xlsx", tmp_path / "b").benchmark
    assert [question.answer for question in benchmark.questions] == ["32만 권", "280"]
    assert benchmark.manifest.languages == {"ko": 2}
    write_sheet(tmp_path / "bad.xlsx", [*good, ["솔내도서관은 어디에 있는가?", "", "x"]])
    with pytest.raises(InputError, match="row 4, column `정답`: empty"):
        import_questions(tmp_path / "bad.xlsx", tmp_path / "c")


def test_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "q.csv", "질문,정답\n솔내도서관의 장서는 몇 권입니까?,32만 권\n", "cp949")
    assert import_questions(path, tmp_path / "b").benchmark.questions[0].answer == "32만 권"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("q.csv", "question,answer,choices\nWho?,Eve,Ann|Bob\n", r"row 2, column `answer`: 'Eve' is none of the 2"),
        ("q.csv", "question,answer\nWho leads Velora?,\n", r"row 2, column `answer`: empty"),
        ("q.csv", "question,remark\nWho?,x\n", r"no column holds the answer.*found: question, remark"),
        ("q.csv", "question,answer\nWho,a,b\n", r"row 2: 3 cells under 2 column names"),
        ("q.csv", 'question,answer\n"Who,a\n', r"no CSV"),
        ("q.csv", "", r"holds no question"),
        ("q.csv", "question,question,answer\na,b,c\n", r"two columns are called 'question'"),
        ("q.csv", "question,answer,A,B\nWhich one?,1,x,y\n", r"--count-from"),
        ("q.jsonl", '{"question": "Who?"\n', r"row 1: not JSON"),
        ("q.jsonl", '{"question": "Who?", "answer": "x"}\n[1]\n', r"row 2: a question is an object"),
        ("q.csv", "question,answer,choices\nWho?,Ann,Ann\n", r"column `choices`: one choice only"),
        ("q.csv", "question,answer,choices\nWho?,Ann,Ann|Ann\n", r"row 2: two choices are the same"),
    ],
)  # fmt: skip
def test_an_error_names_row_and_column(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        import_questions(put(tmp_path, name, text), tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_numbers_of_choices_can_be_told(tmp_path: Path) -> None:
    path = put(tmp_path, "q.csv", "question,answer,A,B\nWhich town hosts Velora?,1,Leiden,Delft\n")
    assert import_questions(path, tmp_path / "zero", count_from=0).benchmark.questions[0].answer == "Delft"
    assert import_questions(path, tmp_path / "one", count_from=1).benchmark.questions[0].answer == "Leiden"


def test_other_files_and_rejected_sets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"\.docx"):
        import_questions(put(tmp_path, "q.docx", "x"), tmp_path / "b")
    with pytest.raises(NothingKept, match="CUR008 1"):
        import_questions(put(tmp_path, "q.csv", "question,answer\nWhat does the table above show?,x\n"), tmp_path / "b")


def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "q.csv", "question,answer\nIn which town is Velora?,Leiden\n")
    import_questions(path, tmp_path / "b")
    before = {file.name: file.read_bytes() for file in (tmp_path / "b").iterdir()}
    import_questions(path, tmp_path / "b")
    assert before == {file.name: file.read_bytes() for file in (tmp_path / "b").iterdir()}


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    path = put(tmp_path, "q.csv", "question,answer\nIn which town is Velora?,Leiden\n")
    result = CliRunner().invoke(command, [str(path), "-o", str(tmp_path / "b"), "--json"], catch_exceptions=False)
    assert json.loads(result.stdout)["questions"] == 1


@requires_shared
@pytest.mark.parametrize(("file", "rows"), [("astronomy", 152), ("nutrition", 306), ("world_religions", 171)])
def test_real_questions_of_others_are_kept(tmp_path: Path, file: str, rows: int) -> None:
    made = import_questions(SHARED / f"mmlu/{file}_test.csv", tmp_path / "b")
    assert made.rows == rows
    duplicates = made.rejected.get("CUR010", 0) + made.rejected.get("CUR011", 0)
    benchmark = read_benchmark(tmp_path / "b")
    assert rows - len(benchmark.questions) - duplicates <= 0.02 * rows


def test_korean_exams_with_numbered_columns_and_circled_keys(tmp_path: Path) -> None:
    text = (
        "번호,질문,보기1,보기2,보기3,보기4,정답\n1,대한민국의 수도는 어디입니까?,부산,서울,인천,대구,2\n"
        "2,한 해는 몇 개월입니까?,열,열하나,열둘,열셋,③\n3,물의 화학식은 무엇입니까?,H2O,CO2,NaCl,O2,H2O\n"
    )
    benchmark = import_questions(put(tmp_path, "q.csv", text, "cp949"), tmp_path / "b").benchmark
    assert [question.answer for question in benchmark.questions] == ["서울", "열둘", "H2O"]


def test_a_sheet_behind_a_sheet_of_remarks_with_a_title_above_its_header(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Remarks").write(0, 0, "Read this first")
        sheet = book.add_worksheet("Questions")
        sheet.write_row(0, 0, ["Exam 2025"])
        sheet.write_row(2, 0, ["Question", "Answer"])
        sheet.write_row(3, 0, ["When did the Gdynia museum sign its first loan?"])
        sheet.write_datetime(3, 1, datetime(2025, 3, 14), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(4, 0, ["How many coins does the Gdynia museum hold?", 1200])
        sheet.write_row(5, 0, ["Who leads the Gdynia museum?", ""])
    with pytest.raises(InputError, match="row 6, column `Answer`: empty"):
        import_questions(path, tmp_path / "b")
    benchmark = import_questions(
        put(
            tmp_path, "q.json", '[{"question": "Where does Mia Berg live?", "answers": {"text": ["Bern", "in Bern"]}}]'
        ),
        tmp_path / "b",
    ).benchmark
    assert (benchmark.questions[0].answer, benchmark.questions[0].accepted) == ("Bern", ("in Bern",))


def test_the_days_of_a_sheet_have_no_time(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Question", "Answer"])
        sheet.write_row(1, 0, ["On which day was the Gdynia museum opened?"])
        sheet.write_datetime(1, 1, datetime(2025, 3, 14), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert import_questions(path, tmp_path / "b").benchmark.questions[0].answer == "2025-03-14"
