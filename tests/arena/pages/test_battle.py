"""A whole battle in a real browser: by mouse, by keyboard, on a phone, in both languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
PROMPT = "How long is the warranty?"
NAMES = re.compile(r"alpha-one|beta-two")


def ask(page: Page, prompt: str = PROMPT) -> None:
    page.locator("#prompt").fill(prompt)
    page.locator("#ask button[type=submit]").click()
    expect(page.locator("#ballot")).to_be_visible()


def body_of(page: Page, send: Callable[[], None]) -> dict:
    with page.expect_request(lambda asked: asked.url.endswith("/ballot")) as sent:
        send()
    return sent.value.post_data_json


@pytest.mark.parametrize(("language", "width"), [("en", 1400), ("ko", 1400), ("en", 390), ("ko", 390)])
def test_a_whole_battle_by_mouse(opened: Open, language: str, width: int) -> None:
    page = opened(width=width, language=language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("#suggestions button").first.click()
    expect(page.locator("#ballot")).to_be_visible()
    assert not NAMES.search(page.content())
    page.locator(".choice.a_much").click()
    expect(page.locator("#reasons")).to_be_visible()
    page.locator("#undo").click()
    expect(page.locator("#reasons")).to_be_hidden()
    page.locator(".choice.b").click()
    page.locator(".tags.is-a .chips.bad label").first.click()
    page.locator(".tags.is-b .chips.good label").nth(1).click()
    page.locator("#comment").fill("B says it all <b>")
    page.locator(".ship label").nth(1).click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not NAMES.search(page.content())
    body = body_of(page, lambda: page.locator("#send").click())
    assert body["choice"] == "b"
    assert body["tags"] == {"a": ["incorrect"], "b": ["complete"]}
    assert (body["comment"], body["ship"]) == ("B says it all <b>", "b")
    expect(page.locator("#reveal")).to_be_visible()
    assert sorted(NAMES.findall(page.locator("#revealed").inner_text())) == ["alpha-one", "beta-two"]
    expect(page.locator("#ballot")).to_be_hidden()


def test_a_whole_battle_by_keyboard_with_a_marked_sentence(opened: Open) -> None:
    page = opened()
    page.locator("#prompt").focus()
    page.keyboard.type(PROMPT)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#ballot")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#chosen")).to_contain_text("A much better")
    page.keyboard.press("u")
    expect(page.locator("#send")).to_be_disabled()
    page.keyboard.press("4")
    page.keyboard.press("a")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#marker")).to_be_visible()
    quote = page.locator("#marker-quote").inner_text()
    page.keyboard.press("x")
    expect(page.locator("mark.bad").first).to_be_visible()
    text = page.evaluate("fetch('/api' + location.pathname).then(r => r.json())")["turns"][0]["sides"]["a"]["text"]
    body = body_of(page, lambda: page.keyboard.press("Control+Enter"))
    (span,) = body["spans"]
    assert (body["choice"], span["side"], span["verdict"]) == ("b", "a", "bad")
    assert text[span["start"] : span["end"]] == quote
    expect(page.locator("#reveal")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("#prompt")).to_be_focused()


def test_words_selected_with_the_mouse_are_marked_at_their_exact_place_behind_emoji_and_korean(opened: Open) -> None:
    page = opened()
    ask(page)
    side = "a" if page.locator("#answer-0-a").locator("xpath=../..").get_by_text("Ask").count() else "b"
    page.keyboard.press("2")
    page.evaluate(
        """side => {
          const text = document.querySelector(`.text[data-side=${side}]`);
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf('again');
            if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 5);
          }
        }""",
        side,
    )
    expect(page.locator("#marker-quote")).to_have_text("again")
    page.locator("#marker-word").fill("rude <i>")
    page.locator("#marker .bad").click()
    expect(page.locator("mark.bad")).to_have_text("again")
    expect(page.locator("#marks li")).to_contain_text("rude <i>")
    source = page.evaluate("fetch('/api' + location.pathname).then(r => r.json())")["turns"][0]["sides"][side]["text"]
    body = body_of(page, lambda: page.locator("#send").click())
    (span,) = body["spans"]
    assert source[span["start"] : span["end"]] == "again"
    assert page.title() != "owned"
    assert page.locator(".answer img, .answer script").count() == 0


def test_an_open_ballot_is_there_after_a_reload(opened: Open) -> None:
    page = opened()
    ask(page)
    with page.expect_response("**/choice"):
        page.locator(".choice.both_bad").click()
    page.reload()
    expect(page.locator(".choice.both_bad input")).to_be_checked()
    expect(page.locator("#send")).to_be_enabled()


def test_a_further_turn_and_a_new_answer_keep_the_conversation(opened: Open) -> None:
    page = opened()
    ask(page)
    page.keyboard.press("f")
    page.locator("#further-prompt").fill("And then?")
    page.locator("#further-form button").click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#ballot")).to_be_visible()
    # The whole battle is read again when the new answers are there.
    with page.expect_response(re.compile(r"/api/battles/[0-9a-f]{32}$")):
        page.keyboard.press("r")
    expect(page.locator("#ballot")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(2)
    assert all(len(text) > 10 for text in page.locator(".answer .text").all_inner_texts())


def test_a_failed_side_is_tried_again_and_the_other_stays(opened: Open) -> None:
    page = opened()
    ask(page, "please break once, and say how")
    failed = page.locator(".answer:has(.failed)")
    expect(failed).to_have_count(1)
    kept = page.locator(".answer:not(:has(.failed)) .text").inner_text()
    failed.locator("button").first.click()
    expect(page.locator(".failed")).to_have_count(0)
    expect(page.locator("#ballot")).to_be_visible()
    assert kept in page.locator(".answer .text").all_inner_texts()


def test_skip_reveals_nothing(opened: Open) -> None:
    page = opened()
    ask(page)
    page.keyboard.press("s")
    expect(page.locator("#prompt")).to_be_visible()
    assert not NAMES.search(page.content())


def test_a_vote_can_be_withdrawn_afterwards(opened: Open, served) -> None:
    page = opened()
    ask(page)
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#withdraw").click()
    expect(page.locator("#reveal-said")).to_have_text("Your vote is withdrawn.")
    page.goto(f"{served.address}/privacy")
    expect(page.locator("#votes")).to_contain_text("withdrawn")


def test_a_blind_review_needs_no_model(opened: Open) -> None:
    page = opened("/review")
    page.locator("#draw").click()
    expect(page.locator("#ballot")).to_be_visible()
    assert not NAMES.search(page.content())
    expect(page.locator("#regenerate")).to_be_hidden()
    page.keyboard.press("5")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#revealed")).to_contain_text("lab/")


def test_one_named_model_is_called_good_or_bad(opened: Open) -> None:
    page = opened("/named")
    page.locator("#model-b").select_option("")
    ask(page)
    expect(page.locator(".choice:visible")).to_have_count(2)
    page.locator(".choice.both_good").click()
    page.locator("#send").click()
    expect(page.locator("#reveal")).to_be_visible()


def test_two_models_by_name_show_their_names_at_once(opened: Open) -> None:
    page = opened("/named")
    ask(page)
    assert len(NAMES.findall(page.locator("#turns").inner_text())) == 2


def test_reasons_and_reactions_outlive_a_reload_and_an_undone_choice_stays_undone(opened: Open) -> None:
    page = opened()
    ask(page)
    page.locator(".answer.is-a footer button").first.click()
    expect(page.locator(".answer.is-a footer button").first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("2")
    page.locator(".tags.is-a .chips.good label").first.click()
    page.locator("#comment").fill("half a sentence")
    page.reload()
    expect(page.locator(".choice.a input")).to_be_checked()
    expect(page.locator("#comment")).to_have_value("half a sentence")
    expect(page.locator(".tags.is-a .chips.good input").first).to_be_checked()
    expect(page.locator(".answer.is-a footer button").first).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/choice"):
        page.locator("#undo").click()
    page.reload()
    expect(page.locator("#comment")).to_have_value("half a sentence")
    expect(page.locator(".choice input:checked")).to_have_count(0)


def test_same_answers_are_called_the_same_and_only_their_level_is_asked(opened: Open) -> None:
    page = opened()
    ask(page, "say the same")
    expect(page.locator(".choices legend")).to_contain_text("the same, word for word")
    assert page.locator(".choice:visible").count() == 3
    page.keyboard.press("1")
    expect(page.locator("#send")).to_be_disabled()
    page.keyboard.press("6")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reveal")).to_be_visible()


def test_the_owner_flags_a_prompt_on_its_battle_and_takes_the_flag_back_on_the_admin_page(opened: Open, served) -> None:
    page = opened()
    ask(page, "a prompt to flag")
    page.locator("#flagging summary").click()
    page.locator("#flag-why").fill("<b>only a test")
    page.locator("#flag-form button[type=submit]").click()
    expect(page.locator("#flag-said")).to_have_text("Flagged: <b>only a test")
    page.reload()
    page.locator("#flagging summary").click()
    expect(page.locator("#flag-why")).to_have_value("<b>only a test")
    address = page.url
    page.goto(f"{served.address}/admin")
    row = page.locator("#prompts tr", has_text="a prompt to flag")
    expect(row).to_contain_text("<b>only a test")
    row.get_by_role("button").click()
    expect(row).to_have_count(0)
    page.locator("#prompts input[name=battle]").fill(address)
    page.locator("#prompts input[name=flag]").fill("again")
    page.locator("#prompts button[type=submit]").click()
    expect(row).to_contain_text("again")
