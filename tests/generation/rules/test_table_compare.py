from tests.written import offered, texts, written

from benchwright.generation.rules.table_compare import TableCompare

PLANTS = """# Report

## Energy by plant

| Plant | Electricity (MWh) | Manager |
|---|---:|---|
| Ghent | 12,480 | A. Peeters |
| Lyon | 9,725 | B. Martin |
| Porto | 15,060 | C. Silva |
| Graz | 4,895 | D. Huber |
| Total | 42,160 | |
"""


def values(table: str) -> dict[str, float]:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("| ")]
    return {row[0]: float(row[1].replace(",", "")) for row in rows[1:]}


def test_the_key_is_the_extreme_of_the_four_rows_and_never_the_total() -> None:
    question = next(q for q in offered(TableCompare(), written(PLANTS, title="Report")) if q.form == "choice")
    amounts = {name: value for name, value in values(PLANTS).items() if name in question.choices}
    extreme = max if "highest" in question.text else min
    assert question.answer == extreme(amounts, key=lambda name: amounts[name])
    assert "Total" not in question.choices


def test_a_property_of_the_higher_of_two_rows_takes_two_steps() -> None:
    question = next(q for q in offered(TableCompare(), written(PLANTS, title="Report")) if q.form == "short")
    managers = {"Ghent": "A. Peeters", "Lyon": "B. Martin", "Porto": "C. Silva", "Graz": "D. Huber"}
    named = [name for name in managers if f"“{name}”" in question.text]
    assert len(named) == 2
    extreme = max if "higher" in question.text else min
    assert question.answer == managers[extreme(named, key=lambda name: values(PLANTS)[name])]


def test_rows_whose_names_give_the_order_are_left_alone() -> None:
    rows = ["| Basic | 9 |", "| Standard | 19 |", "| Pro | 39 |", "| Enterprise | 99 |"]
    text = "# Plans\n\n## Prices\n\n| Plan | Price (EUR) |\n|---|---|\n" + "\n".join(rows) + "\n"
    assert offered(TableCompare(), written(text, title="Plans")) == []


def test_mixed_units_ranges_and_identifiers_are_not_compared() -> None:
    rows = {
        "Weight": ["4 kg", "300 g", "2 kg", "1 kg"],
        "Days": ["4–5", "2", "3", "1"],
        "Part number": ["11", "14", "12", "19"],
    }
    lines = ["| Part | " + " | ".join(rows) + " |", "|---|---|---|---|"]
    lines += [
        f"| Part {name} | " + " | ".join(column[i] for column in rows.values()) + " |" for i, name in enumerate("WXYZ")
    ]
    assert offered(TableCompare(), written("# Parts\n\n## List\n\n" + "\n".join(lines), title="Parts")) == []


def test_korean_comparisons_use_the_word_the_header_wants() -> None:
    rows = ["| 솔숲 | 120 |", "| 달빛 | 90 |", "| 강변 | 310 |", "| 중앙 | 200 |"]
    text = "# 보고서\n\n## 현황\n\n| 도서관 | 이용자 수(명) |\n|---|---|\n" + "\n".join(rows) + "\n"
    asked = texts(offered(TableCompare(), written(text, title="보고서", language="ko")))
    assert "“이용자 수(명)”가 가장 많은 것은" in asked or "“이용자 수(명)”가 가장 적은 것은" in asked


def test_that_june_is_warmer_than_november_need_not_be_read() -> None:
    days = [(1, -3.5, 4.1), (3, 8.2, 2.7), (6, 24.1, 3.3), (8, 26.4, 1.9), (10, 12.0, 5.2), (11, 6.3, 2.2)]
    rows = "".join(f"| 2015/{month:02}/08 | {high} | {wind} |\n" for month, high, wind in days)
    text = f"# Weather\n\n| date | temp_max | wind |\n|---|---|---|\n{rows}"
    asked = texts(offered(TableCompare(), written(text, title="Weather")))
    assert "wind" in asked
    assert "highest “temp_max”" not in asked
    assert "lowest “temp_max”" not in asked


def test_a_table_gives_one_question_on_the_highest_of_four() -> None:
    rows = [("Elm", 41, 310, 7), ("Fir", 18, 505, 9), ("Oak", 66, 288, 4), ("Yew", 29, 417, 6), ("Ash", 52, 364, 8)]
    lines = "\n".join(f"| {name} Street | {a} | {b} | {c} |" for name, a, b, c in rows)
    text = f"# Depots\n\n| Depot | Vans | Parcels | Clerks |\n|---|---|---|---|\n{lines}\n"
    questions = offered(TableCompare(), written(text, title="Depots"))
    assert len([q for q in questions if q.choices]) == 1
    assert len(questions) > 2
