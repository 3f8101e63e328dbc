import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from benchwright.curation.solver_findings import guessing, hop_finding, options_only_set_finding
from benchwright.curation.solving import (
    NAMES,
    Solved,
    Solvers,
    Verified,
    first_requests,
    solver_views,
    without_working,
)
from benchwright.evaluation.graders import ByForm
from benchwright.evaluation.prompt import read_prompt
from benchwright.records import Citation, Document, Finding, Passage, Provenance, Question, Reply, Request

FIRST = "The Harbour office is headed by Mina Cole. It opens at nine."
SECOND = "Office heads approve travel up to 2,000 euros. Ms Cole may approve 3,500 euros until June 2025."
OTHER = "The canteen closes at three. Visitors sign the list at the gate."


@dataclass
class Hand:
    """A solver whose answers are a function of what it is shown."""

    name: str
    answer: Callable[[str], str]
    asked: list[str] = field(default_factory=list)

    async def respond(self, request: Request) -> Reply:
        prompt = request.messages[-1].content
        self.asked.append(prompt)
        return Reply(text=self.answer(prompt))


def document(text: str, title: str = "Northway travel") -> Document:
    return Document(title=title, text=text, path="a.md", format="markdown", language="en")


def passage(of: Document) -> Passage:
    return Passage(document_id=of.id, start=0, end=len(of.text), text=of.text)


ONE, TWO = document(FIRST, "Offices"), document(SECOND)


def cited(*documents: Document) -> tuple[Citation, ...]:
    return tuple(Citation(document_id=d.id, start=0, end=len(d.text), text=d.text) for d in documents)


def choice(**changes: object) -> Question:
    values: dict[str, object] = {
        "form": "choice",
        "kind": "numeric",
        "text": "How dear a trip may the head of Northway's Harbour office approve in May 2025?",
        "choices": ("2,000 euros", "3,500 euros", "5,500 euros", "1,500 euros"),
        "answer": "3,500 euros",
        "language": "en",
        "citations": cited(ONE, TWO),
        "provenance": Provenance(writer="m"),
    }
    return Question.model_validate(values | changes)


def short(**changes: object) -> Question:
    return choice(form="short", choices=(), **changes)


async def verify(
    question: Question,
    models: list[Hand],
    checks: str,
    *,
    documents: tuple[Document, ...] = (ONE, TWO),
    judged: bool = True,
) -> Verified:
    solvers = Solvers(tuple(models), read_prompt(), ByForm(), frozenset(checks.split()), grades_open=judged)
    return await solvers.verify(question, [passage(each) for each in documents], {d.id: d for d in documents})


def only(verified: Verified, code: str) -> Finding:
    (found,) = [finding for finding in verified.findings if finding.code == code]
    return found


def careful(prompt: str) -> str:
    """Reads both sources, and says so where one is missing."""
    if (
        "headed by Mina Cole" in prompt
        and "3,500" in prompt.split("[end document")[1 if prompt.count("[begin") > 1 else 0]
    ):
        return "3,500 euros"
    return "not stated"


def guesser(prompt: str) -> str:
    return "B"


def three(answer: Callable[[str], str]) -> list[Hand]:
    return [Hand(f"s{number}", answer) for number in range(3)]


async def test_a_question_whose_sources_are_both_needed_passes_with_careful_solvers() -> None:
    found = only(await verify(choice(), three(careful), "CUR105"), "CUR105")
    assert found.status == "passed"


async def test_without_a_source_solvers_are_offered_to_say_that_it_is_not_told() -> None:
    solver = Hand("s", careful)
    await verify(choice(), [solver], "CUR105")
    assert all("not stated" in prompt for prompt in solver.asked)


async def test_a_source_that_three_solvers_do_without_is_not_needed() -> None:
    found = only(await verify(choice(), three(lambda prompt: "3,500 euros"), "CUR105"), "CUR105")
    assert (found.status, found.effect) == ("problem", "reject")
    assert "source 1 of 2 is not needed" in found.message


async def test_one_guesser_who_hits_the_key_drops_no_question() -> None:
    found = only(await verify(choice(), [Hand("s", guesser)], "CUR105"), "CUR105")
    assert (found.status, found.effect) == ("problem", "flag")
    assert "guessing" in found.message


async def test_a_solver_who_knows_the_answer_anyway_says_nothing_of_the_sources() -> None:
    knows = Hand("knows", lambda prompt: "3,500 euros")
    found = only(await verify(short(), [knows], "CUR102 CUR105"), "CUR105")
    assert (found.status, found.effect) == ("problem", "flag")
    mixed = [knows, Hand("reads", careful), Hand("also reads", careful)]
    assert only(await verify(short(), mixed, "CUR102 CUR105"), "CUR105").status == "passed"


def test_how_likely_guessing_is_right() -> None:
    assert guessing(1, 1, 4) == pytest.approx(0.25)
    assert guessing(2, 3, 4) == pytest.approx(0.15625)
    assert guessing(3, 3, 4) == pytest.approx(1 / 64)


async def test_one_weak_solver_or_half_of_two_cannot_drop_a_hard_question() -> None:
    wrong, right = Hand("wrong", lambda prompt: "2,000 euros"), Hand("right", lambda prompt: "3,500 euros")
    for models in ([wrong], [wrong, right]):
        verified = await verify(choice(), models, "CUR101")
        assert only(verified, "CUR101").status == "problem"
        assert not verified.is_rejected
    verified = await verify(choice(), [wrong, right, Hand("also wrong", lambda prompt: "A")], "CUR101")
    assert verified.is_rejected


async def test_solvers_that_word_the_same_other_option_differently_agree_on_it() -> None:
    said = iter(["A. 2,000 euros", "The answer is A", "3,500 euros"])
    models = [Hand(f"s{place}", lambda prompt, text=next(said): text) for place in range(3)]  # type: ignore[misc]
    found = only(await verify(choice(), models, "CUR104"), "CUR104")
    assert found.status == "problem"
    assert "2 of 3" in found.message


async def test_saying_that_it_is_not_stated_supports_no_second_answer() -> None:
    found = only(await verify(short(), three(lambda prompt: "not stated"), "CUR104"), "CUR104")
    assert found.status == "passed"


async def test_lucky_guesses_without_the_document_are_not_knowledge() -> None:
    answers = ["B", "A", "C"]
    models = [Hand(f"s{place}", lambda prompt, text=text: text) for place, text in enumerate(answers)]  # type: ignore[misc]
    verified = await verify(choice(), models, "CUR102")
    assert only(verified, "CUR102").status == "no_power"
    assert "document-dependent" in verified.question.tags
    verified = await verify(choice(), three(guesser), "CUR102")
    assert only(verified, "CUR102").status == "note"
    assert "known to the model" in verified.question.tags


async def test_open_answers_are_not_asked_for_where_no_judge_can_grade_them() -> None:
    solver = Hand("s", lambda prompt: "Something.")
    asked = choice(form="open", choices=(), answer="Mina Cole may approve 3,500 euros until June 2025.")
    verified = await verify(asked, [solver], "CUR101 CUR102 CUR105", judged=False)
    assert only(verified, "CUR101").status == "not_run"
    assert not solver.asked


def unanswerable() -> Question:
    return short(
        text="When does Northway's Harbour office close?",
        kind="unanswerable",
        answer="not stated",
        citations=cited(ONE),
    )


async def test_what_the_rest_of_the_document_does_state_is_not_unanswerable() -> None:
    whole = document(f"{FIRST}\n\nThe Harbour office closes at five.", "Offices")
    first = Passage(document_id=whole.id, start=0, end=len(FIRST), text=FIRST)
    question = unanswerable().model_copy(
        update={"citations": (Citation(document_id=whole.id, start=0, end=42, text=FIRST[:42]),)}
    )
    question = Question.model_validate(question.model_dump(exclude={"id"}))
    proof = json.dumps({"answer": "at five", "quote": "The Harbour office closes at five."})
    for text, is_rejected in ((proof, True), ('{"answer": "not stated", "quote": ""}', False)):
        solver = Hand("s", lambda prompt, text=text: text)  # type: ignore[misc]
        solvers = Solvers((solver,), read_prompt(), ByForm(), frozenset({"CUR103"}))
        verified = await solvers.verify(question, [first], {whole.id: whole})
        assert verified.is_rejected == is_rejected


async def test_an_unanswerable_question_passes_where_solvers_say_that_it_is_not_stated() -> None:
    for text, is_rejected in (("not stated", False), ("The document does not say.", False), ("At five.", True)):
        verified = await verify(unanswerable(), three(lambda prompt, text=text: text), "CUR101", documents=(ONE,))  # type: ignore[misc]
        assert verified.is_rejected == is_rejected


async def test_another_place_with_the_same_answer_proves_it_too() -> None:
    whole = document(f"{SECOND} Her limit of 3,500 euros ends in June 2025.")
    start = whole.text.index("Ms Cole")
    end = whole.text.index(" Her")
    question = short(citations=(Citation(document_id=whole.id, start=start, end=end, text=whole.text[start:end]),))
    for quote, answer, status in (
        ("Her limit of 3,500 euros ends in June 2025.", "3,500 euros", "passed"),
        ("Office heads approve travel up to 2,000 euros.", "2,000 euros", "problem"),
        ("Ms Cole may approve 3,500 euros", "EUR 3,500", "passed"),
        (None, 3500, "problem"),
    ):
        sent = json.dumps({"answer": answer, "quote": quote})
        verified = await verify(question, [Hand("s", lambda prompt, sent=sent: sent)], "CUR103", documents=(whole,))  # type: ignore[misc]
        assert only(verified, "CUR103").status == status, quote


async def test_a_proof_may_join_quotes_of_two_documents() -> None:
    for quote, status in (
        ("The Harbour office is headed by Mina Cole. … Ms Cole may approve 3,500 euros", "passed"),
        ("The Harbour office is headed by Mina Cole. … Ms Cole may approve 4,000 euros", "problem"),
    ):
        sent = json.dumps({"answer": "3,500 euros", "quote": quote})
        solvers = [Hand("s", lambda prompt, sent=sent: sent)]  # type: ignore[misc]
        assert only(await verify(choice(), solvers, "CUR103"), "CUR103").status == status


def test_an_open_answer_that_lacks_one_of_four_points_lacks_its_source() -> None:
    for score, status in ((1.0, "problem"), (0.75, "passed")):
        solved = [Solved(name, "…", score) for name in ("a", "b", "c")]
        assert hop_finding(choice(form="open", choices=()), solved, "source 2 of 2", options=0).status == status


@pytest.mark.parametrize(
    ("reply", "answer", "worked"),
    [
        ("D. 4 days", "D. 4 days", ""),
        ("Due on 20 June.\nFive days late.\nAnswer: D. 4 days", "D. 4 days", "Due on 20 June.\nFive days late."),
        ("60000 / 30\n**Answer:** (B)", "(B)", "60000 / 30"),
        ("4회가 한도이다.\n정답: 32,000원", "32,000원", "4회가 한도이다."),
        ("The answer: depends.\nFinal answer:\n`none`", "none", "The answer: depends."),
    ],
)
def test_the_last_line_of_a_worked_reply_is_its_answer(reply: str, answer: str, worked: str) -> None:
    assert without_working(reply) == (answer, worked)


async def test_who_sees_sources_works_the_answer_out_and_who_sees_none_does_not() -> None:
    hands = three(lambda prompt: "Her limit decides.\nAnswer: B" if "[begin document" in prompt else "B")
    verified = await verify(choice(choices=("2,000 euros", "3,500 euros")), hands, "CUR101 CUR106")
    assert only(verified, "CUR101").status == "passed"
    assert "B — Her limit decides." in only(verified, "CUR101").evidence
    assert ["work it out" in prompt for prompt in hands[0].asked] == [True, False]


@pytest.mark.parametrize(
    ("reply", "status", "effect"),
    [
        ({"reason": "All is named.", "unclear": "", "standalone": True}, "passed", "reject"),
        ({"reason": "All is named.", "unclear": None, "standalone": "yes"}, "passed", "reject"),
        ({"reason": "Which one?", "unclear": "the head", "standalone": False}, "problem", "reject"),
        ({"reason": "I do not know Northway.", "unclear": "", "standalone": False}, "problem", "flag"),
        ({"reason": "Who is he?", "unclear": "he", "standalone": False}, "problem", "flag"),
        ({"reason": "Unclear.", "unclear": "the previous quarter", "standalone": False}, "problem", "flag"),
    ],
)
async def test_a_verdict_of_unclear_counts_where_it_names_words_of_the_question(
    reply: dict[str, object], status: str, effect: str
) -> None:
    solver = Hand("s", lambda prompt: f"Let me think.\n```json\n{json.dumps(reply)}\n```")
    found = only(await verify(choice(), [solver], "CUR107"), "CUR107")
    assert (found.status, found.effect) == (status, effect)


def test_the_options_of_a_whole_set_give_the_key_away_or_do_not() -> None:
    question = choice()
    telling = [(question, (Solved("s", "B", float(number % 2)),)) for number in range(40)]
    assert options_only_set_finding(telling).status == "problem"
    fair = [(question, (Solved("s", "B", float(number % 4 == 0)),)) for number in range(40)]
    assert options_only_set_finding(fair).status == "passed"
    assert options_only_set_finding(fair[:20]).status == "no_power"


def test_what_is_asked_is_what_the_estimate_counts() -> None:
    every = frozenset(NAMES)
    views = solver_views(choice(), [passage(ONE), passage(TWO)], every)
    assert [check for check, _, _ in views] == ["CUR101", "CUR102", "CUR105", "CUR105", "CUR106"]
    assert [check for check, _, _ in solver_views(unanswerable(), [passage(ONE)], every)] == ["CUR101"]
    verdict = choice(kind="true_false", choices=("True", "False"), answer="True")
    assert "CUR106" not in [check for check, _, _ in solver_views(verdict, [passage(ONE)], every)]
    assert solver_views(choice(form="open", choices=()), [passage(ONE)], every, grades_open=False) == []
    asked = first_requests(choice(), [ONE], every)
    assert "- 5,500 euros" in asked["CUR103"][-1].content
    assert "- 5,500 euros" not in asked["CUR107"][-1].content
