"""Shares with intervals that cover what they promise."""

import numpy as np
import pytest
import scipy

from massline.engine.false_discovery_rate import select_discoveries
from massline.engine.jeffreys_intervals import jeffreys_interval, jeffreys_mean, jeffreys_variance


def test_the_interval_is_the_posterior_of_jeffreys() -> None:
    low, high = jeffreys_interval(7, 20, level=0.9)
    assert low == pytest.approx(scipy.stats.beta.ppf(0.05, 7.5, 13.5), abs=1e-12)
    assert high == pytest.approx(scipy.stats.beta.ppf(0.95, 7.5, 13.5), abs=1e-12)
    assert jeffreys_mean(7, 20) == pytest.approx(scipy.stats.beta.mean(7.5, 13.5))
    assert jeffreys_variance(7, 20) == pytest.approx(scipy.stats.beta.var(7.5, 13.5))


def test_nothing_and_everything_reach_the_ends() -> None:
    low, high = jeffreys_interval([0, 5, 0], [5, 5, 0])
    assert low.tolist()[0] == 0
    assert high.tolist()[1] == 1
    assert (low[2], high[2]) == (0, 1)


def test_the_interval_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    truth = rng.random(20_000)
    hits = rng.binomial(40, truth)
    low, high = jeffreys_interval(hits, 40)
    assert 0.945 < ((low <= truth) & (truth <= high)).mean() < 0.96


@pytest.mark.parametrize(("hits", "trials"), [(-1, 3), (4, 3), (np.nan, 3), (1, np.inf)])
def test_impossible_counts_are_refused(hits: float, trials: float) -> None:
    with pytest.raises(ValueError, match="counts must be finite"):
        jeffreys_mean(hits, trials)


def test_false_discoveries_match_scipy() -> None:
    p = np.random.default_rng(1).random((4, 50)) ** 3
    assert (
        select_discoveries(p, rate=0.05)
        == (scipy.stats.false_discovery_control(p.ravel()).reshape(p.shape) <= 0.05)
    ).all()
    assert select_discoveries([], rate=0.1).tolist() == []
    with pytest.raises(ValueError, match="between 0 and 1"):
        select_discoveries([1.2])
    with pytest.raises(ValueError, match="level"):
        jeffreys_interval(1, 2, level=2)
