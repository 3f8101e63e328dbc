"""Output of models is shown as text with a little form, and can do nothing."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.web import render_markdown
from benchwright.web.markdown import MOST_CELLS

PLACED = re.compile(r'<span data-at="(\d+)">([^<]*)</span>')


class Elements(HTMLParser):
    """The elements of a page as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![a](https://example.com/pixel.png)",
        "[a](javascript:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "<a href='https://example.com' onclick='x()'>b</a>",
        "```\n</code></pre><script>alert(1)</script>\n```",
        '[a](https://example.com "x\\" onmouseover=\\"alert(1)")',
        "<svg/onload=alert(1)>",
        "| <b onclick=x> | y |\n|--|--:|\n| <iframe src=//e> | 2 |",
    ],
)
def test_nothing_of_an_answer_becomes_an_element_that_acts(text: str) -> None:
    elements = Elements()
    elements.feed(render_markdown(text))
    for tag, attributes in elements.seen:
        assert tag not in {"script", "img", "svg", "iframe", "b", "object", "form", "input"}
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "https:").startswith(("http:", "https:", "mailto:"))


def test_form_is_kept() -> None:
    html = render_markdown("# Title\n\nA **bold** word, `code`:\n\n1. one\n2. two\n\n|a|b|\n|-|-:|\n|1|2|\n")
    for tag in ("<h4>", "<strong>", "<code>", "<ol>", "<table>", '<td class="right">'):
        assert tag in html


def test_every_run_of_text_says_where_it_stands_in_the_source() -> None:
    text = (
        "# 서울 Title 🙂\n\nSee [the page](https://example.com/the) for the page, **the** `the`.\r\n"
        "next line\n\n- the\n- 둘\n\n```the\nthe = 1\n  the\n```\n\n| the | b |\n|-|-|\n| b | the |\n"
    )
    runs = PLACED.findall(render_markdown(text))
    assert [unescape(said) for _, said in runs if "next" in said] == ["next line"]
    for at, said in runs:
        assert text[int(at) : int(at) + len(unescape(said))] == unescape(said)
    places = [int(at) for at, _ in runs]
    assert places == sorted(places)
    assert len(runs) >= 14


@given(st.text(alphabet=st.sampled_from("ab *_`#-[]()!<>&|\n\r\t가🙂\\\"'0"), max_size=80))
def test_places_are_right_for_whatever_a_model_writes(text: str) -> None:
    for at, said in PLACED.findall(render_markdown(text)):
        assert text[int(at) : int(at) + len(unescape(said))] == unescape(said)


@pytest.mark.parametrize(
    "text",
    [
        "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + "|\n" * 20_000,
        ("|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "|\n" * 10 + "\n") * 40,
        "> a|b\n> -|-\n" + "> |\n" * 20_000,
    ],
    ids=["one wide table", "many tables", "a quoted table"],
)
def test_a_small_text_cannot_ask_for_a_huge_table(text: str) -> None:
    html = render_markdown(text)
    assert html.count("<td") + html.count("<th>") <= MOST_CELLS
    assert "|" in html, "what is no table is shown as it was written"


def test_a_table_that_people_write_is_a_table() -> None:
    text = "| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 1000
    assert render_markdown(text).count("<td") == 3000
