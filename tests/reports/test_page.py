import json
import re
from dataclasses import replace

import hostile_run
import pytest
from playwright.sync_api import expect

from accessibility import serious_findings
from benchwright.reports.page import script_json, ticks
from benchwright.reports.report import report_of
from benchwright.workflows.report import write_report


@pytest.fixture
def page(browser, page_file):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: request.url.startswith("file:") or page.faults.append(request.url))
    page.goto(page_file.as_uri())
    yield page
    page.close()


def test_nothing_in_documents_or_answers_becomes_script_or_request(page):
    for details in page.locator("details").all():
        details.evaluate("each => { each.open = true }")
    page.wait_for_timeout(100)
    assert page.evaluate("window.broken") is None
    assert page.locator("main img").count() == 0
    assert page.locator("b").count() == 0
    assert page.faults == []


def test_the_policy_of_the_page_stops_a_script_that_would_be_written_in(page):
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.broken = 1';
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.broken") is None


def test_a_question_shows_its_citation_marked_and_every_answer(page, report):
    first = page.locator(".q").first
    first.locator("summary").click()
    assert first.locator("mark").all_inner_texts() == [report.benchmark.questions[0].answer]
    assert first.locator(".answers tbody tr").count() == 3
    assert first.locator(".answers .right").count() == 4
    assert first.locator(".choices .key").inner_text().startswith(report.benchmark.questions[0].answer)


def test_the_filters_narrow_the_list(page):
    assert page.locator("#count").inner_text() == "24 of 24 questions"
    page.select_option("#f-outcome", label="lab/poor is right")
    assert page.locator("#count").inner_text() == "6 of 24 questions"
    page.fill("#f-text", "<I>21</i>")
    expect(page.locator(".q")).to_have_count(1)
    page.fill("#f-text", "no such words")
    expect(page.locator("#count")).to_have_text("0 of 24 questions")


def test_the_count_of_ungraded_answers_opens_their_questions(browser, tmp_path):
    whole, run = hostile_run.folders(tmp_path)
    first, *rest = run.scores
    open_run = replace(run, scores=(first.model_copy(update={"value": None}), *rest))
    file = write_report(report_of(open_run, whole), tmp_path / "report.html")
    page = browser.new_page()
    page.goto(file.as_uri())
    link = page.locator(".lost a")
    expect(link).to_have_count(1)
    expect(link).to_have_text("1 not graded")
    link.click()
    expect(page.locator("#count")).to_have_text("1 of 24 questions")
    expect(page.locator("#f-outcome option:checked")).to_contain_text("was not graded")
    page.close()


@pytest.mark.parametrize("width", [390, 820, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_width_makes_the_page_scroll_sideways(browser, page_file, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(page_file.as_uri())
    page.locator(".q summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    background, ink = page.evaluate(
        "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert (luminance(background) > luminance(ink)) == (scheme == "light")
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (390, "dark")])
def test_the_page_has_no_serious_finding_of_accessibility(browser, page_file, axe, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(page_file.as_uri())
    for details in page.locator("details").all():
        details.evaluate("each => { each.open = true }")
    assert serious_findings(page, axe) == []
    page.close()


def test_paper_shows_the_board_as_a_table(browser, page_file):
    page = browser.new_page(viewport={"width": 740, "height": 900})
    page.goto(page_file.as_uri())
    assert not page.locator(".board thead th").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".board thead th").first.is_visible()
    assert not page.locator("nav").is_visible()
    page.close()


def luminance(colour):
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3])


def test_a_thousand_questions_open_quickly_in_a_file_of_sane_size(browser, tmp_path):
    whole, run = hostile_run.folders(tmp_path, documents=25, each=40)
    path = write_report(report_of(run, whole), tmp_path / "report.html")
    assert path.stat().st_size < 4_000_000
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.locator(".q").count() == 25
    assert page.evaluate("performance.getEntriesByType('navigation')[0].domComplete") < 5000
    page.click("#more")
    assert page.locator(".q").count() == 50
    page.close()


def test_the_page_asks_for_nothing_outside_itself(page_file):
    text = page_file.read_text(encoding="utf-8")
    markup = text[: text.index('<script type="application/json"')]
    markup = re.sub(r"<pre[^>]*>.*?</pre>", "", markup, flags=re.DOTALL)
    assert not re.search(r"<(?:link|img|iframe|object|embed|video|audio|base)\b", markup)
    assert not re.search(r"\b(?:src|href)=[\"'](?!#)", markup)
    assert "url(" not in markup
    assert "@import" not in markup


def test_chance_and_ceiling_are_marked(page):
    axis = page.locator("th.plot").first.inner_text()
    assert "chance 25" in axis
    assert "ceiling 100" in axis


def test_json_in_the_page_keeps_every_character():
    data = {"a": "</script><!-- \u2028 & 한국어 🔋"}
    text = script_json(data)
    assert "<" not in text
    assert json.loads(text) == data


def test_backticks_become_code_and_the_rest_is_escaped():
    assert ticks("`a<b` & c") == "<code>a&lt;b</code> &amp; c"
