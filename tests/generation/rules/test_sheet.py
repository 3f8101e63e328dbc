from tests.written import written

from benchwright.generation.rules.entry import clean_span
from benchwright.generation.rules.read_sheet import read_sheet
from benchwright.generation.rules.sheet import Sheet


def sheet(*lines: str) -> Sheet | None:
    header, *rows = lines
    rule = "|" + "---|" * header.strip("|").count("|") + "---|"
    document = written("# Report\n\n## Figures\n\n" + "\n".join([header, rule, *rows]) + "\n", title="Report")
    return read_sheet(document, document.tables[0])


def labels(found: Sheet | None) -> list[str]:
    assert found is not None
    return [label.text for label in found.labels]


def test_emphasis_around_a_cell_is_taken_off_with_its_span_kept() -> None:
    assert clean_span(" **12** ", 10) == ("12", 13, 15)
    assert clean_span("12*", 0) == ("12*", 0, 3)
    assert clean_span("`a`, `b`", 0) == ("`a`, `b`", 0, 8)


def test_totals_are_found_by_name_and_by_arithmetic() -> None:
    named = sheet("| Site | Staff |", "| Leeds | 40 |", "| Cardiff | 30 |", "| **Total** | **71** |")
    added = sheet("| Site | Staff |", "| Everywhere | 70 |", "| Leeds | 40 |", "| Cardiff | 30 |")
    korean = sheet("| 지점 | 직원 수 |", "| 강남 | 40 |", "| 부산 | 30 |", "| 합 계 | 70 |")
    assert labels(named) == labels(added) == ["Leeds", "Cardiff"]
    assert labels(korean) == ["강남", "부산"]


def test_a_running_number_does_not_name_a_row() -> None:
    assert labels(sheet("| Pos | Team | Points |", "| 1 | Amberley | 42 |", "| 2 | Birling | 25 |")) == [
        "Amberley",
        "Birling",
    ]


def test_the_column_that_names_the_rows_is_no_column_of_units() -> None:
    found = sheet("| Unit | Bedrooms |", "| A1 | 2 |", "| A2 | 1 |")
    assert found is not None
    assert found.units == ()


def test_a_row_has_a_unit_only_where_it_measures() -> None:
    water = sheet("| Indicator | Unit | 2025 |", "| Water | m³ | 768,300 |", "| Waste | t | 3,515 |")
    service = sheet("| Service | Unit | Price |", "| Calibration | per instrument | 90 |", "| Repair | per hour | 80 |")
    assert water is not None
    assert service is not None
    assert [water.row_unit(i, water.columns[0]) for i in (0, 1)] == ["m³", "t"]
    assert service.row_unit(0, service.columns[0]) is None


def test_prices_shares_and_temperatures_do_not_add_up() -> None:
    rows = ("| Leeds | 40 | 4.50 | 12% | 20 |", "| Cardiff | 30 | 3.00 | 40% | 21 |", "| Bath | 35 | 2.00 | 7% | 25 |")
    found = sheet("| Site | Visitors | Price | Share | Temperature |", *rows)
    assert found is not None
    assert [column.header.text for column in found.columns if found.is_additive(column)] == ["Visitors"]


def test_lines_of_account_are_not_compared() -> None:
    found = sheet("| Line | 2025 (EUR) |", "| Revenue | 84 |", "| Gross profit | 32 |", "| Rent | 9 |")
    assert found is not None
    assert not found.is_comparable(found.columns[0])


def test_a_first_row_that_is_like_the_others_is_no_header() -> None:
    rows = ["| Moon | Taurus |", "| Mars | Aries |", "| Venus | Virgo |"]
    assert sheet("| Sun | Aries |", *rows) is None
    assert sheet("| Planet | Sign |", *rows) is not None


def test_numbers_set_as_code_and_orders_of_steps_are_not_compared() -> None:
    rows = [
        f"| {task} | `{2000 + i}` | {i} | {40 + 3 * i} |" for i, task in enumerate(("조회", "송금", "취소", "집계"), 1)
    ]
    found = sheet("| 업무 | 요구 | 순서 | 건수 |", *rows)
    assert found is not None
    measures = {column.header.text: column.is_measure for column in found.columns}
    assert measures == {"요구": False, "순서": False, "건수": True}


def test_a_running_number_without_a_header_calls_no_row() -> None:
    found = sheet("|  | Year | Income |", "| 4 | 1941 | 69.7 |", "| 9 | 1942 | 71.2 |")
    assert labels(found) == ["1941", "1942"]


def test_measurements_call_no_row() -> None:
    assert sheet("| Depth | Load |", "| 1.25 | 40 |", "| 2.75 | 60 |", "| 3.10 | 80 |") is None


def test_a_form_has_no_header() -> None:
    assert sheet("| Description: | Logs requests |", "| Status: | Base |", "| Source: | log.c |") is None


def test_amounts_that_follow_from_their_labels_are_known() -> None:
    found = sheet("| Code | Hidden | Power |", "| 1 | 101 | 2 |", "| 3 | 103 | 8 |", "| 8 | 108 | 256 |")
    assert found is not None
    assert [column.follows(found.labels) for column in found.columns] == [True, True]


def test_things_set_out_in_rows_until_they_ran_out_have_no_header() -> None:
    boards = ("| Alder Lime | Alder Micro | Brook |", "| Cedar | Dune | Elm Black |", "| Fern | Gale |  |")
    assert sheet(*boards) is None
    assert (
        sheet("| Office | Head | Town |", "| North | Ada Lund | Bergen |", "| South | Olu Bello | Lagos |") is not None
    )


def test_a_form_whose_first_line_stands_in_the_header_is_left_alone() -> None:
    assert sheet("| Maximum power | 80 Watts |", "| Voltage | 18 Volts |", "| Current | 5 Amperes |") is None
    assert sheet("| Weight | 5 kg |", "| Norway | €9.20 |", "| Chile | €21 |", "| Kenya | on request |") is None
    assert sheet("| n | Number of entries held |", "| key | List of keys |", "| val | List of values |") is None
    assert sheet("| Parcel | 5 kg | 10 kg |", "| Norway | €9.20 | €12 |", "| Chile | €21 | €30 |") is not None
