import numpy as np
import pytest

from benchwright.errors import InputError, UnknownName
from benchwright.records.comparison import OUTCOMES, Comparisons, Labels


def test_an_unknown_outcome_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"tei.*both_bad"):
        Comparisons.of([("x", "y", "tei")])


def test_a_model_against_itself_is_named_with_its_row() -> None:
    with pytest.raises(InputError, match="row 2 compares `x` with itself"):
        Comparisons.of([("x", "y", "a"), ("x", "x", "a")])


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(InputError, match="`voter` has 1 rows, but `a` has 2"):
        Comparisons.of([("x", "y", "a"), ("y", "x", "a")], voters=["anna"])


def test_the_fingerprint_follows_content() -> None:
    rows = [("x", "y", "a"), ("y", "z", "tie")]
    assert Comparisons.of(rows).fingerprint() == Comparisons.of(list(rows)).fingerprint()
    assert Comparisons.of(rows).fingerprint() != Comparisons.of([*rows[:1], ("y", "z", "b")]).fingerprint()
    assert Comparisons.of(rows).fingerprint() != Comparisons.of(rows, voters=["anna", "ben"]).fingerprint()


def test_taking_rows_keeps_names_and_forgetting_unseen_models_renumbers() -> None:
    votes = Comparisons.of([("x", "y", "a"), ("y", "z", "b")], voters=["anna", None])
    second = votes.take(np.array([1]))
    assert second.models == ("x", "y", "z")
    assert second.voter is not None
    assert second.voter.codes.tolist() == [-1]
    small = second.seen_models_only()
    assert small.models == ("y", "z")
    assert (small.a.tolist(), small.b.tolist()) == ([0], [1])


def test_every_outcome_reads_as_win_tie_or_loss() -> None:
    votes = Comparisons.of([("x", "y", outcome) for outcome in OUTCOMES])
    assert votes.relative.tolist() == [0, 2, 1, 1, 1, 0, 2]


def test_labels_hold_each_name_once() -> None:
    labels = Labels.of(["b", "a", None, "b", ""])
    assert labels.names == ("a", "b")
    assert labels.codes.tolist() == [1, 0, -1, 1, -1]
