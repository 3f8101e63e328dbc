"""Markdown of models as HTML that can do no harm, each run of text knowing where it stands in the source."""

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import escape

LINE_END = re.compile(r"\r\n?|\n")
TAGS = frozenset(
    "p br hr h4 h5 h6 strong em s del code pre blockquote ul ol li a table thead tbody tr th td span div".split()  # noqa: SIM905
)
ATTRIBUTES: dict[str, set[str]] = {
    "span": {"data-at"},
    "a": {"href"},
    "ol": {"start"},
    "div": {"class", "tabindex"},
    "th": {"class"},
    "td": {"class"},
}
DEEPER = 3
"""Headings of an answer begin below those of the page."""
MOST_CELLS = 4_000
"""Cells of all tables of a text; what goes beyond is shown as it is written.

Rows are filled up to the width of their table: a thousand columns and ten thousand rows are written in 25 kB.
"""


def render_markdown(text: str) -> str:
    """Return `text` as sanitised HTML: no HTML of its own, no images, links only to http, https and mailto.

    Every run of text that stands in the source as it is shown lies in `<span data-at="N">`, N its offset there in
    code points, so that what a reader selects can be cited by exact offsets.
    """
    html = _parser().render(text, {"source": text})
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # An image is a request to somewhere else; without the rule it reads as a link with its words.
    parser.disable("image")
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.push("offsets", _find_offsets)
    for name, rule in (
        ("text", _text),
        ("code_inline", _code),
        ("fence", _block),
        ("code_block", _block),
        ("heading_open", _heading),
        ("heading_close", _heading),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("th_open", _cell),
        ("td_open", _cell),
    ):
        parser.add_render_rule(name, rule)
    return parser


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, unless it would have more cells than are left to the text; then no further one is read either."""
    left: int = state.env.get("cells_left", MOST_CELLS)
    if not left or not table(state, start, end, True):
        return False
    if silent:
        return True
    columns = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]].strip().strip("|").count("|") + 1
    rows = next((line for line in range(start, end) if state.isEmpty(line)), end) - start
    state.env["cells_left"] = max(0, left - columns * rows)
    return columns * rows <= left and table(state, start, end, False)


def _find_offsets(state: StateCore) -> None:
    """Note in each token where its text begins in the source; what is written otherwise there (`&amp;`) stays without.

    Tokens come in the order of the source, so one cursor that only moves on finds each run.
    """
    source = str(state.env["source"])
    starts = [0, *(found.end() for found in LINE_END.finditer(source)), len(source)]
    cursor = 0
    for token in state.tokens:
        end = len(source)
        if token.map:
            cursor = max(cursor, starts[min(token.map[0], len(starts) - 1)])
            end = starts[min(token.map[1], len(starts) - 1)]
        if token.type in ("fence", "code_block"):
            lines: list[int] = []
            # The line of the fence itself may hold the same words as the code.
            cursor = starts[min(token.map[0] + 1, len(starts) - 1)] if token.type == "fence" and token.map else cursor
            for line in token.content.splitlines():
                at = source.find(line, cursor, end)
                lines.append(at)
                cursor = at + len(line) if at >= 0 else cursor
            token.meta["lines"] = lines
        for child in token.children or ():
            if child.type in ("text", "code_inline") and child.content:
                at = source.find(child.content, cursor, end)
                if at >= 0:
                    child.meta["at"] = at
                    cursor = at + len(child.content)


Env = MutableMapping[str, Any]


def _placed(content: str, at: int | None) -> str:
    if at is None or at < 0 or not content:
        return str(escape(content))
    return f'<span data-at="{at}">{escape(content)}</span>'


def _text(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, ___: Env) -> str:
    return _placed(tokens[at].content, tokens[at].meta.get("at"))


def _code(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, ___: Env) -> str:
    return f"<code>{_placed(tokens[at].content, tokens[at].meta.get('at'))}</code>"


def _block(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, ___: Env) -> str:
    lines = tokens[at].content.splitlines()
    placed = (_placed(line, where) for line, where in zip(lines, tokens[at].meta["lines"], strict=True))
    return f"<pre><code>{chr(10).join(placed)}</code></pre>\n"


def _heading(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, ___: Env) -> str:
    level = min(int(tokens[at].tag[1:]) + DEEPER, 6)
    return f"<h{level}>" if tokens[at].nesting == 1 else f"</h{level}>\n"


def _table_open(_: RendererHTML, __: Sequence[Token], ___: int, ____: Any, _____: Env) -> str:
    # A wide table scrolls, so the keyboard must reach it.
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(_: RendererHTML, __: Sequence[Token], ___: int, ____: Any, _____: Env) -> str:
    return "</table></div>\n"


def _cell(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, ___: Env) -> str:
    is_right = "right" in str(tokens[at].attrs.get("style", ""))
    return f'<{tokens[at].tag} class="right">' if is_right else f"<{tokens[at].tag}>"
