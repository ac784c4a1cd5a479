"""Prediction of sections' levels at any time: mixtures over strengths, leaps and summits."""

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.hyperparameters import LearnedHyperparameters
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.leap_model_set import LeapModelSet
from massline.engine.mood.normal_mixture import NormalMixture
from massline.engine.mood.posterior_axes import integrate_over_axes
from massline.engine.mood.single_fit_prediction import PredictionPlaces


def integrated_moments(questions: PredictionPlaces, learned: LearnedHyperparameters) -> tuple[Floats, Floats]:
    """Posterior mean and variance with the hyper-parameters integrated out."""
    mixture = mixed_posterior(questions, learned)
    return mixture.mean, mixture.variance


def best_fit_moments(questions: PredictionPlaces, learned: LearnedHyperparameters) -> tuple[Floats, Floats]:
    """Mean and variance of the best fit alone with the hyper-parameters integrated out."""
    mean, variance = questions.answer(learned.best)
    if not learned.axes:
        return mean, variance
    ends = [(_stacked(questions, axis.down), _stacked(questions, axis.up)) for axis in learned.axes]
    return integrate_over_axes(learned.axes, mean, np.log(variance), ends)


def mixed_posterior(questions: PredictionPlaces, learned: LearnedHyperparameters) -> NormalMixture:
    """Posterior with the hyper-parameters integrated out, as a mixture over what is unsure: leaps and summits.

    A section that may have leapt on the last day keeps the past it had before it: one night does not rewrite it.
    """
    mean, variance = best_fit_moments(questions, learned)
    plain, narrow = questions.answer(learned.best)
    moved = mean - plain, variance / narrow
    now = _mixture(questions, learned, (mean, variance), moved)
    past = learned.past
    if past is None:
        return now
    turned = [leap.section for leap in learned.now.leaps_since(learned.last_day)]
    where = np.isin(questions.at.section, turned) & (questions.at.time < learned.last_day)
    if not where.any():
        return now
    before = PredictionPlaces.about(past.best.problem, questions.at)
    plain, narrow = before.answer(past.best)
    return NormalMixture.chosen(
        where, _mixture(before, past, (plain + moved[0], narrow * moved[1]), moved), now
    )


def _mixture(
    questions: PredictionPlaces,
    learned: LearnedHyperparameters,
    best: tuple[Floats, Floats],
    moved: tuple[Floats, Floats],
) -> NormalMixture:
    """The best fit mixed with what is unsure; integrating is taken to move and widen it as it does the best."""
    if learned.summit is None:
        return _weighed(questions, best, moved, learned.now)
    fit, share = learned.summit
    lower = fit, np.full(learned.best.problem.sections, share)
    return _weighed(questions, best, moved, learned.now, lower)


def posterior_at_known_strengths(
    questions: PredictionPlaces, now: LeapModelSet, widening: float
) -> NormalMixture:
    """Posterior at known hyper-parameters; `widening` is what integrating them did to an interval's half-width."""
    mean, variance = questions.answer(now.best)
    wider = np.full(len(mean), widening**2)
    return _weighed(questions, (mean, variance * wider), (0 * mean, wider), now)


def _weighed(
    questions: PredictionPlaces,
    best: tuple[Floats, Floats],
    moved: tuple[Floats, Floats],
    now: LeapModelSet,
    lower: tuple[ModeFit, Floats] | None = None,
) -> NormalMixture:
    """The best fit, the others and the other sizes by their weights, all widened where days surprised."""
    section = questions.at.section
    left = 1.0 if lower is None else 1 - lower[1][section]
    weights, means, variances = [np.ones(len(section))], [best[0]], [best[1]]
    for fit, weight in now.others:
        mean, variance = questions.answer(fit)
        weights.append(weight[section] * left)
        means.append(mean + moved[0])
        variances.append(variance * moved[1])
    for weight, mean, variance in now.sizes.answers(questions, *best) if now.sizes else ():
        weights.append(weight * left)
        means.append(mean)
        variances.append(variance)
    if lower is not None:
        mean, variance = questions.answer(lower[0])
        weights.append(lower[1][section])
        means.append(mean + moved[0])
        variances.append(variance * moved[1])
    weights[0] = weights[0] - sum(weights[1:])
    wider = now.widening.at(section, questions.at.time)
    return NormalMixture(np.stack(weights), np.stack(means), np.stack(variances) * wider)


def _stacked(questions: PredictionPlaces, fit: ModeFit) -> Floats:
    mean, variance = questions.answer(fit)
    return np.stack([mean, np.log(variance)])
