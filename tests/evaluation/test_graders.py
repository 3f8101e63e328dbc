import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluation.answer_forms import COUNT, HOTEL, UNITED, asked

from benchwright.evaluation.graders import ByForm, Exact, Numeric, TokenF1
from benchwright.evaluation.graders.amounts import find_amounts, whole_amount
from benchwright.evaluation.graders.normalise import normalised, same
from benchwright.evaluation.graders.picks import pick_option
from benchwright.evaluation.refusals import is_refusal, says_not_stated
from benchwright.records import Provenance, Question, Response


def response(question: Question, text: str) -> Response:
    return Response(model="m", question_id=question.id, condition="closed", text=text)


async def marked(grader, question: Question, text: str) -> float | None:
    return (await grader.grade(question, response(question, text))).value


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("1,200.5", "1200.5", ""),
        ("1.2 million", "1200000", ""),
        ("$4.5M", "4500000", "USD"),
        ("one hundred and twenty", "120", ""),
        ("twenty-one", "21", ""),
        ("3억 5천만 원", "350000000", "KRW"),
        ("1조 2,000억 원", "1200000000000", "KRW"),
        ("백이십만 명", "1200000", ""),
        ("스물세 명", "23", ""),
        ("-3.5 %", "-3.5", "%"),
        ("12.5 km", "12.5", "m"),
        ("5 m", "5", "m"),
    ],
)
def test_an_amount_is_read_in_any_common_writing(text: str, value: str, dimension: str) -> None:
    amount = whole_amount(text)
    assert amount is not None
    assert (amount.value, amount.dimension) == (Decimal(value), dimension)


@pytest.mark.parametrize(
    "text", ["ISO 9001", "v2.1.3", "02-123-4567", "2019-03-12", "제3조", "10:30", "between 3 and 5", "B12", "Catch 22"]
)
def test_a_name_or_code_that_holds_a_number_is_no_amount(text: str) -> None:
    assert whole_amount(text) is None


@given(st.integers(0, 10**9))
def test_any_whole_number_is_read_with_and_without_commas(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,} rooms", f"총 {number:,}개입니다."):
        assert [amount.value for amount in find_amounts(text)] == [number]


async def test_tolerance_is_relative() -> None:
    assert await marked(Numeric(), UNITED, "1,210 m") == 0
    assert await marked(Numeric(tolerance=0.01), UNITED, "1,210 m") == 1
    assert await marked(Numeric(tolerance=0.01), UNITED, "1,220 m") == 0


async def test_a_grader_that_does_not_fit_says_so_instead_of_marking() -> None:
    name = asked("Who?", "Ada Lovelace", kind="name")
    score = await Numeric().grade(name, response(name, "14"))
    assert (score.value, score.reason) == (None, "the reference is no amount")


async def test_a_word_that_says_nothing_is_wrong_and_no_part_of_the_reference() -> None:
    question = asked("What does PPE stand for?", "Personal Protective Equipment", kind="acronym")
    assert await marked(ByForm(), question, "the") == 0
    assert await marked(ByForm(), question, "protective equipment") is None


async def test_token_f1_counts_shared_words() -> None:
    question = asked("What?", "the red house on the hill", form="open")
    assert await marked(TokenF1(), question, "red house on hill") == 1
    assert await marked(TokenF1(), question, "a red car") == pytest.approx(1 / 3)
    assert await marked(TokenF1(), question, "") == 0


async def test_exact_forgives_form_and_nothing_else() -> None:
    assert await marked(Exact(), HOTEL, " **14 Rooms.** ") == 1
    assert await marked(Exact(), HOTEL, "the 14 rooms") == 1
    assert await marked(Exact(), HOTEL, "14 rooms or so") == 0


async def test_accepted_wordings_are_as_right_as_the_reference() -> None:
    question = asked("Which city?", "Seoul", accepted=("서울",), kind="name")
    assert await marked(ByForm(), question, "서울입니다") == 1
    assert await marked(ByForm(), question, "Busan") == 0


async def test_by_form_names_the_grader_it_chose() -> None:
    score = await ByForm().grade(COUNT, response(COUNT, "14"))
    assert (score.grader, score.reason) == ("by_form", "numeric: states the reference amount")


@given(st.permutations(["red", "green", "blue", "dark blue"]), st.integers(0, 3), st.booleans())
def test_a_pick_by_letter_and_text_is_found_in_any_order(choices: list[str], index: int, by_text: bool) -> None:
    text = choices[index] if by_text else f"The answer is ({'ABCD'[index]})."
    assert pick_option(text, choices).index == index


@pytest.mark.parametrize("text", ["B. £325 too low", "(B) £325 too low.", "**B)** £325 too low"])
def test_an_option_that_sounds_like_a_denial_is_picked_by_its_label_and_text(text: str) -> None:
    assert pick_option(text, ["£2,675 too low", "£325 too low", "£2,350 above it"]).index == 1


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_a_grader(text: str) -> None:
    pick = pick_option(text, ["12 rooms", "14 rooms", "16 rooms"])
    assert pick.index in (None, 0, 1, 2)
    find_amounts(text)
    assert same(text, text) == bool(normalised(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm sorry, I cannot help with that.", True),
        ("As an AI language model, I have no access to this.", True),
        ("I don't know.", True),
        ("모르겠습니다.", True),
        ("죄송하지만 답변할 수 없습니다.", True),
        ("I'm not sure, but I think it is B.", False),
        ("The document does not state it.", False),
        ("나와 있지 않습니다.", False),
        ("B", False),
        ("", False),
    ],
)
def test_a_refusal_is_told_from_an_answer(text: str, expected: bool) -> None:
    assert is_refusal(text) == expected


def test_that_something_is_not_stated_is_no_refusal() -> None:
    for text in (
        "not stated",
        "It isn't mentioned.",
        "문서에 명시되어 있지 않습니다.",
        "The passage does not specify this.",
    ):
        assert says_not_stated(text)
    for text in ("It is not 14.", "The hotel has 14 rooms.", "14개가 아닙니다."):
        assert not says_not_stated(text)


@pytest.mark.parametrize("piece", ["삼억 ", "1 one hundred - ", "not A or B, ", "the answer is B or C. ", "- - ", "a"])
async def test_a_very_long_answer_is_graded_in_time(piece: str) -> None:
    began = time.perf_counter()
    await marked(ByForm(), HOTEL, piece * (10_000 // len(piece)))
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Option two", 1),
        ("The second one", 1),
        ("두 번째 보기", 1),
        ("The third option", 0),
        ("<think>A? It could be A.</think> B", 1),
        ("<think>B is likely, but", None),
    ],
)
async def test_places_and_thoughts_are_read_as_a_person_would(text: str, mark: float | None) -> None:
    question = Question(
        form="choice",
        kind="number",
        text="How many rooms?",
        choices=("12 rooms", "14 rooms", "16 rooms"),
        answer="14 rooms",
        language="en",
        provenance=Provenance(writer="person"),
    )
    response = Response(model="m", question_id=question.id, condition="closed", text=text)
    assert (await ByForm().grade(question, response)).value == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [("between 1,000 and 1,200 kg", None), ("from 1,200 to 1,400 kg", None), ("1 200 kg", 1), ("1\u202f200 kg", 1)],
)
async def test_a_range_is_no_amount_and_spaced_thousands_are_one(text: str, mark: float | None) -> None:
    question = Question(
        form="short",
        kind="quantity",
        text="What is the payload?",
        answer="1,200 kg",
        language="en",
        provenance=Provenance(writer="person"),
    )
    response = Response(model="m", question_id=question.id, condition="closed", text=text)
    assert (await ByForm().grade(question, response)).value == mark
