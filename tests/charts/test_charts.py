import xml.etree.ElementTree as ElementTree

import pytest

from benchwright.charts import CHART_CSS, Interval, Series, bars, duel_table, interval_plot, line_chart
from benchwright.charts.theme import number, ticks

NASTY = '<script>alert("x")</script> & 한국어'


def drawings() -> dict[str, str]:
    return {
        "forest": interval_plot([Interval(NASTY, 3, 1, 5, wide_low=0, wide_high=8)], title=NASTY, reference=2),
        "bars": bars([NASTY, "b"], [3, 0], title=NASTY),
        "duel table": duel_table([NASTY, "b"], [[None, 0.9], [0.1, None]], title=NASTY),
        "line": line_chart([Series(NASTY, [1, 2], [3, 4], low=[2, 3], high=[4, 5])], title=NASTY),
    }


@pytest.mark.parametrize("name", list(drawings()))
def test_every_chart_is_well_formed_and_says_what_it_is(name: str) -> None:
    drawn = drawings()[name]
    root = ElementTree.fromstring(drawn)
    assert root.attrib["role"] == "img"
    assert NASTY in root.attrib["aria-label"]
    assert "<script" not in drawn


@pytest.mark.parametrize("name", list(drawings()))
def test_the_same_arrays_draw_the_same_bytes(name: str) -> None:
    assert drawings()[name] == drawings()[name]


def test_colours_are_variables_only() -> None:
    assert all("#" not in drawn for drawn in drawings().values())
    assert "prefers-color-scheme: dark" in CHART_CSS


def test_empty_and_flat_data_still_draw() -> None:
    for drawn in (
        interval_plot([], title="t"),
        interval_plot([Interval("a", 1, 1, 1)], title="t"),
        bars([], [], title="t"),
        bars(["a"], [0], title="t"),
        line_chart([], title="t"),
        line_chart([Series("a", [1], [1])], title="t"),
        duel_table([], [], title="t"),
    ):
        ElementTree.fromstring(drawn)
        assert "nan" not in drawn


def test_every_point_lies_inside_the_drawing() -> None:
    root = ElementTree.fromstring(interval_plot([Interval("a", -5, -9, 0), Interval("b", 7, 1, 12)], title="t"))
    places = [float(circle.attrib["cx"].rstrip("%")) for circle in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert len(places) == 2
    assert all(0 <= place <= 100 for place in places)
    assert places[0] < places[1]


def test_ticks_are_round_and_inside() -> None:
    assert ticks(0, 10) == [0, 2, 4, 6, 8, 10]
    assert ticks(961, 1043) == [980, 1000, 1020, 1040]
    assert ticks(3, 3) == [3]


def test_a_coordinate_is_short() -> None:
    assert [number(value) for value in (1.0, 0.125, -0.0, 33.333333)] == ["1", "0.12", "0", "33.33"]
