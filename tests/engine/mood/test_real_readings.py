"""The mood on real polls, and in worlds of its own family, keeps what its methods page promises."""

import numpy as np

from bench.mood import MODEL, STATIC, predict_masked
from bench.mood_data import us2016
from bench.mood_simulation import World, draw_world
from massline.engine.mood.hyperparameters import learn_hyperparameters
from massline.engine.mood.integrated_prediction import integrated_moments
from massline.engine.mood.single_fit_prediction import PredictionPlaces


def test_hidden_polls_are_told_better_than_by_any_plain_rival() -> None:
    found = predict_masked(us2016(), 3.0)
    mine = found["models"][MODEL]
    assert found["rows"] == 1621
    assert found["lpd_over_static"]["value"] > 3 * found["lpd_over_static"]["se"]
    for rival in (STATIC, "last reading", "window mean", "section mean"):
        assert mine["lpd"]["value"] > found["models"][rival]["lpd"]["value"]
        assert mine["crps"]["value"] < found["models"][rival]["crps"]["value"]
    assert 0.87 < mine["cover90"]["value"] < 0.93


def test_ninety_in_a_hundred_intervals_hold_the_truth() -> None:
    world = World(sections=30, times=26, dims=(4, 3), level=(0.3, 0.3), drift=(0.1, 0.1), people=10.0)
    held = []
    for seed in range(8):
        drawn = draw_world(world, seed)
        problem = drawn.problem()
        questions = PredictionPlaces.about(problem, drawn.grid(np.arange(world.times)))
        mean, variance = integrated_moments(questions, learn_hyperparameters(problem))
        held.append(np.mean(np.abs(mean - drawn.truth.ravel()) < 1.6449 * np.sqrt(variance)))
    assert 0.84 < np.mean(held) < 0.96
