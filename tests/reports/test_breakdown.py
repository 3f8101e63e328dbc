from benchwright.reports.breakdown import breakdown


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
