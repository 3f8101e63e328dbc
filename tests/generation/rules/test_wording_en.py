import pytest

from benchwright.generation.rules import wording_en
from benchwright.text.dates import find_dates
from benchwright.text.numbers import find_quantities


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("In 2024 the help desk answered 17,840 tickets.", "How many tickets did the help desk answer in 2024?"),
        ("Acme Corporation employs 1,200 people in Ohio.", "How many people does Acme Corporation employ in Ohio?"),
        ("The club has 1,430 members.", "How many members does the club have?"),
        ("There are 42 parks in Urbana.", "How many parks are there in Urbana?"),
        ("full-time employees accrue 15 days a year.", "How many days do full-time employees accrue a year?"),
    ],
)
def test_a_plain_count_is_asked_naturally(sentence: str, question: str) -> None:
    quantity = find_quantities(sentence)[-1]
    assert wording_en.how_many(sentence, quantity.number_start, quantity.number_end) == question


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme Corporation, which employs 1,200 people, is in Ohio.",
        "Acme Corporation employs 1,200 people and owns 14 shops.",
        "Acme Corporation wants to employ 1,200 people.",
        "In 1910 the railway reached Bovill, and the town had 70 saloons.",
        "For each day of delay the charterer owes 190 guineas.",
    ],
)
def test_any_other_shape_is_left_to_the_blank(sentence: str) -> None:
    quantity = find_quantities(sentence)[0]
    assert wording_en.how_many(sentence, quantity.number_start, quantity.number_end) is None


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The median time to the first answer was 46 minutes.", "What was the median time to the first answer?"),
        (
            "Every employee receives 27 days of paid leave a year.",
            "How many days of paid leave does every employee receive a year?",
        ),
        (
            "A test logger is lent free of charge for 28 days after a call.",
            "For how long is a test logger lent free of charge after a call?",
        ),
        (
            "Quarrow College receives EUR 90,000 a year from the city.",
            "How much does Quarrow College receive a year from the city?",
        ),
        (
            "claims must be filed within 95 days of treatment.",
            "Within how many days of treatment must claims be filed?",
        ),
    ],
)
def test_a_quantity_is_asked_in_the_words_of_its_unit(sentence: str, question: str) -> None:
    quantity = find_quantities(sentence)[0]
    assert wording_en.ask_quantity(sentence, quantity, quantity.start, quantity.end) == question


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Acme was founded in 1998 by two brothers.", "In which year was Acme founded by two brothers?"),
        ("In 2003, Acme opened a plant in Ohio.", "In which year did Acme open a plant in Ohio?"),
    ],
)
def test_a_year_is_asked_naturally(sentence: str, question: str) -> None:
    date = find_dates(sentence)[0]
    assert wording_en.which_year(sentence, date.start, date.end) == question


def test_an_article_before_a_blank_tells_nothing() -> None:
    assert wording_en.with_blank("It has an 11% share.", 10, 13) == "It has a(n) ____ share."


def _asked(sentence: str) -> str | None:
    (quantity, *_) = find_quantities(sentence)
    return wording_en.ask_quantity(sentence, quantity, quantity.start, quantity.end)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The spire of the church is 61 metres high.", "How high is the spire of the church?"),
        ("The rate of infection fell by 17 percent.", "By how much did the rate of infection fall?"),
        ("About 12 percent of the supply comes from wells.", "What percentage of the supply comes from wells?"),
        ("Quillbox keeps backups for 35 days.", "For how long does Quillbox keep backups?"),
        ("The tower is 61 metres high and leans to the west.", None),
        ("Sales rose to 40 percent of the total.", None),
    ],
)
def test_a_plain_quantity_is_asked_naturally_and_others_are_not(sentence: str, question: str | None) -> None:
    (quantity,) = find_quantities(sentence)
    assert wording_en.ask_quantity(sentence, quantity, quantity.start, quantity.end) == question


def test_a_second_verb_that_the_table_does_not_know_leaves_the_blank() -> None:
    sentence = "The crew mapped 640 km of coast and collected 2,200 samples."
    number = find_quantities(sentence)[1]
    assert wording_en.how_many(sentence, number.number_start, number.number_end) is None


@pytest.mark.parametrize(
    ("sentence", "number", "kept"),
    [
        (
            "Josiah Crewe bought the mill in 1851 for 340 guineas and added a granary.",
            "340",
            "Josiah Crewe bought the mill in 1851 for 340 guineas.",
        ),
        (
            "Total revenue for 2024 reached 52 crowns, representing an increase of a quarter.",
            "52",
            "Total revenue for 2024 reached 52 crowns.",
        ),
        (
            "A share of the mill costs 25 crowns unless it is inherited.",
            "25",
            "A share of the mill costs 25 crowns unless it is inherited.",
        ),
    ],
)
def test_what_a_sentence_adds_behind_the_answer_is_left_out_of_the_question(
    sentence: str, number: str, kept: str
) -> None:
    assert wording_en.trimmed(sentence, sentence.index(number) + len(number)) == kept
