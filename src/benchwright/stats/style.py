"""Bradley–Terry with covariates (style control, side effect): exact Newton in chunks, nothing shrunk unless asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import NoPower
from benchwright.stats.bradley_terry import PRIOR_TIES, laplacian, log_sigmoid, sigmoid, widen_held
from benchwright.stats.count_cube import components, is_connected_both_ways

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]

BLOCK = 1 << 17
WARM_ROWS = 50_000
MAX_STEPS = 60
MAX_VARIANCE = 1e6
MAX_EFFECT = 25.0
"""Log-odds per standard deviation beyond which a coefficient is taken to be on its way to infinity."""


@dataclass(frozen=True, eq=False)
class StyleFit:
    """Centred log strengths and one coefficient a covariate; `covariance` and `bread` cover both, strengths first."""

    strength: FloatArray
    coefficient: FloatArray
    covariance: FloatArray
    bread: FloatArray
    component: NDArray[np.intp]
    is_map: NDArray[np.bool_]
    log_likelihood: float


@dataclass(frozen=True, eq=False)
class _Block:
    """Some votes, sorted by pair, so that sums over a pair are sums over a slice."""

    pair: NDArray[np.intp]
    """The pairs present, as a · n + b."""
    start: NDArray[np.intp]
    """First row of every pair, and the number of rows at the end."""
    score: FloatArray
    covariates: FloatArray
    """(k, rows): one contiguous line a covariate."""
    weight: FloatArray | None


@dataclass(frozen=True, eq=False)
class _Rows:
    """All votes in blocks that fit the cache: sorting a block is cheap, and every later pass reads it in order."""

    blocks: tuple[_Block, ...]
    n_models: int
    n_covariates: int

    @property
    def n_parameters(self) -> int:
        return self.n_models + self.n_covariates


def fit_with_covariates(
    a: IntArray,
    b: IntArray,
    score: FloatArray,
    covariates: Sequence[FloatArray],
    n_models: int,
    *,
    weight: FloatArray | None = None,
    ridge: float = 0.0,
    names: tuple[str, ...] = (),
) -> StyleFit:
    """Fit log-odds(a beats b) = strength[a] − strength[b] + covariates · coefficient; per-vote sandwich covariance.

    `score` is 1, ½ or 0; every covariate is a column of what a has more than b. `ridge` adds
    ridge/2 · coefficient² to the negative log-likelihood. A component without a finite MLE gets half a tie against the
    mean for every model. Raises `NoPower` where covariates repeat one another or separate the outcomes perfectly.
    """
    rows = _blocks(a, b, score, covariates, n_models, weight)
    component, is_map = _existence(rows)
    named = names or tuple(f"covariate {k + 1}" for k in range(len(covariates)))
    moments = _moments(covariates)
    _refuse_collinear(moments, named)
    spread = np.sqrt(np.diag(moments))
    theta = np.zeros(rows.n_parameters)
    if len(score) > 4 * WARM_ROWS:
        sample = slice(None, None, len(score) // WARM_ROWS)
        few = _blocks(
            a[sample],
            b[sample],
            score[sample],
            [column[sample] for column in covariates],
            n_models,
            None if weight is None else weight[sample],
        )
        everyone = np.ones(n_models, dtype=bool)
        theta, _, _ = _newton(few, component, everyone, max(ridge, 1.0), tolerance=1e-4, start=theta)
    theta, bread, look = _newton(
        rows, component, is_map, ridge, tolerance=1e-13, start=theta, spread=spread, names=named
    )
    if look.meat is None:
        raise NoPower("the fit with covariates did not settle: the votes say too little for so many parameters")
    held = np.concatenate([is_map, np.zeros(len(covariates), dtype=bool)])
    return StyleFit(
        strength=theta[:n_models],
        coefficient=theta[n_models:],
        covariance=widen_held(bread @ look.meat @ bread, bread, held),
        bread=bread,
        component=component,
        is_map=is_map,
        log_likelihood=look.value,
    )


def _blocks(
    a: IntArray,
    b: IntArray,
    score: FloatArray,
    covariates: Sequence[FloatArray],
    n_models: int,
    weight: FloatArray | None,
) -> _Rows:
    blocks: list[_Block] = []
    for first in range(0, len(score), BLOCK):
        rows = slice(first, first + BLOCK)
        code = a[rows].astype(np.intp) * n_models + b[rows]
        # Sixteen bits are sorted by radix, several times faster than by comparison.
        order = np.argsort(code.astype(np.uint16) if n_models <= 256 else code, kind="stable")
        counts = np.bincount(code, minlength=1)
        present = np.flatnonzero(counts)
        lines = np.empty((len(covariates), len(order)))
        for line, column in zip(lines, covariates, strict=True):
            np.take(column[rows], order, out=line)
        blocks.append(
            _Block(
                pair=present,
                start=np.concatenate([[0], np.cumsum(counts[present])]),
                score=score[rows][order],
                covariates=lines,
                weight=None if weight is None else weight[rows][order],
            )
        )
    return _Rows(tuple(blocks), n_models, len(covariates))


def _existence(rows: _Rows) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    n = rows.n_models
    beats = np.zeros(n * n)
    loses = np.zeros(n * n)
    for block in rows.blocks:
        scored = np.add.reduceat(block.score, block.start[:-1])
        beats[block.pair] += scored
        loses[block.pair] += np.diff(block.start) - scored
    edges = beats.reshape(n, n) + loses.reshape(n, n).T
    component = components(edges + edges.T)
    is_map = np.zeros(n, dtype=bool)
    for group in range(int(component.max()) + 1):
        members = component == group
        is_map[members] = members.sum() > 1 and not is_connected_both_ways(edges[np.ix_(members, members)] > 0)
    return component, is_map


class _Gram:
    """Weighted sums of outer products of the votes' design rows, gathered block by block."""

    def __init__(self, n_models: int, n_covariates: int) -> None:
        self.n = n_models
        self.by_pair = np.zeros((1 + n_covariates, n_models * n_models))
        self.own = np.zeros((n_covariates, n_covariates))

    def add(self, block: _Block, weight: FloatArray) -> None:
        """Add the rows of `block`, each times its `weight`."""
        starts = block.start[:-1]
        weighted = block.covariates * weight
        self.by_pair[0, block.pair] += np.add.reduceat(weight, starts)
        self.by_pair[1:, block.pair] += np.add.reduceat(weighted, starts, axis=1)
        self.own += weighted @ block.covariates.T

    def matrix(self) -> FloatArray:
        """Return the sum, shape (n + k, n + k)."""
        n, k = self.n, len(self.own)
        squares = self.by_pair.reshape(1 + k, n, n)
        cross = squares[1:].sum(axis=2) - squares[1:].sum(axis=1)
        full = np.zeros((n + k, n + k))
        full[:n, :n] = laplacian(squares[0] + squares[0].T)
        full[n:, :n], full[:n, n:], full[n:, n:] = cross, cross.T, self.own
        return full


@dataclass(frozen=True, eq=False)
class _Look:
    """What one pass over the votes sees at some parameters."""

    value: float
    penalised: float
    gradient: FloatArray
    hessian: FloatArray
    meat: FloatArray | None


def _pass(rows: _Rows, theta: FloatArray, prior: FloatArray, ridge: float, *, with_meat: bool) -> _Look:
    """Look at the log-likelihood, its gradient and Hessian, and if asked the sum of squared scores."""
    n, k = rows.n_models, rows.n_covariates
    gap = (theta[:n, None] - theta[None, :n]).ravel()
    value = 0.0
    residual, own_gradient = np.zeros(n * n), np.zeros(k)
    bends, squares = _Gram(n, k), _Gram(n, k)
    for block in rows.blocks:
        eta = np.repeat(gap[block.pair], np.diff(block.start))
        eta += theta[n:] @ block.covariates
        p = sigmoid(eta)
        error = block.score - p
        bend = p * (1.0 - p)
        # log(1 + e^η) = max(η, 0) − log max(p, 1 − p): exact at both ends, and four times faster than logaddexp.
        terms = block.score * eta - np.maximum(eta, 0.0) + np.log(np.maximum(p, 1.0 - p))
        if block.weight is not None:
            error, bend, terms = error * block.weight, bend * block.weight, terms * block.weight
        value += float(terms.sum())
        residual[block.pair] += np.add.reduceat(error, block.start[:-1])
        own_gradient += block.covariates @ error
        bends.add(block, bend)
        if with_meat:
            squares.add(block, error * error)
    by_pair = residual.reshape(n, n)
    gradient = np.concatenate([by_pair.sum(axis=1) - by_pair.sum(axis=0), own_gradient])
    hessian = bends.matrix()
    strength, coefficient = theta[:n], theta[n:]
    q = sigmoid(strength)
    held = prior * q * (1.0 - q)
    gradient[:n] += prior * (0.5 - q)
    gradient[n:] -= ridge * coefficient
    hessian[np.arange(n), np.arange(n)] += held
    hessian[np.arange(n, n + k), np.arange(n, n + k)] += ridge
    penalty = 0.5 * float((prior * (log_sigmoid(strength) + log_sigmoid(-strength))).sum())
    penalty -= 0.5 * ridge * float((coefficient**2).sum())
    meat = squares.matrix() if with_meat else None
    if meat is not None:
        meat[np.arange(n), np.arange(n)] += held
    return _Look(value, value + penalty, gradient, hessian, meat)


def _newton(
    rows: _Rows,
    component: NDArray[np.intp],
    is_map: NDArray[np.bool_],
    ridge: float,
    *,
    tolerance: float,
    start: FloatArray,
    spread: FloatArray | None = None,
    names: tuple[str, ...] = (),
) -> tuple[FloatArray, FloatArray, _Look]:
    """Return parameters (strengths centred), bread, and the last look at the votes, with its meat."""
    n = rows.n_models
    theta = start
    centre, gauge = _centre_and_gauge(component, is_map, rows.n_parameters)
    prior = PRIOR_TIES * is_map.astype(np.float64)
    look = _pass(rows, theta, prior, ridge, with_meat=False)
    for _ in range(MAX_STEPS):
        try:
            move = np.linalg.solve(look.hessian + gauge, look.gradient)
        except np.linalg.LinAlgError as error:
            raise _confounded(names) from error
        size = float(np.abs(move).max())
        # Newton squares the error: after a move this small, the next one would be below the tolerance.
        is_last = size**2 < tolerance
        scale = min(1.0, 4.0 / size) if size else 1.0
        while True:
            tried = theta + scale * move
            seen = _pass(rows, tried, prior, ridge, with_meat=is_last)
            if seen.penalised >= look.penalised - 1e-10 * abs(look.penalised) or scale < 1e-6:
                break
            scale *= 0.5
        theta, look = tried, seen
        if spread is not None:
            _refuse_separation(theta[n:] * spread, names)
        if is_last:
            break
    inverse = np.linalg.inv(look.hessian + gauge)
    if spread is not None and np.any(np.diag(inverse)[n:] * spread**2 > MAX_VARIANCE):
        raise _confounded(names)
    bread = centre @ inverse @ centre
    return centre @ theta, 0.5 * (bread + bread.T), look


def _centre_and_gauge(
    component: NDArray[np.intp], is_map: NDArray[np.bool_], size: int
) -> tuple[FloatArray, FloatArray]:
    """Return the matrix that centres strengths by component, and what makes the Hessian invertible without a prior."""
    n = len(component)
    same = component[:, None] == component[None, :]
    mean = np.zeros((size, size))
    mean[:n, :n] = same / same.sum(axis=1, keepdims=True)
    gauge = mean.copy()
    gauge[:n, :n][is_map] = 0.0
    return np.eye(size) - mean, gauge


def _confounded(names: tuple[str, ...]) -> NoPower:
    listed = ", ".join(f"`{name}`" for name in names)
    return NoPower(
        f"the votes cannot tell {listed} from the strengths of the models (each model always has the same); "
        "leave a covariate out, or collect votes with the sides changed"
    )


def _refuse_separation(effect: FloatArray, names: tuple[str, ...]) -> None:
    wild = np.flatnonzero(np.abs(effect) > MAX_EFFECT)
    if wild.size:
        raise NoPower(
            f"covariate `{names[int(wild[0])]}` separates wins from losses perfectly, so its coefficient has no finite "
            "value; leave it out, or shrink with `--ridge 1`"
        )


def _moments(covariates: Sequence[FloatArray]) -> FloatArray:
    """Return the second moments of the covariates, (k, k)."""
    k = len(covariates)
    moments = np.zeros((k, k))
    for i in range(k):
        for j in range(i, k):
            moments[i, j] = moments[j, i] = np.einsum("r,r->", covariates[i], covariates[j]) / len(covariates[i])
    return moments


def _refuse_collinear(moments: FloatArray, names: tuple[str, ...]) -> None:
    if not len(moments):
        return
    scale = np.sqrt(np.diag(moments))
    dead = np.flatnonzero(scale == 0)
    if dead.size:
        raise NoPower(f"covariate `{names[int(dead[0])]}` is 0 in every vote and can tell nothing; leave it out")
    values, vectors = np.linalg.eigh(moments / np.outer(scale, scale))
    if values[0] < 1e-10:
        heavy = [names[int(at)] for at in np.flatnonzero(np.abs(vectors[:, 0]) > 0.05)]
        raise NoPower(
            f"covariates {', '.join(f'`{name}`' for name in heavy)} repeat one another; leave one of them out"
        )
