"""What all charts share: colours as CSS variables, axis ticks, escaped text, the frame with its description."""

import math
from collections.abc import Iterable
from html import escape

CHART_CSS = """
:root { --ink:#1b1f24; --muted:#57606a; --rule:#d0d7de; --paper:#ffffff; --card:#f6f8fa; --accent:#0a5bc4;
  --accent-soft:#b6d4fb; --warn:#9a5b00; --low:#b3402a; --high:#0a5bc4; --series-1:#0a5bc4; --series-2:#b3402a;
  --series-3:#2c7a3f; --series-4:#7b4bb3; --series-5:#9a5b00; --series-6:#3a6b73; color-scheme: light; }
@media (prefers-color-scheme: dark) { :root { --ink:#e6edf3; --muted:#9aa4af; --rule:#3a424c; --paper:#0f1419;
  --card:#171d24; --accent:#6cb0ff; --accent-soft:#24476f; --warn:#e3b04b; --low:#f0886f; --high:#6cb0ff;
  --series-1:#6cb0ff; --series-2:#f0886f; --series-3:#73c98a; --series-4:#c3a1f0; --series-5:#e3b04b;
  --series-6:#85c2cc; color-scheme: dark; } }
svg.chart { display:block; width:100%; overflow:visible; font:13px/1.3 system-ui, sans-serif; }
svg.chart text { fill:var(--ink); }
svg.chart text.soft { fill:var(--muted); }
svg.chart .grid { stroke:var(--rule); stroke-width:1; }
svg.chart .axis { stroke:var(--muted); stroke-width:1; }
svg.chart .interval { stroke:var(--accent); stroke-width:3; stroke-linecap:round; }
svg.chart .interval.wide { stroke:var(--accent-soft); stroke-width:7; }
svg.chart .point { fill:var(--accent); stroke:var(--paper); stroke-width:1.5; }
svg.chart .flagged { fill:var(--warn); }
svg.chart .bar { fill:var(--accent); }
.chart-scroll { overflow-x:auto; }
"""
"""Style of every chart; put it once into the page. Colours follow the reader's light or dark setting."""


def text(value: object) -> str:
    """Return `value` escaped for SVG and HTML."""
    return escape(str(value), quote=True)


def number(value: float) -> str:
    """Return a coordinate with at most two decimals: short, and the same on every machine."""
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return about `count` round numbers from `low` to `high`."""
    if not high > low:
        return [low]
    raw = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(position * step, 10) for position in range(first, last + 1)]


def frame(body: Iterable[str], *, height: float, title: str, description: str = "", width: str = "100%") -> str:
    """Wrap a chart: `title` names it for everyone, `description` says it to those who cannot see it."""
    label = text(f"{title}. {description}" if description else title)
    parts = "\n".join(body)
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" width="{width}" '
        f'height="{number(height)}"><title>{text(title)}</title>\n{parts}\n</svg>'
    )
