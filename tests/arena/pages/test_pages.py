"""Every page: readable by a screen reader, fit for a phone, without scripts or styles inline, live where it says so."""

import ast
import importlib.util
import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Page, expect

from accessibility import serious_findings
from benchwright.arena.errors import KIND_OF_STATUS, ArenaError
from benchwright.arena.pages.routes import pages
from benchwright.arena.style import FEATURES
from benchwright.stats.eprocess import BEHAVIOURS

Open = Callable[..., Page]


def vote(page: Page, choice: str = "a") -> None:
    """Send a vote and wait until the live board shows it."""
    page.evaluate(
        """async choice => {
          const csrf = document.querySelector('meta[name=csrf-token]').content;
          const headers = {'content-type': 'application/json', 'x-csrf-token': csrf};
          const post = async (path, body) => {
            const reply = await fetch(path, {method: 'POST', headers, body: JSON.stringify(body)});
            if (!reply.ok) throw new Error(await reply.text());
            return reply.json();
          };
          const shown = async () => (await (await fetch('/api/board?kind=live')).json()).votes;
          const before = await shown();
          const {battle} = await post('/api/battles', {mode: 'review'});
          const tags = {a: ['correct'], b: ['too_long']};
          await post(`/api/battles/${battle}/ballot`, {choice, tags, comment: '<img src=x>'});
          while (await shown() <= before) await new Promise(done => setTimeout(done, 50));
        }""",
        choice,
    )


@pytest.mark.parametrize(("width", "language", "scheme"), [(1400, "en", "light"), (390, "ko", "dark")])
def test_no_page_has_a_serious_finding_of_accessibility(
    opened: Open, served, axe: str, width: int, language: str, scheme: str
) -> None:
    page = opened(width=width, language=language, scheme=scheme)
    for _ in range(2):
        vote(page)
    found: dict[str, list[str]] = {}
    for path in ("/", "/review", "/named", "/board", "/why/lab/alpha-one", "/admin", "/privacy"):
        page.goto(f"{served.address}{path}")
        page.wait_for_timeout(400)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found[path] = serious_findings(page, axe)
    page.goto(served.address)
    page.locator("#suggestions button").first.click()
    expect(page.locator("#ballot")).to_be_visible()
    page.locator(".choice.tie").click()
    found["ballot"] = serious_findings(page, axe)
    page.locator("#send").click()
    expect(page.locator("#reveal")).to_be_visible()
    found["reveal"] = serious_findings(page, axe)
    assert not {path: said for path, said in found.items() if said}


def test_an_open_board_follows_a_vote_by_itself(opened: Open, served) -> None:
    reader = opened("/board")
    voter = opened("/privacy")
    vote(voter)
    expect(reader.locator("#live")).to_have_text("live")
    before = reader.locator("#board").get_attribute("data-votes")
    vote(voter, "b")
    expect(reader.locator("#board")).not_to_have_attribute("data-votes", before or "")
    expect(reader.locator(".board tbody tr")).to_have_count(2)
    expect(reader.locator("#live")).to_have_text("live")


def test_the_board_can_be_sliced_and_weighed(opened: Open) -> None:
    page = opened("/board")
    vote(page)
    page.goto(page.url)
    page.locator("input[name=kind][value=style]").check(force=True)
    page.wait_for_url("**kind=style**")
    weight = page.locator(".weights input").first
    weight.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".weights output").first).to_have_text("3")
    expect(page.locator(".own li")).to_have_count(2)
    page.locator("select[name=days]").select_option("7")
    page.wait_for_url("**days=7**")
    expect(page.locator(".board tbody tr")).to_have_count(2)


def test_the_owner_pauses_a_model_archives_a_reason_and_invites(opened: Open, served) -> None:
    page = opened("/admin")
    page.get_by_role("button", name="Pause: lab/beta-two").click()
    expect(page.get_by_role("button", name="Resume: lab/beta-two")).to_be_visible()
    page.get_by_role("button", name="Resume: lab/beta-two").click()
    expect(page.get_by_role("button", name="Pause: lab/beta-two")).to_be_visible()
    page.get_by_role("button", name="Archive: unsafe").click()
    expect(page.get_by_role("button", name="Restore: unsafe")).to_be_visible()
    page.get_by_role("button", name="Restore: unsafe").click()
    page.locator("form[data-post=invitations] input[name=label]").fill("<b>Kim</b>")
    page.locator("form[data-post=invitations] button").click()
    expect(page.locator("#invited code")).to_contain_text(f"{served.address}/?invite=")
    expect(page.locator("[data-list=invitations]")).to_contain_text("<b>Kim</b>")


def test_why_shows_reasons_and_battles_to_read(opened: Open, served) -> None:
    page = opened("/privacy")
    vote(page)
    page.goto(f"{served.address}/why/lab/alpha-one")
    expect(page.locator("#why .meter").first).to_be_visible()
    page.locator("#why .quotes a").first.click()
    expect(page.locator("#revealed")).to_contain_text("lab/alpha-one")


def test_a_guest_reads_the_door_and_comes_in_with_one_press(served, browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 800}, locale="ko") as context:
        page = context.new_page()
        page.goto(served.door)
        made = page.evaluate(
            """async () => {
              const csrf = document.querySelector('meta[name=csrf-token]').content;
              const headers = {'content-type': 'application/json', 'x-csrf-token': csrf};
              const reply = await fetch('/api/admin/invitations', {method: 'POST', headers, body: '{"uses": 1}'});
              return (await reply.json()).path;
            }"""
        )
    with browser.new_context(viewport={"width": 390, "height": 800}, locale="ko") as context:
        page = context.new_page()
        page.goto(served.address)
        expect(page.locator("h1")).to_have_text("들어오기")
        page.goto(f"{served.address}{made}")
        expect(page.locator("h1")).to_have_text("초대받으셨습니다")
        page.locator("form button").click()
        expect(page.locator("#prompt")).to_be_visible()
        page.goto(f"{served.address}/privacy")
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator("#leave").click()
        expect(page.locator("h1")).to_have_text("들어오기")


def test_the_board_is_saved_as_one_file_that_asks_for_nothing(opened: Open, served, browser, tmp_path) -> None:
    page = opened("/board")
    vote(page)
    page.goto(f"{served.address}/board")
    page.locator(".made summary").click()
    with page.expect_download() as waiting:
        page.locator(".made a[download]").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    with browser.new_context(offline=True) as context:
        copy = context.new_page()
        asked: list[str] = []
        copy.on("request", lambda request: asked.append(request.url))
        copy.goto(path.as_uri())
        expect(copy.locator(".board tbody tr")).to_have_count(2)
        assert asked == [path.as_uri()]


def test_consent_is_given_and_taken_back(opened: Open) -> None:
    page = opened("/privacy")
    page.locator("input[name=role]").fill("nurse")
    page.get_by_role("button", name="I agree").click()
    expect(page.locator("#said")).to_have_text("Your consent is kept.")
    page.reload()
    expect(page.locator("input[name=role]")).to_have_value("nurse")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#said")).to_have_text("Your consent is taken back.")


def translation() -> ModuleType:
    """The tool that tells translators what a language lacks."""
    path = Path(__file__).parents[3] / "tools" / "translation.py"
    spec = importlib.util.spec_from_file_location("translation", path)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@pytest.mark.parametrize("language", sorted(set(pages.locales.by_language) - {"en"}))
def test_a_language_lacks_no_sentence_and_says_each_with_the_values_it_is_given(language: str) -> None:
    tool = translation()
    assert not tool.lacking(language)
    own = pages.locales.by_language[language].strings
    for key, said in tool.sentences(language).items():
        if not key.startswith("error."):
            assert sorted(re.findall(r"{\w+}", said)) == sorted(re.findall(r"{\w+}", own[key])), key


def test_a_new_language_is_offered_every_sentence_in_english() -> None:
    lacking = translation().lacking("de")
    assert lacking["error.prompt_long"] == "the prompt has {length} characters; {most} is the most"
    assert lacking["error.tag_verdict"] == "{text}"
    assert {"tag.too_long", "unsaid.no_votes", "board.title"} <= set(lacking)


def test_sentences_of_the_pages_are_given_their_values() -> None:
    english = pages.locales.by_language["en"].strings
    for file in (resources.files("benchwright.arena.pages") / "templates").iterdir():
        for key, given in re.findall(r't\("([\w.]+)"((?:[^()]|\([^()]*\))*)\)', file.read_text(encoding="utf-8")):
            for name in re.findall(r"{(\w+)}", english.get(key, "")):
                assert re.search(rf"\b{name}=", given), f"{file.name}: `{key}` is said without `{name}`"


def test_every_mark_of_style_and_every_odd_behaviour_has_a_name() -> None:
    for key in (*(f"style.{name}" for name in FEATURES), *(f"behaviour.{name}" for name in BEHAVIOURS)):
        assert key in pages.locales.by_language["en"].strings


def coded_errors() -> Iterator[tuple[str, set[str]]]:
    """Each code of an error in the source, with the names of the values that come with it."""
    kinds = {kind.__name__ for kind in ArenaError.__subclasses__()}
    for file in resources.files("benchwright.arena").iterdir():
        if file.name.endswith(".py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id=name), args=[_, ast.Constant(value=str(code))]) if name in kinds:
                        yield code, {str(keyword.arg) for keyword in node.keywords}


def test_every_error_with_a_code_has_a_korean_sentence_with_its_values() -> None:
    korean = pages.locales.by_language["ko"].strings
    found = list(coded_errors())
    assert len(found) > 30
    for code in KIND_OF_STATUS.values():
        assert f"error.{code}" in korean, code
    for code, values in found:
        assert set(re.findall(r"{(\w+)}", korean[f"error.{code}"])) <= values | {"text"}, code


def test_what_went_wrong_is_said_in_the_language_of_the_page(opened: Open) -> None:
    page = opened("/nothing-here?lang=ko")
    expect(page.locator(".lede")).to_have_text("찾을 수 없습니다.")
    page = opened("/?lang=ko")
    page.evaluate(
        "async () => { const { attempt, call } = await import(document.querySelector('script[src*=battle]').src"
        ".replace('battle.js', 'page.js')); await attempt(() => call('POST', '/api/battles', { prompt: ' ' })); }"
    )
    expect(page.locator("#trouble")).to_have_text("질문이 비어 있습니다. 입력하거나 추천 질문을 골라 주세요.")


def test_every_sentence_that_a_script_or_template_asks_for_is_there() -> None:
    english = pages.locales.by_language["en"].strings
    for folder in ("static", "templates"):
        for file in (resources.files("benchwright.arena.pages") / folder).iterdir():
            if file.name.endswith((".js", ".html")):
                for key in re.findall(r"\bt\(\"([\w.]+)\"[,)]", file.read_text(encoding="utf-8")):
                    assert key in english, f"{file.name} asks for `{key}`"


def test_the_owner_sees_who_votes_oddly_and_how(opened: Open, served) -> None:
    page = opened("/privacy")
    for _ in range(60):
        vote(page, "a_much")
    page.goto(f"{served.address}/admin")
    expect(page.locator("[data-list=audit]")).to_contain_text("always the left side")
    expect(page.locator("[data-list=audit]")).to_contain_text("owner")
