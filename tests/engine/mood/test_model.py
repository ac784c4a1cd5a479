"""The mood model against slower, plainer ways of computing the same thing."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from massline.engine.mood.cumulative_logit import (
    cuts_from,
    initial_cut_gaps,
    likelihood_slope,
    log_step_chances,
    step_chances,
)
from massline.engine.mood.evidence_gradient import evidence_gradient
from massline.engine.mood.hyperparameters import learn_hyperparameters
from massline.engine.mood.integrated_prediction import integrated_moments
from massline.engine.mood.laplace import fit_mode
from massline.engine.mood.latent_field import FieldPlaces
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.section_batches import section_covariance
from massline.engine.mood.single_fit_prediction import PredictionPlaces
from tests.engine.mood.worlds import world


def dense_covariance(problem: Problem, at: FieldPlaces, theta: np.ndarray) -> np.ndarray:
    """Covariance of eta over any rows, written out in full."""
    value = dict(zip(problem.field.names, np.exp(theta), strict=True))
    columns, weights = problem.field.entries(at)
    design = np.zeros((len(at.time), problem.field.width))
    np.add.at(design, (np.arange(len(at.time))[:, None], columns), weights)
    shared = design @ np.linalg.inv(problem.field.precision(theta).matrix) @ design.T
    gap = np.abs(at.time[:, None] - at.time[None])
    own = section_covariance(gap, value["level"], value["drift"], value["length"])
    whole: np.ndarray = shared + own * (at.section[:, None] == at.section[None])
    return whole


def joined(one: FieldPlaces, two: FieldPlaces) -> FieldPlaces:
    return FieldPlaces(
        *(
            np.concatenate(pair)
            for pair in zip(
                (one.section, one.time, one.item, one.source),
                (two.section, two.time, two.item, two.source),
                strict=True,
            )
        )
    )


@pytest.mark.parametrize("steps", [2, 3, 5])
def test_the_ladders_derivatives_are_those_of_its_likelihood(steps: int) -> None:
    rng = np.random.default_rng(steps)
    cuts = np.tile(np.linspace(-1, 1, steps - 1), (6, 1))
    counts = rng.integers(0, 5, (6, steps)).astype(float)
    eta = np.array([-30.0, -4, -0.3, 0.2, 3, 30])
    assert step_chances(eta, cuts).sum(axis=1) == pytest.approx(1)
    assert np.exp(log_step_chances(eta[1:-1], cuts[1:-1])) == pytest.approx(
        step_chances(eta[1:-1], cuts[1:-1])
    )
    e = 1e-5
    here, up, down = (likelihood_slope(eta + way * e, counts, cuts) for way in (0, 1, -1))
    assert here.gradient == pytest.approx((up.loglik - down.loglik) / (2 * e), abs=1e-5)
    middle = slice(1, -1)
    assert here.information[middle] == pytest.approx(
        -(up.gradient - down.gradient)[middle] / (2 * e), rel=1e-5
    )
    turn = (up.information - down.information)[middle] / (2 * e)
    assert here.information_slope[middle] == pytest.approx(turn, rel=1e-4, abs=1e-8)


def test_an_item_with_fewer_steps_never_reaches_the_others() -> None:
    cuts = cuts_from(np.zeros(3), ((1, 2, 3, 4, 5), (0, 1)))
    assert step_chances(np.array([0.0, 0.0]), cuts)[1] == pytest.approx([0.5, 0.5, 0, 0, 0])


def test_elimination_by_section_gives_the_full_posterior() -> None:
    problem = world(1, sources=2, items=2).problem
    theta = problem.field.start()
    found = fit_mode(problem, theta, np.zeros(0), tolerance=1e-9)
    asked = FieldPlaces(
        np.array([0, 3, 11]), np.array([0.0, 0.55, 1.0]), np.array([0, 1, 0]), np.array([-1, 1, -1])
    )
    mean, variance = PredictionPlaces.about(problem, asked).answer(found)
    whole = dense_covariance(problem, joined(problem.at, asked), theta)
    known = len(problem.counts)
    noise = np.exp(theta[problem.field.names.index("noise")]) ** 2
    sigma = whole[:known, :known] + np.diag(noise + 1 / found.slope.information)
    cross = whole[known:, :known]
    assert mean == pytest.approx(cross @ np.linalg.solve(sigma, found.working))
    assert variance == pytest.approx(np.diag(whole[known:, known:] - cross @ np.linalg.solve(sigma, cross.T)))
    inside = np.eye(known) + (whole[:known, :known] + noise * np.eye(known)) * found.slope.information
    quad = found.eta @ np.linalg.solve(whole[:known, :known] + noise * np.eye(known), found.eta)
    expected = found.slope.loglik.sum() - 0.5 * quad - 0.5 * np.linalg.slogdet(inside)[1]
    assert found.evidence == pytest.approx(expected)


@pytest.mark.parametrize(("steps", "items", "sources"), [(2, 1, 1), (2, 2, 3), (4, 1, 2)])
def test_the_gradient_is_that_of_the_evidence(steps: int, items: int, sources: int) -> None:
    problem = world(2, steps=steps, items=items, sources=sources).problem
    gaps = initial_cut_gaps(problem.counts, problem.item, problem.steps)
    theta = problem.field.start()
    names = len(theta)

    def evidence(vector: np.ndarray) -> float:
        return fit_mode(problem, vector[:names], vector[names:], tolerance=1e-10).evidence

    numeric = approx_fprime(np.concatenate([theta, gaps]), evidence, 1e-6)
    analytic = np.concatenate(evidence_gradient(fit_mode(problem, theta, gaps, tolerance=1e-10)))
    assert analytic == pytest.approx(numeric, abs=2e-3)


def test_a_section_nobody_heard_leans_on_its_groups_and_is_less_sure() -> None:
    problem = world(3).problem
    silent = 5
    heard = np.flatnonzero(problem.at.section != silent)
    fewer = Problem(
        problem.field, problem.at.some(heard), problem.counts[heard], problem.steps, problem.sections
    )
    at = FieldPlaces(np.array([silent, 4]), np.array([1.0, 1.0]), np.zeros(2, dtype=int), np.full(2, -1))
    found = fit_mode(fewer, problem.field.start(), np.zeros(0), tolerance=1e-9)
    mean, variance = PredictionPlaces.about(fewer, at).answer(found)
    whole = dense_covariance(fewer, joined(fewer.at, at), found.theta)
    known = len(heard)
    sigma = whole[:known, :known] + np.diag(
        np.exp(found.theta[problem.field.names.index("noise")]) ** 2 + 1 / found.slope.information
    )
    assert mean == pytest.approx(whole[known:, :known] @ np.linalg.solve(sigma, found.working))
    assert variance[0] > variance[1]


def test_integrating_hyper_parameters_widens_what_is_said() -> None:
    made = world(4)
    learned = learn_hyperparameters(made.problem, leaps=False)
    at = FieldPlaces(np.arange(12), np.full(12, 1.0), np.zeros(12, dtype=int), np.full(12, -1))
    questions = PredictionPlaces.about(made.problem, at)
    plain, plain_variance = questions.answer(learned.best)
    mean, variance = integrated_moments(questions, learned)
    assert len(learned.axes) == len(made.problem.field.names)
    assert np.mean(variance / plain_variance) > 1.02
    assert np.abs(mean - plain).max() < 0.5 * np.sqrt(plain_variance).max()
    assert np.corrcoef(mean, made.truth[:, -1])[0, 1] > 0.7
