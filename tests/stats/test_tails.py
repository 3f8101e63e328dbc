import numpy as np
import pytest
from scipy.special import bdtrc, chdtrc

from benchwright.stats.tails import (
    binomial_tail,
    chi_squared_quantile,
    chi_squared_tail,
    f_tail,
    lower_tail,
    two_sided_quantile,
)


def test_textbook_quantiles() -> None:
    assert two_sided_quantile(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert two_sided_quantile(0.95, 12) == pytest.approx(2.178813, abs=1e-6)
    assert two_sided_quantile(0.95, 99_999) == pytest.approx(two_sided_quantile(0.95), abs=5e-5)


def test_tails_invert_quantiles() -> None:
    for degrees in (1.0, 12.0, 1e6, np.inf):
        reach = two_sided_quantile(0.9, degrees)
        assert lower_tail(np.array([[-reach, 0.0, reach]]), degrees)[0].tolist() == pytest.approx([0.05, 0.5, 0.95])
    assert chi_squared_quantile(0.95, 3) == pytest.approx(7.814728, abs=1e-6)
    assert f_tail(np.array([3.490295]), 3, np.array([12.0]))[0] == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize("trials", [1, 7, 40, 5000])
@pytest.mark.parametrize("chance", [0.02, 0.25, 0.5, 0.9])
def test_the_binomial_tail_is_that_of_scipy(trials: int, chance: float) -> None:
    for least in {0, 1, trials // 4, trials // 2, trials}:
        expected = 1.0 if least == 0 else float(bdtrc(least - 1, trials, chance))
        assert binomial_tail(least, trials, chance) == pytest.approx(expected, rel=1e-8, abs=1e-300)
    assert binomial_tail(trials + 1, trials, chance) == 0.0


@pytest.mark.parametrize("degrees", range(1, 12))
def test_the_chi_squared_tail_is_that_of_scipy(degrees: int) -> None:
    for statistic in (0.0, 0.01, 1.0, 3.84, 17.0, 300.0):
        assert chi_squared_tail(statistic, degrees) == pytest.approx(float(chdtrc(degrees, statistic)), rel=1e-10)
