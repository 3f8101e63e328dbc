import numpy as np
import pytest
from lxml import etree

from benchwright.charts import heat_map
from benchwright.charts.heat_map import shortened


def test_a_higher_share_is_a_stronger_colour():
    svg = etree.fromstring(heat_map([[0.1, 0.9]], rows=["r"], columns=["a", "b"], texts=[["10", "90"]]))
    weak, strong = [float(rect.get("fill-opacity")) for rect in svg.iter("rect")]
    assert weak < 0.2 < 0.8 < strong


def test_a_cell_without_data_is_outlined_not_coloured():
    svg = etree.fromstring(heat_map([[np.nan]], rows=["r"], columns=["a"], texts=[["–"]]))
    (rect,) = svg.iter("rect")
    assert rect.get("fill") == "none"


def test_values_must_fit_the_labels():
    with pytest.raises(ValueError, match="1 rows × 1 columns"):
        heat_map([[1, 2]], rows=["r"], columns=["a"], texts=[["1"]])


def test_hostile_labels_are_escaped():
    bad = "<script>alert(1)</script>"
    svg = heat_map([[1]], rows=[bad], columns=[bad], texts=[[bad]], label='"' + bad)
    etree.fromstring(svg)
    assert "<script" not in svg


def test_a_long_label_keeps_its_beginning_and_its_end():
    short = shortened("Tarnbrook Travel and Expense Rules, edition of the year 2025", 200)
    assert short.startswith("Tarnbrook")
    assert short.endswith("2025")
    assert len(short) < 40


def test_a_long_name_before_the_last_column_is_not_cut():
    names = ["not stated in the document", "year"]
    svg = etree.fromstring(heat_map([[1, 1]], rows=["r"], columns=names, texts=[["1", "1"]]))
    long = next(text for text in svg.iter("text") if text.text == names[0])
    assert float(long.get("x")) + len(names[0]) * 5 < float(svg.get("width"))


def test_a_very_long_column_name_is_shortened_and_whole_when_pointed_at():
    name = "provider/organisation/Model-Name-70B-Instruct-Turbo-2501"
    svg = etree.fromstring(heat_map([[1]], rows=["r"], columns=[name], texts=[["1"]]))
    assert name in [title.text for title in svg.iter("title")]
    shown = next(text.text for text in svg.iter("text") if "…" in text.text)
    assert shown.startswith("provider/")
    assert shown.endswith("2501")
