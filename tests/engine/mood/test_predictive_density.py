"""The log density of answers against plain sums over a fine grid."""

import numpy as np
import pytest
from scipy.special import gammaln

from massline.engine.mood.cumulative_logit import log_step_chances
from massline.engine.mood.predictive_density import log_density, mixed_log_density


def on_a_grid(counts: np.ndarray, cuts: np.ndarray, mean: float, variance: float) -> float:
    """The same integral by a million points over fifty standard deviations either way."""
    sd = np.sqrt(variance)
    eta = np.linspace(mean - 50 * sd, mean + 50 * sd, 1_000_001)
    inside = log_step_chances(eta, cuts[None]) @ counts - 0.5 * ((eta - mean) / sd) ** 2
    top = inside.max()
    total = top + np.log(np.exp(inside - top).sum() * (eta[1] - eta[0]) / (sd * np.sqrt(2 * np.pi)))
    return float(total + gammaln(counts.sum() + 1) - gammaln(counts + 1).sum())


@pytest.mark.parametrize(
    ("yes", "asked", "mean", "sd"),
    [
        (1, 1, 0.0, 0.3),
        (3, 10, -2.0, 1.5),
        (10, 10, 4.0, 2.0),
        (0, 200, 1.0, 0.2),
        (31_000, 50_000, 0.2, 0.3),
        (25_000, 50_000, 0.0, 0.3),
        (49_990, 50_000, 0.0, 0.3),
    ],
)
def test_two_answers_agree_with_a_fine_grid(yes: int, asked: int, mean: float, sd: float) -> None:
    counts, cuts = np.array([asked - yes, yes], dtype=float), np.zeros(1)
    found = log_density(counts[None], cuts[None], np.array([mean]), np.array([sd**2]))
    assert found[0] == pytest.approx(on_a_grid(counts, cuts, mean, sd**2), abs=1e-4)


def test_fifty_thousand_answers_are_not_between_the_nodes() -> None:
    """Nodes laid out over the prior gave -18.68 for a row like this; a uniform share would give -10.82."""
    counts = np.array([[22_500.0, 27_500.0]])
    found = log_density(counts, np.zeros((1, 1)), np.zeros(1), np.array([0.09]))
    assert -9.7 < found[0] < -8.5


@pytest.mark.parametrize("counts", [[5, 0, 0, 0, 0], [0, 0, 0, 0, 41], [3, 8, 2, 900, 40], [0, 1, 0, 1, 0]])
def test_a_ladder_agrees_with_a_fine_grid(counts: list[int]) -> None:
    cuts, told = np.array([-2.4, -0.8, 0.8, 2.4]), np.array(counts, dtype=float)
    found = log_density(told[None], cuts[None], np.array([0.5]), np.array([0.8]))
    assert found[0] == pytest.approx(on_a_grid(told, cuts, 0.5, 0.8), abs=1e-3)


def test_all_outcomes_together_are_certain() -> None:
    yes = np.arange(8.0)
    counts = np.stack([7 - yes, yes], axis=1)
    for density in (
        log_density(counts, np.zeros((8, 1)), np.full(8, 0.7), np.full(8, 2.0)),
        mixed_log_density(counts, np.zeros((8, 1)), np.full(8, 0.7), np.full(8, 0.1), share=0.02, extra=1.0),
    ):
        assert np.exp(density).sum() == pytest.approx(1, abs=1e-5)


def test_odd_readings_keep_the_tail_from_being_impossible() -> None:
    far, cuts = np.array([[0.0, 300.0]]), np.zeros((1, 1))
    mean, variance = np.array([-0.5]), np.array([0.01])
    plain = log_density(far, cuts, mean, variance)
    mixed = mixed_log_density(far, cuts, mean, variance, share=0.02, extra=1.0)
    assert mixed[0] > plain[0] + 20
    near = np.array([[62.0, 38.0]])
    assert mixed_log_density(near, cuts, mean, variance, share=0.02, extra=1.0)[0] == pytest.approx(
        log_density(near, cuts, mean, variance)[0], abs=0.03
    )
