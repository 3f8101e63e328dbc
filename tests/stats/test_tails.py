import numpy as np
import pytest

from benchwright.stats.tails import chi_squared_quantile, f_tail, lower_tail, two_sided_quantile


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
