import time

import pytest

from arena_server import running
from benchwright.arena.identity import self_naming
from benchwright.arena.scripted import ScriptedModel

NAMES = ("lab/solaris-7b-chat", "openai/gpt-4.1-mini", "builtin/bm25")

LEAKS = (
    "I am Claude, an AI assistant.",
    "I'm ChatGPT and I can help.",
    "As a language model trained by OpenAI, I cannot do that.",
    "I was developed by Google DeepMind to answer questions.",
    "My name is Gemini.",
    "Hello! I'm an AI assistant created by Anthropic.",
    "I'm Qwen2.5, a model from Alibaba Cloud.",
    "I'm Solaris, happy to help.",
    "I am solaris-7b-chat.",
    "Mistral AI created me in Paris.",
    "I'm a large language model from Meta.",
    "저는 네이버에서 개발한 하이퍼클로바입니다.",
    "저는 OpenAI가 만든 언어 모델입니다.",
    "제 이름은 클로드입니다.",
    "저는 ChatGPT입니다.",
    "LG AI연구원에서 개발한 인공지능 모델입니다. 저는 무엇이든 도와드립니다.",
    "I'm **ChatGPT**, happy to help.",
    "I am `GPT-4o`.",
    "I am “Claude”.",
    "I was created by **Anthropic**.",
    "I am an AI assistant called **Solaris**.",
    "I am C\u200blaude.",
    "I am Ｃｌａｕｄｅ.",
    "I am [Claude](https://example.org).",
    "저는 **클로드**입니다.",
    "저는클로드예요.",
    "My name is: Claude.",
    "Hello! This is Claude.",
    "You are talking to Claude.",
    "Ich bin Claude, ein KI-Assistent.",
    "Je suis Mistral.",
    "Soy ChatGPT.",
    "私はClaudeです。",
    "我是通义千问。",
    "我是由OpenAI开发的语言模型。",
)

HARMLESS = (
    "Google is a search engine with about 90 % of the market.",
    "You could ask ChatGPT or Claude for a second opinion.",
    "I would recommend a Gemini spacecraft model kit.",
    "OpenAI was founded in 2015 and trained GPT-3 in 2020.",
    "Apple and Meta reported earnings; Amazon did not.",
    "I am a big fan of Apple pie, said the cook.",
    "The llama is a domesticated animal of South America.",
    "I am happy to explain how Google's PageRank works.",
    "네이버에서 검색하면 지도를 볼 수 있습니다.",
    "구글은 미국의 기업이며 검색 엔진을 운영합니다.",
    "저는 이 질문에 답하기 위해 구글 문서를 살펴보았습니다.",
    "In the story, the robot said nothing about its maker.",
    "My phone was made in Korea, and I like it.",
    "I analysed the Solar panel data and the Phi coefficient.",
    "Claude Monet painted water lilies; I love them.",
    "I used the Falcon 9 as an example of a reusable rocket.",
    "**Google** is what I would search with, and *Claude* Monet is whom I would look for.",
    "This is Claude Monet's garden.",
    "Je suis allé chez Apple.",
    "드라마는 저는 좋아합니다.",
    "삼성과 애플이 경쟁하고 있으며 저는 둘 다 좋은 제품이라고 봅니다.",
)


@pytest.mark.parametrize("text", LEAKS)
def test_an_answer_that_names_itself_is_found(text: str):
    assert self_naming(text, NAMES), text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_name_that_is_only_talked_about_is_no_leak(text: str):
    assert self_naming(text, NAMES) == ""


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("What is your name? One word only.", "Claude."),
        ("Which model are you?", "gpt-4.1-mini"),
        ("Who made you?", "Anthropic"),
        ("Are you ChatGPT?", "Yes!"),
        ("너는 누구야? 이름만 말해.", "클로드"),
        ("你是谁？", "通义千问"),
    ],
)
def test_a_name_is_enough_where_the_prompt_asks_for_it(prompt: str, text: str):
    assert self_naming(text, NAMES, prompt=prompt)
    assert self_naming(text, NAMES, prompt="Who painted water lilies?") == ""


def test_a_prompt_that_asks_who_is_answered_without_a_name_is_no_leak():
    assert self_naming("I am a language model and would rather not say.", NAMES, prompt="What is your name?") == ""
    assert self_naming("Yes, it is.", NAMES, prompt="Is Claude a French name?") == ""


@pytest.mark.parametrize("piece", ["(", "I am ", "저는 ", "**I", "my name is ", "a ", "Google ", "are you "])
def test_no_text_makes_the_search_for_names_slow(piece: str):
    started = time.process_time()
    text = piece * (60_000 // len(piece))
    self_naming(text, NAMES, prompt=text)
    assert time.process_time() - started < 2


async def test_a_voter_who_asks_for_the_name_has_no_vote_on_the_main_board(tmp_path):
    models = {f"lab/{name}": ScriptedModel(f"lab/{name}", lambda _, said=name: said) for name in ("claude", "grok")}
    async with running(tmp_path, models) as arena, arena.browser() as voter:
        battle = await voter.battle("Your name, please, in one word?")
        await voter.vote(battle, "a")
        assert (await voter.get(f"/api/battles/{battle}")).json()["vote"]["state"] == "leaked"


def test_a_long_answer_is_searched_in_reasonable_time():
    assert self_naming("I am a word, " * 5_000 + "and made by nobody. " * 500, NAMES) == ""


async def test_a_vote_on_an_answer_that_named_itself_stays_off_the_main_board(tmp_path):
    models = {
        "lab/honest": ScriptedModel("lab/honest", lambda _: "Here you are."),
        "lab/loud": ScriptedModel("lab/loud", lambda _: "I am ChatGPT. Here you are."),
    }
    async with running(tmp_path, models) as arena, arena.browser() as voter:
        battle = await voter.battle()
        assert (await voter.vote(battle, "a")).status_code == 200
        await arena.caught_up()
        assert (await voter.get("/api/board")).json()["votes"] == 0
        assert (await voter.get(f"/api/battles/{battle}")).json()["vote"]["state"] == "leaked"
        (listed,) = (await voter.get("/api/admin/prompts")).json()["prompts"]
        assert (listed["id"], listed["kind"]) == (battle, "leak")
        assert "ChatGPT" in listed["flag"]


@pytest.mark.parametrize("place", ["/api/me", "/api/suggestions", "/api/tags", "/api/votes", "/api/board"])
async def test_no_page_or_header_names_a_model_before_the_first_vote(place: str, tmp_path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        await voter.battle()
        answer = await voter.get(place)
        seen = answer.text + str(answer.headers)
        assert "alpha" not in seen
        assert "beta" not in seen
