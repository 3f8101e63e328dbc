from tests.documents.pdf_bytes import pdf

from benchwright.documents.pdf import read


def ruled(rows: list[int], columns: list[float]) -> list[tuple[float, float, float, float]]:
    """Lines above the given lines of text (11 points high, the first is 1) and at the given places across."""
    heights = [790 - 13.75 * row + 10.3 for row in rows]
    across = [(columns[0], height, columns[-1], height) for height in heights]
    return across + [(column, heights[0], column, heights[-1]) for column in columns]


def test_a_cell_of_several_lines_stays_one_cell_between_drawn_lines() -> None:
    text = "11 Site\tVolume\n11 Harbour of\t12,400\n11 Newport\n11 Quay 9\t310"
    found = read(pdf(text, tab=60, rules=ruled([1, 2, 4, 5], [55, 115, 180])), "a.pdf").text
    assert found.strip() == "| Site | Volume |\n| --- | --- |\n| Harbour of Newport | 12,400 |\n| Quay 9 | 310 |"


def test_a_cell_over_all_columns_is_the_title_and_a_merged_one_is_filled() -> None:
    text = "11 Fees of the harbour\n11 Ship\tPer day\tPer day\n11 Barge\t40\t55\n11 Ferry\t\t70"
    rules = ruled([1, 2, 3, 4, 5], [55, 130, 190, 260])
    # No line below the title between the columns, and none between the two cells of the first value column.
    rules = [rule for rule in rules if rule[1] == rule[3] or rule[0] in (55, 260)]
    top, bottom = 790 - 13.75 * 2 + 10.3, 790 - 13.75 * 5 + 10.3
    rules += [(130, top, 130, bottom), (190, top, 190, bottom)]
    found = read(pdf(text, tab=75, rules=rules), "a.pdf").text
    assert found.startswith("Fees of the harbour\n\n| Ship | Per day | Per day |\n")
    assert "| Ferry |  | 70 |" in found


def test_lines_around_running_text_make_no_table() -> None:
    sentence = "The committee decided on Monday that the"
    text = "\n".join(f"9 {sentence} {n}" for n in range(12))
    found = read(pdf(text, rules=ruled([1, 6, 12], [55, 300, 500])), "a.pdf").text
    assert "|" not in found


def test_narrow_columns_without_lines_are_a_table() -> None:
    rows = ["Longest name\tYear\tTons", "Aurora Borea\t1987\t12,400", "Kittiwake III\t1999\t8,150"]
    rows += ["Stormvogel\t2004\t6,020", "Zeehond West\t2011\t940"]
    found = read(pdf("\n".join(f"11 {row}" for row in rows), tab=80), "a.pdf").text
    assert found.startswith("| Longest name | Year | Tons |\n| --- | --- | --- |\n| Aurora Borea | 1987 | 12,400 |")
    assert "| Zeehond West | 2011 | 940 |" in found


def test_a_header_of_two_lines_is_one_row() -> None:
    rows = ["\tWeight\tLength", "Vessel\tempty (t)\tover all (m)", "Aurora\t1,987\t124", "Kittiwake\t1,999\t81"]
    rows += ["Stormvogel\t2,004\t60", "Zeehond\t2,011\t94"]
    found = read(pdf("\n".join(f"11 {row}" for row in rows), tab=74), "a.pdf").text
    assert found.startswith("| Vessel | Weight empty (t) | Length over all (m) |\n")


def test_a_table_of_contents_and_running_text_are_no_table() -> None:
    contents = "\n".join(f"11 {n}\tWhat part {n} says\t\t{3 * n}" for n in range(1, 7))
    assert "- 2 What part 2 says 6\n- 3 What" in read(pdf(contents, tab=60), "a.pdf").text
    prose = "\n".join(f"11 In {1990 + n} the port sold {n} of its {n + 5} old cranes to a yard" for n in range(8))
    assert "|" not in read(pdf(prose), "a.pdf").text


def test_dots_that_lead_the_eye_are_no_part_of_a_name() -> None:
    rows = ["Robbery. . . . .\t1,024\t12.5", "Arson. . . . . .\t3,560\t0.75", "Fraud. . . . . .\t9,738\t8.0"]
    found = read(pdf("\n".join(f"11 {row}" for row in ["Offence\tCases\tShare", *rows]), tab=90), "a.pdf").text
    assert "| Robbery | 1,024 | 12.5 |\n| Arson | 3,560 | 0.75 |" in found


def test_a_list_of_numbers_is_a_table_and_code_is_none() -> None:
    numbers = "\n".join(f"11 {n}\t{100 + n}\t{200 + n}" for n in range(1, 8))
    assert "| 3 | 103 | 203 |" in read(pdf(numbers, tab=90), "a.pdf").text
    code = "\n".join(f"11 {n}\t\\{{hbox{{size}}}}\t#{n}}}}};" for n in range(1, 8))
    assert "|" not in read(pdf(code, tab=90), "a.pdf").text


def test_a_merged_value_stands_once_in_its_row() -> None:
    text = "11 Package\tFirst\tSecond\n11 Title\tBuilding of the quay\n11 Months\t12\t12"
    rules = [rule for rule in ruled([1, 2, 3, 4], [55, 130, 190, 260]) if rule[1] == rule[3] or rule[0] != 190]
    heights = [790 - 13.75 * row + 10.3 for row in (1, 2, 3, 4)]
    rules += [(190, heights[0], 190, heights[1]), (190, heights[2], 190, heights[3])]
    found = read(pdf(text, tab=70, rules=rules), "a.pdf").text
    assert "| Title | Building of the quay |  |\n| Months | 12 | 12 |" in found
