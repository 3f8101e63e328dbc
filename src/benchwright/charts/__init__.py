"""Charts without a plotting library: arrays in, SVG out, in the colours of the page (light, dark, print)."""

from benchwright.charts.bars import bars
from benchwright.charts.duel_table import duel_table
from benchwright.charts.forest_plot import Reference, forest_axis, forest_row
from benchwright.charts.heat_map import heat_map
from benchwright.charts.interval_plot import Interval, interval_plot
from benchwright.charts.line import Series, line_chart
from benchwright.charts.theme import CHART_CSS

__all__ = [
    "CHART_CSS",
    "Interval",
    "Reference",
    "Series",
    "bars",
    "duel_table",
    "forest_axis",
    "forest_row",
    "heat_map",
    "interval_plot",
    "line_chart",
]
