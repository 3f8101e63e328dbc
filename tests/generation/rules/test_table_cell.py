from tests.written import offered, texts, written

from benchwright.generation.rules.table_cell import TableCell

FEES = """# Price List 2026

## Accessories

| Accessory | Net price (EUR) | Stock |
|---|---:|---|
| Dock | 39.00 | yes |
| Case | 14.50 | no |
| Rolls | 17.90 | yes |
| Battery | 24.00 | yes |
"""


def test_a_cell_is_asked_by_row_column_table_and_document() -> None:
    question = next(q for q in offered(TableCell(), written(FEES)) if "Case" in q.text)
    assert "“Accessories”" in question.text
    assert "“Price List 2026”" in question.text
    assert "“Net price (EUR)”" in question.text
    assert question.answer == "14.50"


def test_every_citation_is_an_exact_span_and_the_answer_comes_first() -> None:
    document = written(FEES)
    questions = offered(TableCell(), document)
    assert len(questions) == 2, "a set of four options serves two questions"
    for question in questions:
        assert all(document.text[c.start : c.end] == c.text for c in question.citations)
        assert question.citations[0].text == question.answer


def test_the_options_of_a_column_stay_together() -> None:
    options = {frozenset(q.choices) for q in offered(TableCell(), written(FEES))}
    assert options == {frozenset({"39.00", "14.50", "17.90", "24.00"})}


def test_yes_no_columns_are_left_alone() -> None:
    assert "Stock" not in texts(offered(TableCell(), written(FEES)))


def test_repeated_row_labels_make_the_rule_hold_back() -> None:
    assert offered(TableCell(), written(FEES.replace("Case", "Dock"))) == []


def test_blank_and_footnoted_cells_are_not_asked() -> None:
    text = FEES.replace("14.50", "n/a").replace("17.90", "17.90*")
    asked = texts(offered(TableCell(), written(text)))
    assert "Case" not in asked
    assert "Rolls" not in asked
    assert "Dock" in asked


def test_two_tables_of_one_title_are_not_told_apart_and_not_asked() -> None:
    table = FEES.split("## Accessories\n")[1]
    assert offered(TableCell(), written(f"# Price List 2026\n\n## Accessories\n{table}\n\nMore:\n{table}")) == []


def test_the_unit_of_the_table_is_stated() -> None:
    text = "# 회의록\n\n## 예산\n\n(단위: 백만 원)\n\n| 공정 | 예산 |\n|---|---|\n| 토목 | 1,850 |\n| 골조 | 4,200 |\n"
    asked = texts(offered(TableCell(), written(text, title="회의록", language="ko")))
    assert "“회의록”의 “예산” 표에서 “토목”의 “예산”(단위: 백만 원)은 얼마입니까?" in asked


def test_korean_particles_fit_the_header() -> None:
    rows = ["| 직급 | 숙박비(원) | 담당자 |", "|---|---|---|"]
    rows += ["| 사원 | 80,000 | 김하나 |", "| 과장 | 90,000 | 이두리 |", "| 부장 | 99,000 | 박세찬 |"]
    text = "# 규정\n\n## 출장\n\n" + "\n".join(rows) + "\n"
    asked = texts(offered(TableCell(), written(text, title="규정", language="ko")))
    assert "“숙박비(원)”는 얼마입니까?" in asked
    assert "“담당자”는 누구입니까?" in asked


def test_a_language_without_wording_gets_no_questions() -> None:
    assert offered(TableCell(), written(FEES, language="de")) == []


def test_a_long_table_is_asked_about_all_over() -> None:
    rows = "\n".join(f"| Item {i} | {7 * i + 100} |" for i in range(400))
    document = written(f"# Stock\n\n## List\n\n| Item | Pieces |\n|---|---|\n{rows}\n", title="Stock")
    positions = [q.citations[0].start / len(document.text) for q in offered(TableCell(), document)]
    assert 4 <= len(positions) <= 40
    assert min(positions) < 0.4
    assert max(positions) > 0.6


def test_a_label_that_abbreviates_its_value_is_not_asked() -> None:
    rows = ["| UMi | Ursa Minor |", "| Del | Delphinus |", "| Q1 | Lyra |", "| Q2 | Cetus |", "| Q3 | Pisces |"]
    lines = ["# Sky", "", "## Stars", "", "| Sign | Name |", "|---|---|", *rows]
    asked = texts(offered(TableCell(), written("\n".join(lines) + "\n", title="Sky")))
    assert "Q1" in asked
    assert "UMi" not in asked
    assert "Del" not in asked


def test_a_cell_that_its_label_tells_or_that_is_cut_short_is_not_asked() -> None:
    text = """# Tests

| File | Tests |
|---|---|
| test_util.py | utility functions |
| test_net.py | sockets and ports |
| colours … | the palette |
| test_plan.py | calendars of a year, … |
"""
    assert {question.answer for question in offered(TableCell(), written(text, title="Tests"))} == {"sockets and ports"}


def test_a_document_in_another_language_is_not_asked_in_english() -> None:
    prose = "Statistik dasar untuk unit termasuk poin dan jumlah titik gerakan senjata yang dapat digunakan. " * 8
    table = "\n| Nama | Umur |\n|---|---|\n| Budi | 41 |\n| Sari | 37 |\n"
    assert offered(TableCell(), written(f"# Pedoman\n\n{prose}\n{table}", title="Pedoman", language="und")) == []


def test_the_lines_of_a_statement_are_no_options_for_each_other() -> None:
    rows = [("Revenue", "9,412"), ("Gross profit", "4,180"), ("Operating income", "1,377"), ("Net income", "845")]
    lines = "\n".join(f"| {name} | {value} | {value[:-1]}1 |" for name, value in rows)
    text = f"# Harrow Accounts\n\n| Harrow Ltd | First quarter | Second quarter |\n|---|---|---|\n{lines}\n"
    questions = offered(TableCell(), written(text, title="Harrow Accounts"))
    assert questions
    assert all(question.choices == () for question in questions)
