"""The order of the rows moves no number."""

import numpy as np
import pytest

from benchwright.ranking import FitSettings, fit
from benchwright.ranking.audit import audit
from benchwright.ranking.board import prepare
from benchwright.ranking.drift import drift
from benchwright.ranking.estimate import estimate
from benchwright.ranking.judges import compare_judge
from benchwright.ranking.robustness import neighbours
from benchwright.ranking.slices import slice_boards
from benchwright.records.comparison import Comparisons, Labels


def votes(rows: int = 1500, seed: int = 0) -> Comparisons:
    rng = np.random.default_rng(seed)
    a = rng.integers(0, 5, rows)
    b = (a + rng.integers(1, 5, rows)) % 5
    gap = (b - a) * 0.4

    def labels(size: int, stem: str, *, some_unknown: bool = False) -> Labels:
        codes = rng.integers(-1 if some_unknown else 0, size, rows)
        return Labels(codes, tuple(f"{stem}{at:02d}" for at in range(size)))

    return Comparisons(
        tuple("vwxyz"),
        a,
        b,
        np.where(rng.random(rows) < 0.1, 2, np.where(rng.random(rows) < 1 / (1 + np.exp(-gap)), 0, 1)),
        weight=rng.uniform(0.5, 2, rows),
        voter=labels(25, "voter", some_unknown=True),
        prompt=labels(40, "prompt", some_unknown=True),
        time=rng.integers(0, 50, rows).astype(float),
        is_a_first=rng.random(rows) < 0.5,
        categories={"language": labels(3, "l")},
        covariates={"length": rng.normal(size=rows)},
    )


def shuffled(given: Comparisons) -> Comparisons:
    return given.take(np.random.default_rng(9).permutation(len(given)))


@pytest.mark.parametrize(
    "settings",
    [
        FitSettings(),
        FitSettings(intervals="vote"),
        FitSettings(covariates=("length",), side=True),
        FitSettings(method="davidson"),
        FitSettings(intervals="bootstrap", resamples=20),
        FitSettings(intervals="bootstrap-voter", resamples=20),
        FitSettings(intervals="bootstrap-prompt", resamples=20),
        FitSettings(voter_cap=5),
    ],
)
def test_a_board_is_the_same_to_the_byte_whatever_the_order_of_the_rows(settings: FitSettings) -> None:
    given = votes()
    assert fit(given, settings).model_dump_json() == fit(shuffled(given), settings).model_dump_json()


@pytest.mark.parametrize("has_times", [True, False])
def test_what_stands_beside_a_board_is_the_same_whatever_the_order_of_the_rows(has_times: bool) -> None:
    given = votes()
    if not has_times:
        given = Comparisons(given.models, given.a, given.b, given.outcome, voter=given.voter, prompt=given.prompt)

    def said(each: Comparisons) -> list[str]:
        settings = FitSettings()
        seen, _, _ = prepare(each, settings)
        found = estimate(seen, settings)
        rows = [audit(seen, fit(each), settings), compare_judge(each, "voter00", settings)]
        rows += neighbours(seen, found, settings)
        if has_times:
            rows += [*slice_boards(seen, found, settings, "language"), drift(seen, settings, windows=3)]
        return [row.model_dump_json() for row in rows]

    assert said(given) == said(shuffled(given))


def test_the_fingerprint_knows_the_rows_but_not_their_order() -> None:
    given = votes()
    assert given.fingerprint() == shuffled(given).fingerprint()
    other = given.outcome.copy()
    other[7] = (other[7] + 1) % 3
    changed = Comparisons(given.models, given.a, given.b, other)
    plain = Comparisons(given.models, given.a, given.b, given.outcome)
    assert changed.fingerprint() != plain.fingerprint() != given.fingerprint()
    # Two rows that swap one value are other rows.
    one = Comparisons(given.models, np.array([0, 1]), np.array([4, 4]), np.array([0, 1]))
    two = Comparisons(given.models, np.array([1, 0]), np.array([4, 4]), np.array([0, 1]))
    assert one.fingerprint() != two.fingerprint()
    assert plain.fingerprint() != plain.take(np.arange(len(plain) - 1)).fingerprint()
