from benchwright.ranking import fit
from benchwright.ranking.ranking import Ranking
from benchwright.ranking.robustness import Neighbours
from benchwright.ranking.verdict import firmness, limits, verdict
from benchwright.records.comparison import Comparisons


def votes(*rows: tuple[str, str, str], times: int = 20) -> Comparisons:
    return Comparisons.of([*rows] * times)


FAR = [("x", "y", "a")] * 9 + [("x", "y", "b")]


def test_a_clear_winner_is_named_as_such() -> None:
    assert verdict(fit(votes(*FAR))) == "x is first: the votes rule every other model out for that place."


def test_an_open_first_place_names_who_may_hold_it() -> None:
    even = fit(votes(("x", "y", "a"), ("x", "y", "b"), ("y", "z", "a"), ("z", "y", "a"), *[("x", "w", "a")] * 4))
    said = verdict(even)
    assert said.startswith("First place is open")
    assert "y" in said
    assert "w" not in said.split("rule out")[1]
    two = verdict(fit(votes(("x", "y", "a"), ("x", "y", "b"))))
    assert two == "First place is open: x has the highest rating, but the votes do not rule out y."


def test_groups_that_never_met_have_no_common_order() -> None:
    assert "no common order" in verdict(fit(votes(("x", "y", "a"), ("y", "x", "a"), ("u", "v", "a"), ("v", "u", "a"))))


def neighbours(removed: int | None) -> Neighbours:
    return Neighbours(
        better="x", worse="y", gap=10, gap_low=-5, gap_high=25, removed_to_swap=removed, share_to_swap=None,
        votes_to_separate=None,
    )  # fmt: skip


def test_firmness_counts_pairs_and_votes_in_words() -> None:
    board = fit(votes(*FAR, ("y", "z", "a"), ("z", "y", "a")))
    said = firmness(Ranking(board=board, neighbours=(neighbours(7),)))
    assert said.startswith("Of 3 pairs of models the votes tell 2 apart")
    assert "Removing 7 of 240 votes, chosen for it, is enough to put y above x; fewer may do." in said
    assert "No removal" in firmness(Ranking(board=board, neighbours=(neighbours(None),)))
    assert "Without weights" in firmness(Ranking(board=board, neighbours=(neighbours(0),)))


def test_what_a_board_cannot_say_is_said() -> None:
    assert "not always right" in limits(fit(votes(*FAR)))
