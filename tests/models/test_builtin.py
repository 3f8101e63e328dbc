from itertools import pairwise

import pytest

from benchwright.errors import UnknownName
from benchwright.models.builtin import BASELINES, BUILTIN_NAMES, READERS
from benchwright.models.builtin.holders import Holder
from benchwright.models.builtin.readers import stands_in
from benchwright.models.registry import resolve_model
from benchwright.records import Citation, Message, Passage, Provenance, Question, Request

TABLE = """## Prices 2025

| Product | Price | Weight |
|---|---|---|
| Lamp | 40 EUR | 2 kg |
| Chair | 95 EUR | 7 kg |
| Table | 210 EUR | 30 kg |

The shop opens at 9. Deliveries above 100 EUR are free. Mara Lindqvist has led the company since 2014.
The Customer Service Desk (CSD) answers within 2 days.
"""
KOREAN = """## 휴가 규정

연차 휴가는 1년에 15일이다. 휴가 신청은 팀장이 승인한다. 병가는 60일까지 쓸 수 있다.

- 접수 부서: 인사팀
- 접수 기한: 3일 전
"""


def passage(text: str) -> Passage:
    return Passage(document_id="d", start=0, end=len(text), text=text, section=("Handbook",))


def asked(
    text: str, *choices: str, answer: str = "", shown: str = "", repeat: int = 0, language: str = "en"
) -> Request:
    question = Question(
        form="choice" if choices else "short",
        kind="number",
        text=text,
        choices=choices,
        answer=answer or (choices[0] if choices else "x"),
        language=language,
        citations=(Citation(document_id="d", start=0, end=1, text="x"),),
        provenance=Provenance(writer="person"),
    )
    shows = (passage(shown),) if shown else ()
    return Request(messages=(), question=question, passages=shows, choices=choices, repeat=repeat)


async def said(name: str, request: Request) -> str:
    return (await resolve_model(f"builtin/{name}").respond(request)).text


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("question", "choices", "right"),
    [
        ("What does the Chair weigh?", ("2 kg", "7 kg", "30 kg"), "7 kg"),
        ("What is the price of the Table?", ("40 EUR", "95 EUR", "210 EUR"), "210 EUR"),
        ("Since which year has Mara Lindqvist led the company?", ("2025", "2014", "2012"), "2014"),
        ("Deliveries above ____ are free.", ("40 EUR", "95 EUR", "100 EUR"), "100 EUR"),
    ],
)
async def test_a_reader_chooses_what_the_passage_supports(
    reader: str, question: str, choices: tuple[str, ...], right: str
) -> None:
    assert right in await said(reader, asked(question, *choices, shown=TABLE))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("question", "shown", "right"),
    [
        ("What is the price of the Lamp?", TABLE, "40 EUR"),
        ("Who has led the company since 2014?", TABLE, "Mara Lindqvist"),
        ("What does CSD stand for?", TABLE, "Customer Service Desk"),
        ("연차 휴가는 1년에 며칠입니까? (몇 일)", KOREAN, "15일"),
        ("접수 부서는 어디입니까?", KOREAN, "인사팀"),
        ("병가는 ____까지 쓸 수 있다.", KOREAN, "60일"),
    ],
)
async def test_a_reader_extracts_the_words_asked_for(reader: str, question: str, shown: str, right: str) -> None:
    assert await said(reader, asked(question, shown=shown)) == right


@pytest.mark.parametrize("reader", READERS)
async def test_a_reader_sees_nothing_but_the_context(reader: str) -> None:
    model = resolve_model(f"builtin/{reader}")
    one = await model.respond(asked("What does the Chair weigh?", "2 kg", "7 kg", answer="2 kg"))
    other = await model.respond(asked("What does the Chair weigh?", "2 kg", "7 kg", answer="2 kg", shown="Nothing."))
    assert one.state == "ok" == other.state
    reply = await model.respond(asked("What does the Chair weigh?"))
    assert reply.state == "refusal"


@pytest.mark.parametrize("name", [*READERS, *BASELINES])
async def test_the_reference_answer_is_never_read(name: str) -> None:
    choices = ("2 kg", "7 kg", "30 kg")
    marks = 0
    for number in range(150):
        request = asked(f"What does item {number} weigh?", *choices, answer=choices[number % 3])
        marks += choices[number % 3] in await said(name, request)
    assert 30 <= marks <= 70


@pytest.mark.parametrize("reader", READERS)
async def test_a_free_prompt_is_answered_with_a_cited_sentence(reader: str) -> None:
    prompt = Request(messages=(Message(role="user", content="When are deliveries free?"),), passages=(passage(TABLE),))
    text = await said(reader, prompt)
    assert text == "Deliveries above 100 EUR are free. [Handbook]"


@pytest.mark.parametrize("name", BUILTIN_NAMES)
async def test_a_builtin_model_repeats_itself(name: str) -> None:
    request = asked("Which?", "red", "green", "blue", shown="It is green.")
    assert await said(name, request) == await said(name, request)
    assert (await resolve_model(f"builtin/{name}").respond(request)).cost_usd == 0


async def test_chance_changes_with_seed_and_repeat() -> None:
    texts = {await said("random", asked("Which?", *"abcdefgh", repeat=repeat)) for repeat in range(20)}
    assert len(texts) > 3
    model = resolve_model("builtin/random", seed=9)
    other = [(await model.respond(asked(f"Which {n}?", *"abcdefgh"))).text for n in range(20)]
    assert other != [await said("random", asked(f"Which {n}?", *"abcdefgh")) for n in range(20)]


def cited(number: int) -> Question:
    place = Citation(document_id=f"d{number % 20}", start=number * 37, end=number * 37 + 1, text="x")
    return asked(f"Question {number}?", "a", "b").question.model_copy(update={"citations": (place,)})


def test_what_a_small_holder_holds_a_larger_one_holds_too() -> None:
    ladder = [Holder(held) for held in (0.25, 0.5, 0.75, 1.0)]
    held = [{n for n in range(2000) if holder.remembers(cited(n))} for holder in ladder]
    assert all(small < large for small, large in pairwise(held))
    assert [len(each) / 2000 for each in held] == pytest.approx([0.25, 0.5, 0.75, 1.0], abs=0.05)


def test_an_option_stands_only_as_whole_words() -> None:
    assert stands_in("14", "It has 14 rooms")
    assert stands_in("14", "객실은 14개다")
    assert not stands_in("14", "In 2014 it had 140 rooms, or 14.5, or 1,14")
    assert stands_in("부산", "본사는 부산에 있다")


def test_a_misspelt_name_is_refused_with_the_close_one() -> None:
    with pytest.raises(UnknownName, match="did you mean `builtin/oracle`"):
        resolve_model("builtin/orcale")
    with pytest.raises(UnknownName, match="did you mean `builtin/bm25`"):
        resolve_model("bm25")
