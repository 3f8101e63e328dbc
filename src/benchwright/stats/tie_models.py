"""Models that explain ties: Rao–Kupper, Davidson, a grounded Rao–Kupper, and five-point votes by a cumulative link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import NoPower
from benchwright.stats.bradley_terry import PRIOR_TIES, log_sigmoid, sigmoid, widen_held
from benchwright.stats.count_cube import components, fold_sides, is_connected_both_ways

FloatArray = NDArray[np.float64]
# Derivatives are taken along the imaginary axis, so the formulas below see complex numbers too.
Numbers = NDArray[Any]

COMPLEX_STEP = 1e-20
SECOND_STEP = 1e-5
TINY = 1e-300
MAX_VARIANCE = 1e6
"""Of a parameter on the log-odds scale; beyond it the votes do not tell the parameter at all."""


@dataclass(frozen=True)
class TieModel:
    """One model of the outcomes of a pair.

    `probabilities(a, b, extra)` takes log strengths of shape (cells,) and the further parameters, and returns the
    probability of every outcome, shape (cells, outcomes). `outcomes` names them in order, `extra` the parameters with
    their start. `report` turns a fitted parameter into the number that the literature prints.
    """

    name: str
    outcomes: tuple[str, ...]
    extra: dict[str, float]
    probabilities: Callable[[Numbers, Numbers, Numbers], Numbers]
    report: dict[str, Callable[[float], float]]
    is_grounded: bool = False
    """True where the level of strengths means something, so that they need no centring to be estimated."""


def _logistic(x: Numbers) -> Numbers:
    return 1.0 / (1.0 + np.exp(-x))


def _rao_kupper(a: Numbers, b: Numbers, extra: Numbers) -> Numbers:
    width = np.exp(extra[0])
    win, loss = _logistic(a - b - width), _logistic(b - a - width)
    return np.stack([win, 1.0 - win - loss, loss], axis=1)


def _davidson(a: Numbers, b: Numbers, extra: Numbers) -> Numbers:
    half = 0.5 * (a - b)
    odds = np.stack([np.exp(half), np.exp(extra[0]) * np.ones_like(half), np.exp(-half)], axis=1)
    return odds / odds.sum(axis=1, keepdims=True)


def _five_point(a: Numbers, b: Numbers, extra: Numbers) -> Numbers:
    near = np.exp(extra[0])
    far = near + np.exp(extra[1])
    gap = a - b
    above = [_logistic(gap - far), _logistic(gap - near), _logistic(gap + near), _logistic(gap + far)]
    return np.stack([above[0], above[1] - above[0], above[2] - above[1], above[3] - above[2], 1.0 - above[3]], axis=1)


def _grounded(a: Numbers, b: Numbers, extra: Numbers) -> Numbers:
    width = 1.0 + np.exp(extra[0])
    one, two = np.exp(a), np.exp(b)
    win = one / (one + width * two + 1.0)
    loss = two / (two + width * one + 1.0)
    bad = 1.0 / (1.0 + one + two)
    tie = 1.0 - win - loss - bad
    if len(extra) == 1:
        return np.stack([win, tie, loss, bad], axis=1)
    good = (one + two) / (one + two + np.exp(extra[1]))
    return np.stack([win, tie * (1.0 - good), loss, bad, tie * good], axis=1)


RAO_KUPPER = TieModel(
    "rao-kupper", ("a", "tie", "b"), {"theta": 0.0}, _rao_kupper, {"theta": lambda t: float(np.exp(np.exp(t)))}
)
"""P(a wins) = λa / (λa + θ λb), θ ≥ 1. Source: Rao & Kupper (1967)."""

DAVIDSON = TieModel("davidson", ("a", "tie", "b"), {"nu": 0.0}, _davidson, {"nu": lambda t: float(np.exp(t))})
"""P(tie) ∝ ν √(λa λb). Source: Davidson (1970)."""

FIVE_POINT = TieModel(
    "five-point",
    ("a_much", "a", "tie", "b", "b_much"),
    {"near": 0.0, "far": 0.0},
    _five_point,
    {"near": lambda t: float(np.exp(t)), "far": lambda t: float(np.exp(t))},
)
"""A cumulative logit with cut points ± near and ± (near + far). Source: Agresti (1992), paired ordinal comparisons."""


def grounded_model(*, has_both_good: bool) -> TieModel:
    """Return the grounded Rao–Kupper model: "both bad" is a win of the ground, whose strength is 1.

    P(a wins) = λa / (λa + θ λb + 1), P(both bad) = 1 / (1 + λa + λb); what remains is a tie, and where voters could
    say so it is "both good" with odds (λa + λb) / κ. Source: Frick et al. (2025), Prompt-to-Leaderboard; κ is ours.
    """
    extra = {"theta": 0.0} | ({"kappa": 1.0} if has_both_good else {})
    return TieModel(
        "grounded",
        ("a", "tie", "b", "both_bad", "both_good") if has_both_good else ("a", "tie", "b", "both_bad"),
        extra,
        _grounded,
        {"theta": lambda t: float(1 + np.exp(t)), "kappa": lambda t: float(np.exp(t))},
        is_grounded=True,
    )


@dataclass(frozen=True, eq=False)
class TieFit:
    """A fitted tie model: centred log strengths, further parameters, and what every sandwich needs.

    `covariance` and `bread` cover strengths, then the further parameters (then the side effect, if any).
    `cell_scores[cell[i, j], k]` is the gradient of one vote with outcome k: for a, for b, for the rest.
    """

    strength: FloatArray
    level: float
    """What was taken off the strengths to centre them; on a grounded model the ground stands at minus this."""
    parameters: dict[str, float]
    extra: FloatArray
    extra_names: tuple[str, ...]
    covariance: FloatArray
    bread: FloatArray
    component: NDArray[np.intp]
    is_map: NDArray[np.bool_]
    log_likelihood: float
    cell: NDArray[np.intp]
    cell_scores: FloatArray


@dataclass(frozen=True, eq=False)
class _Cells:
    """The pairs that met, left and right apart, with the counts of every outcome."""

    a: NDArray[np.intp]
    b: NDArray[np.intp]
    counts: FloatArray
    squared: FloatArray
    n_models: int
    has_side: bool
    model: TieModel

    def log_probabilities(self, a: Numbers, b: Numbers, extra: Numbers) -> Numbers:
        if self.has_side:
            a, extra = a + extra[-1], extra[:-1]
        # A start far from the optimum may round a probability to 0; its vote is then as bad as a number can say.
        return np.log(self.model.probabilities(a, b, extra) + TINY)

    def gradient(self, a: Numbers, b: Numbers, extra: Numbers) -> FloatArray:
        """Exact derivatives by a complex step, shape (cells, outcomes, 2 + parameters)."""
        step = 1j * COMPLEX_STEP
        columns = [self.log_probabilities(a + step, b, extra), self.log_probabilities(a, b + step, extra)]
        for position in range(len(extra)):
            moved = extra.astype(np.complex128)
            moved[position] += step
            columns.append(self.log_probabilities(a, b, moved))
        return np.stack([np.imag(column) / COMPLEX_STEP for column in columns], axis=2)

    def information(self, a: FloatArray, b: FloatArray, extra: FloatArray) -> FloatArray:
        """Minus the second derivatives, summed over outcomes, shape (cells, 2 + p, 2 + p)."""
        rows: list[FloatArray] = []
        for position in range(2 + len(extra)):
            sides: list[FloatArray] = []
            for sign in (SECOND_STEP, -SECOND_STEP):
                shift = np.zeros(2 + len(extra))
                shift[position] = sign
                gradient = self.gradient(a + shift[0], b + shift[1], extra + shift[2:])
                sides.append(np.einsum("ck,ckp->cp", self.counts, gradient))
            rows.append(-(sides[0] - sides[1]) / (2 * SECOND_STEP))
        matrix = np.stack(rows, axis=1)
        return 0.5 * (matrix + matrix.transpose(0, 2, 1))

    def gather(self, local: FloatArray) -> FloatArray:
        """Add per-cell matrices (cells, 2 + p, 2 + p) up into one over all parameters."""
        extra = local.shape[1] - 2
        size = self.n_models + extra
        place = self._places(extra)
        flat = place[:, :, None] * size + place[:, None, :]
        sums = np.bincount(flat.ravel(), weights=local.ravel(), minlength=size * size)
        return sums.astype(np.float64).reshape(size, size)

    def gather_vector(self, local: FloatArray) -> FloatArray:
        """Add per-cell vectors (cells, 2 + p) up into one over all parameters."""
        extra = local.shape[1] - 2
        place = self._places(extra)
        sums = np.bincount(place.ravel(), weights=local.ravel(), minlength=self.n_models + extra)
        return sums.astype(np.float64)

    def _places(self, extra: int) -> NDArray[np.intp]:
        rest = np.broadcast_to(self.n_models + np.arange(extra), (len(self.a), extra))
        return np.concatenate([self.a[:, None], self.b[:, None], rest], axis=1)


def fit_tie_model(
    cube: FloatArray, model: TieModel, *, squared_cube: FloatArray | None = None, side: bool = False
) -> TieFit:
    """Fit `model` to counts of shape (n, n, outcomes) by Newton, with the per-vote sandwich covariance.

    `side` adds an advantage of the first (left) place. Raises `NoPower` where an outcome that the model needs never
    occurs, or nothing else does: its parameter would be infinite.
    """
    _require_outcomes(cube, model)
    n = len(cube)
    at = np.argwhere(cube.sum(axis=2) > 0)
    a, b = at[:, 0], at[:, 1]
    squared = cube if squared_cube is None else squared_cube
    cells = _Cells(a, b, cube[a, b], squared[a, b], n, side, model)
    component, is_map = _existence(cube, model)
    theta, hessian, value = _maximise(cells, component, is_map)
    strength, extra = theta[:n], theta[n:]
    scores = cells.gradient(strength[a], strength[b], extra)
    meat = cells.gather(np.einsum("ck,ckp,ckq->cpq", cells.squared, scores, scores))
    q = sigmoid(strength)
    meat[np.arange(n), np.arange(n)] += np.where(is_map, PRIOR_TIES * q * (1 - q), 0.0)
    bread = _centred(_inverse(hessian, model, n), component, n)
    covariance = bread @ meat @ bread
    held = np.concatenate([is_map, np.zeros(len(extra), dtype=bool)])
    centre = np.array([strength[component == component[i]].mean() for i in range(n)])
    cell = np.full((n, n), -1, dtype=np.intp)
    cell[a, b] = np.arange(len(a))
    names = (*model.extra, *(("side",) if side else ()))
    parameters = {
        name: model.report[name](float(value)) if name in model.report else float(value)
        for name, value in zip(names, extra, strict=True)
    }
    return TieFit(
        strength=strength - centre,
        level=float(strength.mean()),
        parameters=parameters,
        extra=extra,
        extra_names=names,
        covariance=widen_held(covariance, bread, held),
        bread=bread,
        component=component,
        is_map=is_map,
        log_likelihood=value,
        cell=cell,
        cell_scores=scores,
    )


def _require_outcomes(cube: FloatArray, model: TieModel) -> None:
    totals = cube.sum(axis=(0, 1))
    counts = dict(zip(model.outcomes, totals.tolist(), strict=True))
    needed = {"tie"} | ({"both_bad"} if "both_bad" in counts else set())
    missing = [name for name in sorted(needed) if not counts[name]]
    if "a_much" in counts and not counts["a_much"] + counts["b_much"]:
        missing.append("a_much or b_much")
    if not counts["a"] + counts["b"]:
        missing.append("a or b")
    if missing:
        raise NoPower(
            f"the {model.name} model needs votes that say {' and '.join(missing)}, and there are none; "
            "`--method bradley-terry` needs no such votes"
        )


def _existence(cube: FloatArray, model: TieModel) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    relative = np.zeros((*cube.shape[:2], 3))
    place = {"a": 0, "a_much": 0, "b": 2, "b_much": 2}
    for position, name in enumerate(model.outcomes):
        relative[:, :, place.get(name, 1)] += cube[:, :, position]
    wins, ties = fold_sides(relative)
    component = components(wins + wins.T + ties)
    is_map = np.zeros(len(cube), dtype=bool)
    for group in range(int(component.max()) + 1):
        members = component == group
        block = np.ix_(members, members)
        is_map[members] = members.sum() > 1 and not is_connected_both_ways((wins + ties)[block] > 0)
    return component, is_map


def _maximise(
    cells: _Cells, component: NDArray[np.intp], is_map: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray, float]:
    """Return parameters, Hessian of the negative objective (gauge included) and the log-likelihood."""
    n, model = cells.n_models, cells.model
    theta = np.concatenate([np.zeros(n), list(model.extra.values()), np.zeros(int(cells.has_side))])
    gauge = np.zeros((len(theta), len(theta)))
    if not model.is_grounded:
        same = component[:, None] == component[None, :]
        gauge[:n, :n] = same / same.sum(axis=1, keepdims=True)
        # The prior already holds the level of these.
        gauge[:n, :n][is_map] = 0.0
    prior = PRIOR_TIES * is_map

    def objective(at: FloatArray) -> float:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            logs = cells.log_probabilities(at[cells.a], at[cells.b], at[n:])
            value = float(np.where(cells.counts > 0, cells.counts * logs, 0.0).sum())
        value += 0.5 * float((prior * (log_sigmoid(at[:n]) + log_sigmoid(-at[:n]))).sum())
        return value if np.isfinite(value) else -np.inf

    value = objective(theta)
    hessian = gauge
    for _ in range(200):
        a, b, extra = theta[cells.a], theta[cells.b], theta[n:]
        gradient = cells.gather_vector(np.einsum("ck,ckp->cp", cells.counts, cells.gradient(a, b, extra)))
        hessian = cells.gather(cells.information(a, b, extra)) + gauge
        q = sigmoid(theta[:n])
        gradient[:n] += prior * (0.5 - q)
        hessian[np.arange(n), np.arange(n)] += prior * q * (1 - q)
        move = _downhill(hessian, gradient)
        size = float(np.abs(move).max())
        if size < 1e-9:
            break
        scale = min(1.0, 2.0 / size)
        while objective(theta + scale * move) < value - 1e-12 * abs(value) and scale > 1e-9:
            scale *= 0.5
        theta = theta + scale * move
        value = objective(theta)
    return theta, hessian, value


def _downhill(hessian: FloatArray, gradient: FloatArray) -> FloatArray:
    """Return the Newton move; away from the optimum, where the Hessian may be indefinite, a damped one."""
    damping = 0.0
    eye = np.eye(len(hessian))
    while True:
        try:
            factor = np.linalg.cholesky(hessian + damping * eye)
        except np.linalg.LinAlgError:
            damping = max(4 * damping, 1e-3 * float(np.abs(np.diag(hessian)).max()))
            continue
        return np.asarray(np.linalg.solve(factor.T, np.linalg.solve(factor, gradient)), dtype=np.float64)


def _inverse(hessian: FloatArray, model: TieModel, n: int) -> FloatArray:
    """Return the inverse; raise `NoPower` where some parameter cannot be told from the strengths."""
    try:
        inverse = np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    except np.linalg.LinAlgError:
        inverse = np.full_like(hessian, np.inf)
    variance = np.diag(inverse)
    if not (np.isfinite(variance).all() and (variance > 0).all() and (variance[n:] < MAX_VARIANCE).all()):
        raise NoPower(
            f"these votes cannot tell the parameters of the {model.name} model apart (too few of them, or a side that "
            "goes with a model); leave `--side` out, or take `--method bradley-terry`"
        )
    return inverse


def _centred(inverse: FloatArray, component: NDArray[np.intp], n: int) -> FloatArray:
    """Return the covariance after the strengths of every component are centred."""
    centre = np.eye(len(inverse))
    same = component[:, None] == component[None, :]
    centre[:n, :n] -= same / same.sum(axis=1, keepdims=True)
    moved = centre @ inverse @ centre.T
    return 0.5 * (moved + moved.T)
