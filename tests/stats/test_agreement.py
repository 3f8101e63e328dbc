import csv

import numpy as np
import pytest
from tests.shared_data import SHARED, requires_shared

from benchwright.errors import NoPower
from benchwright.stats.agreement import cohen_kappa, confusion, count_ratings, fleiss_kappa, krippendorff_alpha


def test_cohens_own_example() -> None:
    # Cohen (1960), table 1 in shares of 200.
    assert cohen_kappa(np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]], dtype=float)) == pytest.approx(
        0.492, abs=5e-4
    )


def test_fleiss_example_of_ten_subjects_and_fourteen_raters() -> None:
    counts = [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]  # fmt: skip
    assert fleiss_kappa(np.array(counts, dtype=float)) == pytest.approx(0.210, abs=5e-4)


def test_krippendorffs_own_example_with_missing_ratings() -> None:
    # Krippendorff (2011), example C: four observers, twelve units, five categories: nominal alpha 0.743.
    a, b, c, d = (
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    )
    said = np.array([a, b, c, d])
    observer, unit = np.nonzero(said)
    counts = count_ratings(unit, said[observer, unit] - 1, 5)
    assert krippendorff_alpha(counts) == pytest.approx(0.743, abs=5e-4)
    interval = np.subtract.outer(np.arange(5.0), np.arange(5.0)) ** 2
    assert krippendorff_alpha(counts, distance=interval) == pytest.approx(0.849, abs=5e-4)


@requires_shared
def test_published_alpha_of_the_llmfao_raters() -> None:
    with (SHARED / "votes/llmfao_votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = count_ratings(
        np.array([int(row["pair_id"]) for row in rows]),
        np.array([{"a": 0, "tie": 1, "b": 2}[row["winner"]] for row in rows]),
        3,
    )
    assert krippendorff_alpha(counts) == pytest.approx(0.2906, abs=5e-5)


def test_full_agreement_is_one_and_chance_about_zero() -> None:
    rng = np.random.default_rng(0)
    said = rng.integers(0, 3, 3000)
    assert cohen_kappa(confusion(said, said, 3)) == 1
    assert abs(cohen_kappa(confusion(said, rng.permutation(said), 3))) < 0.05


@pytest.mark.parametrize("measure", [cohen_kappa, fleiss_kappa, krippendorff_alpha])
def test_one_answer_throughout_has_no_agreement_beyond_chance(measure) -> None:
    with pytest.raises(NoPower):
        measure(np.array([[4.0, 0.0], [0.0, 0.0]]) if measure is cohen_kappa else np.array([[4.0, 0.0], [4.0, 0.0]]))
