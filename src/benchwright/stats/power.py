"""How small a difference can this benchmark show? Said before money is spent."""

import math

from benchwright.errors import NoPower


def smallest_detectable_difference(
    questions: int,
    *,
    clusters: int | None = None,
    accuracy: float = 0.8,
    correlation: float = 0.0,
    design_effect: float = 1.0,
    power: float = 0.8,
    level: float = 0.05,
) -> float:
    """Return the smallest true difference of two models that a paired test would show with this `power`.

    `accuracy` is the expected share of right answers, `correlation` that of the two models' answers, `design_effect`
    that of their differences. At accuracy .8 without correlation: 16 points at 100 questions, 9 at 300, 5 at 1000.
    Source: Miller (2024), arXiv:2411.00640, section 5, with t quantiles for few documents.

    Errors: `NoPower` with fewer than two questions.
    """
    if questions < 2:
        raise NoPower(f"{questions} question(s) can show no difference; add questions")
    variance = 2 * accuracy * (1 - accuracy) * (1 - correlation)
    error = math.sqrt(variance * design_effect / questions)
    return detectable_from_error(error, clusters=clusters or questions, power=power, level=level)


def detectable_from_error(standard_error: float, *, clusters: int, power: float = 0.8, level: float = 0.05) -> float:
    """Return the smallest detectable difference for a known `standard_error` of the difference; at most 1."""
    from scipy.special import stdtrit

    freedom = max(clusters - 1, 1)
    reach = float(stdtrit(freedom, 1 - level / 2) + stdtrit(freedom, power))
    return min(1.0, reach * standard_error)
