from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from benchwright.reports.standing import letters_in_short, main_condition, tie_letters

NAMES = list("pqrstu")


@given(st.sets(st.sampled_from(list(combinations(NAMES, 2)))))
def test_two_models_share_a_letter_exactly_when_they_are_tied(ties):
    tied = {name: [b if a == name else a for a, b in ties if name in (a, b)] for name in NAMES}
    letters = {name: set(text.split()) for name, text in tie_letters(NAMES, tied).items()}
    for a, b in combinations(NAMES, 2):
        assert bool(letters[a] & letters[b]) == ((a, b) in ties)
    assert all(letters.values())


def test_the_best_model_is_in_group_a():
    assert tie_letters(["x", "y", "z"], {"x": ["y"], "y": ["x", "z"], "z": ["y"]}) == {"x": "a", "y": "a b", "z": "b"}


def test_many_letters_in_a_row_are_shown_by_their_ends():
    assert letters_in_short("c d e f") == "c–f"
    assert letters_in_short("y z a2 b2") == "y–b2"
    assert letters_in_short("a c d e g h") == "a c–e g h"
    assert letters_in_short("") == ""


def test_passage_decides_who_leads_where_it_was_run():
    assert main_condition(["closed", "passage"]) == "passage"
    assert main_condition(["closed"]) == "closed"
    assert main_condition(["own-condition"]) == "own-condition"


def test_the_oracle_is_the_ceiling_and_does_not_lead(report):
    assert [row.model for row in report.main.leaders] == ["lab/<b>good</b>"]
    assert [row.model for row in report.main.behind] == ["lab/poor"]
    assert report.main.beats_chance
