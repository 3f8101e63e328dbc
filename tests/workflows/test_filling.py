import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchwright.generation.order import Order
from benchwright.generation.plan import Plan
from benchwright.generation.scripted import ScriptedModel
from benchwright.generation.writer import ModelWriter
from benchwright.records import Question, RejectedQuestion, Reply, Request
from benchwright.workflows.filling import MOST_IN_VAIN, SMALLEST_BLOCK, sort_of
from benchwright.workflows.generate_by_model import plan_for
from benchwright.workflows.write_questions import WrittenSet, write_questions

FACTS = 40


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(FACTS):
        names = [f"{stem}{number}" for stem in ("Averil", "Santero", "Maddox", "Corran")]
        text = " ".join(
            f"The mooring fee at {name} comes to {100 + 7 * number + at} euros a week." for at, name in enumerate(names)
        )
        (folder / f"{number}.md").write_text(f"# Leaflet {number}\n\n{text} Members pay it before the season begins.\n")
    return folder


async def fill(
    documents: Path, order: Order, is_good: Callable[[Question, int], bool]
) -> tuple[Plan, WrittenSet, Counter[str]]:
    """Let the scripted writer fill an order, where `is_good` says which of the questions asked, in turn, is kept."""
    plan, loaded, _, _ = plan_for(documents, order)
    asked: Counter[str] = Counter()
    texts: list[str] = []

    def check(question: Question) -> Question | RejectedQuestion:
        asked[question.kind] += 1
        texts.append(question.text)
        good = is_good(question, asked[question.kind])
        return question if good else RejectedQuestion(question=question, codes=("CUR009",), reasons=("dull",))

    def duplicates(questions: Sequence[Question]) -> Sequence[RejectedQuestion]:
        return ()

    writer = ModelWriter(ScriptedModel(), order)
    by_id = {document.id: document for document in loaded}
    written = await write_questions(plan, [writer], documents=by_id, check=check, duplicates=duplicates)
    assert len(set(texts)) == len(texts), "a question that was rejected is asked again"
    return plan, written, asked


async def test_an_order_is_full_where_one_question_in_five_is_kept(documents: Path) -> None:
    order = Order(questions=12, kinds={"factual": 1}, forms={"short": 1}, reach={"single": 1})
    _, written, _ = await fill(documents, order, lambda _, turn: turn % 5 == 0)
    assert len(written.questions) == 12
    assert written.lacks == ""


async def test_each_part_is_full_to_the_question_and_no_part_beyond(documents: Path) -> None:
    order = Order.model_validate(
        {
            "parts": [
                {"questions": 9, "kinds": "true_false", "difficulty": "easy"},
                {"questions": 5, "kinds": "numeric", "forms": "short", "reach": "single", "difficulty": "medium"},
            ]
        }
    )
    _, written, _ = await fill(documents, order, lambda question, turn: question.kind == "numeric" or turn % 3 == 0)
    sorts = Counter((sort_of(question).part, question.kind, question.difficulty) for question in written.questions)
    assert sorts == {(1, "true_false", "easy"): 9, (2, "numeric", "medium"): 5}


async def test_what_the_documents_do_not_give_is_replaced_where_the_order_does_not_name_it(documents: Path) -> None:
    order = Order.model_validate({"questions": 14, "forms": "short", "reach": "single", "difficulty": "medium"})
    _, written, asked = await fill(documents, order, lambda question, _: question.kind != "analytical")
    assert len(written.questions) == 14
    assert asked["analytical"] > 0
    assert "analytical" not in {question.kind for question in written.questions}


async def test_what_the_order_names_is_missing_rather_than_replaced_and_said(documents: Path) -> None:
    order = Order.model_validate(
        {
            "parts": [
                {"questions": 6, "kinds": "factual", "forms": "short", "reach": "single", "difficulty": "easy"},
                {"questions": 3, "kinds": "conceptual", "forms": "short", "reach": "single", "difficulty": "medium"},
            ]
        }
    )
    _, written, asked = await fill(documents, order, lambda question, _: question.kind == "factual")
    assert Counter(question.kind for question in written.questions) == {"factual": 6}
    said = f"3 medium conceptual as short, asked {asked['conceptual']} times"
    assert f"3 of part 2, 3 medium single conceptual short: {said}" in written.lacks
    assert "part 1" not in written.lacks


async def test_asking_ends_where_it_is_in_vain(documents: Path) -> None:
    order = Order(questions=30, kinds={"factual": 2, "conceptual": 1}, forms={"short": 1}, reach={"single": 1})
    plan, written, asked = await fill(documents, order, lambda question, _: question.kind == "factual")
    assert len(written.questions) == 20
    assert MOST_IN_VAIN <= asked["conceptual"] <= MOST_IN_VAIN + plan.planned


IN_TWO_BLOCKS = Order(questions=48, kinds={"factual": 1}, forms={"short": 1}, reach={"single": 1})


@dataclass(frozen=True)
class Hurried:
    """The scripted writer, whose answers come when `pause` lets them."""

    pause: Callable[[], Awaitable[None]]
    name: str = "scripted/writer"

    async def respond(self, request: Request) -> Reply:
        await self.pause()
        return await ScriptedModel().respond(request)


async def write(documents: Path, pause: Callable[[], Awaitable[None]]) -> WrittenSet:
    """Three questions in four of a plan of two blocks are kept."""
    plan, loaded, _, _ = plan_for(documents, IN_TWO_BLOCKS)
    assert len(plan.batches) > SMALLEST_BLOCK

    def check(question: Question) -> Question | RejectedQuestion:
        good = int(question.id[:8], 16) % 4
        return question if good else RejectedQuestion(question=question, codes=("CUR009",), reasons=("dull",))

    by_id = {document.id: document for document in loaded}
    return await write_questions(
        plan, [ModelWriter(Hurried(pause), IN_TWO_BLOCKS)], documents=by_id, check=check, duplicates=lambda _: ()
    )


async def test_which_answers_come_first_changes_nothing(documents: Path) -> None:
    made: list[WrittenSet] = []
    for seed in range(3):
        chance = random.Random(seed)
        made.append(await write(documents, lambda chance=chance: asyncio.sleep(0.02 * chance.random())))
    assert made[0].rounds > 1, "nothing was asked again"
    assert made[1] == made[0]
    assert made[2] == made[0]


async def test_what_is_missing_of_one_block_is_asked_for_while_the_next_is_still_written(documents: Path) -> None:
    asked = 0
    planned = len(plan_for(documents, IN_TWO_BLOCKS)[0].batches)
    is_asked_again = asyncio.Event()

    async def pause() -> None:
        nonlocal asked
        asked += 1
        if asked > planned:
            is_asked_again.set()
        elif asked == planned:
            async with asyncio.timeout(10):
                await is_asked_again.wait()

    written = await write(documents, pause)
    assert len(written.questions) == 48
