"""Charts without a plotting library: arrays in, SVG out, in the colours of the page (light, dark, print)."""

from benchwright.charts.forest_plot import Reference, forest_axis, forest_row
from benchwright.charts.heat_map import heat_map

__all__ = ["Reference", "forest_axis", "forest_row", "heat_map"]
