"""Answers that stand in their citation but for something else, and answers turned round."""

import pytest
from tests.curation.planted_by_hand import FRESH, KNOWN, Plant, is_rejected

from benchwright.curation.misplaced import belongs_elsewhere, lacks_sign, turned_word


@pytest.mark.parametrize("plant", [*KNOWN, *FRESH], ids=lambda plant: plant.asked)
def test_the_right_answer_is_kept(plant: Plant) -> None:
    assert not is_rejected(plant, plant.right)


@pytest.mark.parametrize(("plants", "least"), [(KNOWN, 25), (FRESH, 17)], ids=["known", "fresh"])
def test_most_of_what_was_planted_by_hand_is_rejected(plants: tuple[Plant, ...], least: int) -> None:
    missed = [f"{plant.asked} {plant.wrong}" for plant in plants if not is_rejected(plant, plant.wrong)]
    assert len(plants) - len(missed) >= least, missed


def test_a_shared_subject_tells_no_clauses_apart() -> None:
    evidence = "The report was written by Ada Brandt and reviewed by Tom Ilves."
    assert belongs_elsewhere("Ada Brandt", "Who reviewed the report?", evidence)
    assert not belongs_elsewhere("Tom Ilves", "Who reviewed the report?", evidence)
    assert not belongs_elsewhere("Ada Brandt", "Who wrote the report?", evidence)


def test_a_second_clause_that_begins_with_its_verb_shares_the_subject() -> None:
    evidence = "Work begins on 2 September 2024 and is led by Carrow Builders."
    assert not belongs_elsewhere("Carrow Builders", "Which company leads the work on the pool?", evidence)


def test_a_sign_beside_a_number_is_part_of_the_answer() -> None:
    assert lacks_sign("£250", "The grant covers €250.")
    assert not lacks_sign("€ 250", "The grant covers €250.")


def test_a_limit_may_be_said_in_other_words() -> None:
    assert turned_word("at most three", "At least three members must sign.") == "at most"
    assert not turned_word("no fewer than three", "At least three members must sign.")
    assert not turned_word("over 16", "Members over 16, but not those under 12, may vote.")
