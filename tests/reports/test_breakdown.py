from dataclasses import replace

from benchwright.reports.breakdown import breakdown, measured


def test_the_cells_of_a_column_hold_every_answer_once(report):
    for name in ("kind", "document", "language", "form"):
        found = breakdown(report.marks, name, "passage", ["lab/poor"])
        assert sum(row[0].graded for row in found.cells) == len(report.benchmark.questions)
        assert sum(found.questions) == len(report.benchmark.questions)


def test_a_cell_is_the_share_right_of_its_questions(report):
    found = breakdown(report.marks, "document", "passage", ["lab/poor"])
    assert [row[0].score.estimate for row in found.cells] == [0.25] * 6


def test_a_model_that_was_asked_nothing_has_an_empty_cell(report):
    found = breakdown(report.marks, "kind", "passage", ["lab/poor", "lab/absent"])
    assert all(row[1] is None for row in found.cells)


def test_the_measured_difficulty_stands_beside_the_ordered_one(report):
    levels = {question.id: level for question, level in zip(report.benchmark.questions, LEVELS * 99, strict=False)}
    marks = {
        key: [replace(mark, question=_ordered(mark.question, levels[mark.question.id])) for mark in each]
        for key, each in report.marks.items()
    }
    found = breakdown(marks, "difficulty", "passage", ["lab/poor"])
    assert found.rows == ("easy", "medium", "hard")
    said = measured(found)
    for level, (cell,) in zip(found.rows, found.cells, strict=True):
        assert f"ordered {level}: {cell.score.estimate * 100:.0f} % right" in said


def test_questions_ordered_without_a_difficulty_stand_in_no_row_of_it(report):
    assert breakdown(report.marks, "difficulty", "passage", ["lab/poor"]).rows == ()


LEVELS = ["hard", "easy", "medium"]


def _ordered(question, level):
    return question.model_copy(update={"difficulty": level})
