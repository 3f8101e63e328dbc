"""Questions that ask where the answer stood, and sentences that are left to a blank."""

import numpy as np
import pytest

from benchwright.documents.structure import with_structure
from benchwright.generation.rules import RULES
from benchwright.generation.rules.verbs_en import is_telegraphic, lacks_main_verb
from benchwright.generation.rules.wording_en_in_place import ask_in_place
from benchwright.records import Document, Question


def offered(kind: str, body: str, title: str = "Harrow Report") -> list[Question]:
    text = f"# {title}\n\n{body}\n"
    document = with_structure(Document(title=title, text=text, path="x.md", format="md", language="en"))
    return list(RULES[kind].questions(document, [], chance=np.random.default_rng(0)))


def in_place(sentence: str, answer: str, asking: str = "how many") -> str | None:
    start = sentence.index(answer)
    return ask_in_place(sentence, start, start + len(answer), asking)


def test_the_asking_words_stand_where_the_answer_stood() -> None:
    asked = in_place("The harbour office in Tessin looks after more than 140 moorings.", "140")
    assert asked == "The harbour office in Tessin looks after more than how many moorings?"


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("The survey mapped the upper 128 fields of Harrow.", "128"),
        ("When Harrow had 140 mills the river ran dry.", "140"),
        ("Submit claims within 30 days of travel.", "30"),
        ("Harrow counts “140 mills” in the old list.", "140"),
    ],
)
def test_a_sentence_of_another_shape_is_left_to_a_blank(sentence: str, answer: str) -> None:
    assert in_place(sentence, answer) is None


def test_a_year_at_the_head_asks_when_it_happened() -> None:
    [question] = offered("year", "In 1907, the Congress of Harrow gathered delegates from many northern counties.")
    assert question.text == (
        "According to “Harrow Report”, in which year did the following happen: "
        "the Congress of Harrow gathered delegates from many northern counties?"
    )


@pytest.mark.parametrize(
    "fragment",
    [
        "Ada Brandt (1917–1989) who wrote the column on bridges for almost 50 years.",
        "Total yield in bushels per acre for 10 varieties at 6 sites in each of two years.",
        "Accompanied by receipts for expenses over 25 crowns.",
    ],
)
def test_an_entry_without_a_verb_is_a_fragment(fragment: str) -> None:
    assert lacks_main_verb(fragment)


@pytest.mark.parametrize(
    "sentence",
    [
        "Full-time employees receive 10 sick days per calendar year.",
        "For each day of late redelivery the Charterer owes 190 crowns.",
        "The Owner insures hull and machinery for 410,000 crowns.",
    ],
)
def test_a_plural_with_a_plain_verb_is_no_fragment(sentence: str) -> None:
    assert not lacks_main_verb(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The National Assembly of Harrow has 223 members: 130 from lists, 90 from districts and 3 from abroad.",
        "The frame of Harrow mill needs 4 numbers, the top, bottom, left and right edge of the wheel.",
        "The Harrow mill stands about 55 km (34 miles) east of the bridge at Lund.",
        "Harrow Water Company serves towns with 62% private and 38% public supply of water.",
        "The films of Harrow are shown at 24, 25, 30, or 60 frames per second in most halls.",
    ],
)
def test_a_number_that_the_rest_of_the_sentence_gives_is_not_asked(sentence: str) -> None:
    asked = [q.answer for kind in ("number", "quantity") for q in offered(kind, sentence)]
    assert not set(asked) & {"223", "4", "55 km", "62%", "60"}


def test_a_policy_may_speak_to_its_readers_and_an_essay_may_not() -> None:
    sentence = "You may take up to 16 weeks of leave within a year of the birth."
    assert offered("quantity", sentence, title="Parental Leave Policy")
    assert not offered("quantity", sentence, title="Thoughts on Work")


def test_an_item_under_a_condition_is_left_alone() -> None:
    items = "- Harrow pays 80 percent of the salary during the leave months"
    assert offered("quantity", f"What is paid:\n\n{items}", title="Parental Leave Policy")
    assert not offered(
        "quantity", f"For members who take more than two weeks:\n\n{items}", title="Parental Leave Policy"
    )


def test_an_item_that_leaves_out_its_verb_is_telegraphic() -> None:
    assert is_telegraphic("Load capacity reduced to 65% of the design.")
    assert not is_telegraphic("Revenue increased by 23% compared to 2024.")
    assert not is_telegraphic("Hotel bills should be limited to 300 crowns.")


def test_a_second_part_with_a_subject_of_its_own_leaves_a_blank() -> None:
    assert in_place("The flood reached at least 40 villages and more than 200 barns were lost.", "40") is None
    assert in_place("The flood reached at least 40 villages and farms.", "40") is not None


def test_a_second_amount_leaves_a_blank() -> None:
    assert in_place("The hall seats up to 150 guests at a talk and 125 guests at a meal.", "150") is None
