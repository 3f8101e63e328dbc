import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from benchwright.charts import Reference, forest_axis, forest_row


def positions(svg, tag, attribute):
    return [float(value) for value in re.findall(rf"<{tag}[^>]* {attribute}=\"([\d.]+)%\"", svg)]


@given(st.tuples(*[st.floats(0, 1)] * 3).map(sorted))
def test_the_dot_lies_on_its_bar_and_inside_the_picture(values):
    low, estimate, high = values
    svg = forest_row(estimate, low, high)
    (dot,) = positions(svg, "circle", "cx")
    assert positions(svg, "line", "x1")[0] <= dot <= positions(svg, "line", "x2")[0]
    assert 0 < dot < 100


def test_an_interval_beyond_the_axis_ends_at_its_edge():
    svg = forest_row(0.0, -5.0, 5.0, domain=(-1.0, 1.0))
    assert positions(svg, "line", "x1")[0] == 3.0
    assert positions(svg, "line", "x2")[0] == 97.0


def test_an_estimate_outside_its_interval_is_refused():
    with pytest.raises(ValueError, match="outside its interval"):
        forest_row(0.9, 0.1, 0.5)


def test_labels_are_escaped():
    svg = forest_row(0.5, 0.4, 0.6, label='"><script>')
    axis = forest_axis([(0.5, "<b>")], references=[Reference(0.25, "<i>chance")])
    for picture in (svg, axis):
        etree.fromstring(picture)
        assert "<script" not in picture
        assert "<b>" not in picture
        assert "<i>" not in picture
