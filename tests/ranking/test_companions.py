"""Slices, drift, audit, judges, robustness: what stands beside a board."""

import numpy as np
import pytest

from benchwright.errors import InputError, NoPower, UnknownName
from benchwright.ranking import FitSettings, fit
from benchwright.ranking.audit import audit
from benchwright.ranking.board import prepare
from benchwright.ranking.drift import drift
from benchwright.ranking.estimate import estimate
from benchwright.ranking.judges import compare_judge
from benchwright.ranking.robustness import best_of_n, neighbours
from benchwright.ranking.slices import slice_boards, weigh_slices
from benchwright.records.comparison import Comparisons, Labels

MODELS = ("alpha", "beta", "gamma", "delta")
STRENGTH = np.array([0.9, 0.3, -0.3, -0.9])
PLAIN = FitSettings()


def simulated(rows: int = 2000, seed: int = 0, strength: np.ndarray = STRENGTH, **columns) -> Comparisons:
    rng = np.random.default_rng(seed)
    n = len(MODELS)
    a = rng.integers(0, n, rows)
    b = (a + rng.integers(1, n, rows)) % n
    s = np.broadcast_to(strength, (rows, n))
    gap = s[np.arange(rows), a] - s[np.arange(rows), b]
    won = rng.random(rows) < 1 / (1 + np.exp(-gap))
    outcome = np.where(rng.random(rows) < 0.15, 2, np.where(won, 0, 1))
    return Comparisons(MODELS, a, b, outcome, **columns)


def in_two_languages(rows: int = 3000, thin: int = 12) -> Comparisons:
    codes = np.zeros(rows, dtype=int)
    codes[:1000] = 1
    codes[1000 : 1000 + thin] = 2
    strength = np.tile(STRENGTH, (rows, 1))
    strength[codes == 1] = STRENGTH[::-1]
    return simulated(rows, strength=strength, categories={"language": Labels(codes, ("en", "ko", "thin"))})


def test_a_slice_with_its_own_order_keeps_it_and_a_thin_one_follows_the_whole() -> None:
    votes = in_two_languages()
    boards = {board.value: board for board in slice_boards(votes, estimate(votes, PLAIN), PLAIN, "language")}
    assert boards["ko"].models[0].model == "delta"
    assert boards["en"].models[0].model == "alpha"
    whole = {row.model: row.rating for row in fit(votes).models}
    thin = {row.model: row for row in boards["thin"].models}
    for name, row in thin.items():
        if row.raw is not None:
            assert abs(row.rating - whole[name]) <= abs(row.raw - whole[name]) + 1e-6


def test_weights_over_slices_move_ranks() -> None:
    votes = in_two_languages()
    boards = slice_boards(votes, estimate(votes, PLAIN), PLAIN, "language")
    assert weigh_slices(boards, {"ko": 1})[0].model == "delta"
    assert weigh_slices(boards, {"en": 3, "ko": 1})[0].model == "alpha"
    with pytest.raises(UnknownName, match="did you mean"):
        weigh_slices(boards, {"enn": 1})
    with pytest.raises(InputError, match="all weights are 0"):
        weigh_slices(boards, {"en": 0})


def test_a_slice_ranks_only_models_that_met() -> None:
    rows = [("x", "y", "a"), ("y", "x", "a")] * 10 + [("u", "v", "a"), ("v", "u", "a")] * 3
    votes = Comparisons.of(rows, categories={"language": ["en"] * 26})
    boards = slice_boards(votes, estimate(votes, PLAIN), PLAIN, "language")
    assert {row.model for row in boards[0].models} == {"x", "y"}


def test_an_unknown_slice_is_an_error() -> None:
    with pytest.raises(UnknownName):
        slice_boards(in_two_languages(), estimate(simulated(), PLAIN), PLAIN, "lang")


def test_drift_finds_the_model_that_changed_and_stays_calm_otherwise() -> None:
    rows = 4000
    time = np.arange(rows, dtype=float)
    calm = drift(simulated(rows, time=time), PLAIN)
    assert min(row.p for row in calm.models) > 0.01
    strength = np.tile(STRENGTH, (rows, 1))
    strength[rows // 2 :, 3] += 1.2
    found = drift(simulated(rows, strength=strength, time=time), PLAIN)
    assert found.models[0].model == "delta"
    assert found.models[0].p < 1e-6
    assert found.models[0].change > 100


def test_drift_refuses_thin_windows_and_missing_times() -> None:
    with pytest.raises(NoPower, match="too few for 4 windows"):
        drift(simulated(60, time=np.arange(60.0)), PLAIN)
    with pytest.raises(InputError, match="`time` column"):
        drift(simulated(), PLAIN)


def with_voters(bad: int = 3, honest: int = 30, each: int = 60) -> Comparisons:
    votes = simulated((bad + honest) * each)
    voter = np.repeat(np.arange(bad + honest), each)
    outcome = votes.outcome.copy()
    outcome[voter < bad] = 0
    names = tuple(f"bad{n}" if n < bad else f"v{n:02d}" for n in range(bad + honest))
    return Comparisons(MODELS, votes.a, votes.b, outcome, voter=Labels(voter, names))


def test_the_audit_names_voters_and_what_they_do_and_deletes_nothing() -> None:
    votes = with_voters()
    board = fit(votes)
    found = audit(votes, board, PLAIN)
    assert {row.voter for row in found.flagged} >= {"bad0", "bad1", "bad2"}
    assert len(found.flagged) <= 5
    assert found.flagged[0].behaviour == "always left"
    assert found.without_flagged is not None
    assert found.without_flagged.votes == len(votes) - sum(row.votes for row in found.flagged)
    assert board.votes == len(votes)
    assert any("hardly detectable" in note and "--voter-cap" in note for note in found.notes)


def crowd(bad: int = 20, voters: int = 120, each: int = 50, models: int = 12, **columns) -> Comparisons:
    """Voters of whom the first `bad` turn every answer round, the next as many click at random."""
    rng = np.random.default_rng(3)
    rows = voters * each
    strength = np.linspace(1.2, -1.2, models)
    who = np.repeat(np.arange(voters), each)
    a = rng.integers(0, models, rows)
    b = (a + rng.integers(1, models, rows)) % models
    won = rng.random(rows) < 1 / (1 + np.exp(strength[b] - strength[a]))
    won = np.where(who < bad, ~won, np.where(who < 2 * bad, rng.random(rows) < 0.5, won))
    outcome = np.where(rng.random(rows) < 0.15, 2, np.where(won, 0, 1))
    names = tuple(f"{'bad' if at < 2 * bad else 'honest'}{at:03d}" for at in range(voters))
    return Comparisons(tuple(f"m{at:02d}" for at in range(models)), a, b, outcome, voter=Labels(who, names), **columns)


def test_the_audit_looks_again_without_those_it_flagged_until_the_flags_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = crowd()
    found = audit(votes, fit(votes), PLAIN)
    assert found.rounds > 1
    assert found.is_settled
    assert sum(row.voter.startswith("honest") for row in found.flagged) <= 1
    assert any(f"looked at {found.rounds} times" in note for note in found.notes)
    monkeypatch.setattr("benchwright.ranking.audit.MAX_ROUNDS", 1)
    once = audit(votes, fit(votes), PLAIN)
    assert len(found.flagged) > 1.3 * len(once.flagged)
    assert not once.is_settled


def test_an_honest_crowd_is_left_alone() -> None:
    votes = crowd(bad=0)
    found = audit(votes, fit(votes), PLAIN)
    assert len(found.flagged) <= 2
    assert found.is_settled


def test_the_board_without_flagged_voters_counts_weights_once_and_stands_on_the_anchor() -> None:
    settings = FitSettings(voter_cap=10, anchor=("m03", 1200.0))
    votes, _, _ = prepare(crowd(), settings)
    found = audit(votes, fit(crowd(), settings), settings).without_flagged
    assert found is not None
    assert votes.voter is not None
    flagged = {row.voter for row in audit(votes, fit(crowd(), settings), settings).flagged}
    kept = crowd().take(np.array([votes.voter.names[code] not in flagged for code in votes.voter.codes]))
    assert [row.rating for row in found.models] == [row.rating for row in fit(kept, settings).models]
    assert next(row.rating for row in found.models if row.model == "m03") == 1200


def test_an_audit_needs_voters() -> None:
    with pytest.raises(InputError, match="--voter"):
        audit(simulated(), fit(simulated()), PLAIN)


def test_a_cap_limits_one_loud_voter() -> None:
    votes = with_voters(bad=0, honest=20, each=20)
    rows = 2000
    loud = np.full(rows, 20)
    both = Comparisons(
        MODELS,
        np.concatenate([votes.a, np.full(rows, 3)]),
        np.concatenate([votes.b, np.arange(rows) % 3]),
        np.concatenate([votes.outcome, np.zeros(rows, dtype=int)]),
        voter=Labels(np.concatenate([votes.voter.codes, loud]), (*votes.voter.names, "loud")),  # pyright: ignore
    )
    assert fit(both).models[0].model == "delta"
    assert fit(both, FitSettings(voter_cap=20)).models[0].model != "delta"


def judged(flip: float) -> Comparisons:
    rng = np.random.default_rng(5)
    people = simulated(1200, prompt=Labels(np.arange(1200), tuple(f"q{n:04d}" for n in range(1200))))
    said = people.outcome.copy()
    turned = rng.random(1200) < flip
    said[turned] = rng.integers(0, 3, turned.sum())
    assert people.prompt is not None
    codes = np.concatenate([rng.integers(1, 21, 1200), np.zeros(1200, dtype=int)])
    return Comparisons(
        MODELS,
        np.concatenate([people.a, people.a]),
        np.concatenate([people.b, people.b]),
        np.concatenate([people.outcome, said]),
        voter=Labels(codes, ("judge", *(f"v{n:02d}" for n in range(20)))),
        prompt=Labels(np.concatenate([people.prompt.codes] * 2), people.prompt.names),
    )


def test_a_judge_that_copies_people_agrees_and_one_that_guesses_does_not() -> None:
    copy, guess = compare_judge(judged(0.0), "judge", PLAIN), compare_judge(judged(1.0), "judge", PLAIN)
    assert copy.shared == 1200
    assert copy.kappa is not None
    assert guess.kappa is not None
    assert copy.kappa == 1
    assert abs(guess.kappa) < 0.1
    assert copy.rank_correlation == 1
    assert sum(sum(row) for row in copy.confusion) == 1200
    assert copy.separability_people > 0.8
    assert sum(row.votes for row in copy.calibration) == 1200


def test_what_is_said_of_a_judge_has_intervals_that_count_items_not_votes() -> None:
    found = compare_judge(judged(0.5), "judge", PLAIN)
    for value, bounds in (
        (found.agreement, found.agreement_interval),
        (found.agreement_decided, found.agreement_decided_interval),
        (found.kappa, found.kappa_interval),
        (found.separability_judge, found.separability_judge_interval),
    ):
        assert value is not None
        assert bounds is not None
        assert bounds[0] <= value <= bounds[1]
    assert all(row.interval and row.interval[0] < row.observed < row.interval[1] for row in found.calibration)
    # The same votes of people ten times over are no more items.
    votes = judged(0.5)
    rows = np.arange(len(votes))
    often = compare_judge(votes.take(np.concatenate([np.repeat(rows[:1200], 10), rows[1200:]])), "judge", PLAIN)
    assert often.shared == 12_000
    assert np.diff(often.agreement_interval) == pytest.approx(np.diff(found.agreement_interval), rel=0.02)  # pyright: ignore
    copy = compare_judge(judged(0.0), "judge", PLAIN)
    assert copy.agreement_interval is not None
    assert 0.99 < copy.agreement_interval[0] < 1, "not seeing a difference in 1,200 items is not certainty"


def test_the_interval_of_a_judges_agreement_holds_the_truth_where_items_are_unlike() -> None:
    rng = np.random.default_rng(2)
    held, naive, rounds, items, each = 0, 0, 60, 60, 10
    for _ in range(rounds):
        agrees = np.repeat(rng.beta(2, 1, items), each)
        people = rng.integers(0, 2, items * each)
        said = rng.integers(0, 2, items)
        people = np.where(rng.random(items * each) < agrees, np.repeat(said, each), 1 - np.repeat(said, each))
        prompt = np.concatenate([np.repeat(np.arange(items), each), np.arange(items)])
        first = prompt % 4
        voter = np.concatenate([1 + np.tile(np.arange(each), items), np.zeros(items, dtype=int)])
        found = compare_judge(
            Comparisons(
                MODELS,
                first,
                (first + 1) % 4,
                np.concatenate([people, said]),
                voter=Labels(voter, ("judge", *(f"v{at}" for at in range(each)))),
                prompt=Labels(prompt, tuple(f"q{at:02d}" for at in range(items))),
            ),
            "judge",
            PLAIN,
        )
        assert found.agreement is not None
        assert found.agreement_interval is not None
        held += found.agreement_interval[0] <= 2 / 3 <= found.agreement_interval[1]
        naive += abs(found.agreement - 2 / 3) <= 1.96 * np.sqrt(2 / 9 / items / each)
    assert held >= 0.9 * rounds
    assert naive < 0.85 * rounds


def test_style_that_a_judge_rewards_more_than_people_do_is_told_with_an_interval() -> None:
    rng = np.random.default_rng(4)
    rows = 3000
    length = rng.normal(size=rows)
    a = rng.integers(0, 4, rows)
    b = (a + rng.integers(1, 4, rows)) % 4
    is_judge = np.arange(rows) % 2 == 0
    won = rng.random(rows) < 1 / (1 + np.exp(-(STRENGTH[a] - STRENGTH[b] + np.where(is_judge, 0.9, 0.2) * length)))
    voter = np.where(is_judge, 0, 1 + np.arange(rows) % 15)
    votes = Comparisons(
        MODELS,
        a,
        b,
        np.where(won, 0, 1),
        voter=Labels(voter, ("judge", *(f"v{at:02d}" for at in range(15)))),
        prompt=Labels(np.arange(rows) // 10, tuple(f"q{at:03d}" for at in range(rows // 10))),
        covariates={"length": length},
    )
    (row,) = compare_judge(votes, "judge", FitSettings(covariates=("length",))).over_rewarded
    assert row.interval is not None
    assert 0 < row.interval[0] < 0.7 < row.interval[1]


def test_an_unknown_judge_lists_voters() -> None:
    with pytest.raises(InputError, match="v00"):
        compare_judge(judged(0), "gpt-judge", PLAIN)


def test_neighbours_tell_how_firm_the_order_is() -> None:
    votes = simulated()
    rows = neighbours(votes, estimate(votes, PLAIN), PLAIN)
    assert [(row.better, row.worse) for row in rows] == [("alpha", "beta"), ("beta", "gamma"), ("gamma", "delta")]
    assert all(row.removed_to_swap and row.removed_to_swap > 5 for row in rows)
    assert all(row.votes_to_separate == 0 for row in rows if row.gap_low > 0)


def test_the_best_of_variants_is_corrected_for_luck() -> None:
    votes = simulated()
    found = best_of_n(votes, estimate(votes, PLAIN), {"lab": ("beta", "gamma")}, PLAIN)
    assert found[0].best == "beta"
    assert 0 < found[0].luck < 60
    assert found[0].likely_luck < 1 < found[0].luck, "votes tell these variants far apart, so luck explains little"
    assert found[0].corrected == pytest.approx(found[0].rating - found[0].likely_luck)
    alike = simulated(400, strength=np.zeros(4))
    row = best_of_n(alike, estimate(alike, PLAIN), {"lab": MODELS}, PLAIN)[0]
    assert row.likely_luck > 0.6 * row.luck
    with pytest.raises(InputError, match="two or more"):
        best_of_n(votes, estimate(votes, PLAIN), {"lab": ("beta",)}, PLAIN)


def test_reweighting_by_propensity_removes_a_bias_of_matchmaking() -> None:
    # Delta beats alpha in slice 1 only, and slice 1 is drawn nine times as often for that pair.
    rng = np.random.default_rng(0)
    rows = 4000
    often = rng.random(rows) < 0.9
    outcome = np.where(often, 0, 1)
    propensity = np.where(often, 0.9, 0.1)
    votes = Comparisons(("x", "y"), np.zeros(rows, int), np.ones(rows, int), outcome, propensity=propensity)
    weighted = fit(votes, FitSettings(reweight=True))
    assert fit(votes).models[0].rating > 1150
    assert abs(weighted.models[0].rating - 1000) < 10
    assert "say as much as" in weighted.warnings[0]
    with pytest.raises(InputError, match="`propensity` column"):
        fit(simulated(), FitSettings(reweight=True))


def test_drift_stays_calm_when_every_window_has_a_few_voters_of_its_own() -> None:
    rng = np.random.default_rng(1)
    alarms = 0
    for _ in range(40):
        voter = np.sort(rng.integers(0, 24, 1200))
        taste = rng.normal(0, 0.8, (24, 4))
        labels = Labels(voter, tuple(f"v{n:02d}" for n in range(24)))
        votes = simulated(
            1200, int(rng.integers(1 << 30)), STRENGTH + taste[voter], time=np.arange(1200.0), voter=labels
        )
        alarms += min(row.p for row in drift(votes, PLAIN).models) < 0.05
    assert alarms <= 6


def test_intervals_of_slices_hold_the_truth() -> None:
    rng = np.random.default_rng(0)
    held = []
    for _ in range(40):
        code = np.repeat([0, 1, 2], [1000, 300, 60])
        truth = STRENGTH + rng.normal(0, 0.4, (3, 4))
        truth -= truth.mean(axis=1, keepdims=True)
        column = {"language": Labels(code, ("en", "ko", "thin"))}
        votes = simulated(1360, int(rng.integers(1 << 30)), truth[code], categories=column)
        for at, board in enumerate(slice_boards(votes, estimate(votes, PLAIN), PLAIN, "language")):
            points = {
                name: 1000 + 400 / np.log(10) * 0.85 * value for name, value in zip(MODELS, truth[at], strict=True)
            }
            held += [row.low <= points[row.model] <= row.high for row in board.models]
    assert np.mean(held) > 0.88


def test_slices_and_variants_stand_on_the_anchor_of_the_board() -> None:
    votes = in_two_languages()
    settings = FitSettings(anchor=("delta", 1500.0))
    whole = estimate(votes, settings)
    board = {row.model: row.rating for row in fit(votes, settings).models}
    for part in slice_boards(votes, whole, settings, "language"):
        assert np.mean([row.rating for row in part.models]) == pytest.approx(np.mean(list(board.values())), abs=60)
    assert best_of_n(votes, whole, {"lab": ("beta", "gamma")}, settings)[0].rating == pytest.approx(
        max(board["beta"], board["gamma"]), abs=1e-6
    )
