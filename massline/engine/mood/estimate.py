"""The mood of every section over time, with how sure it is and what it rests on."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.breaks import Alarm, calibrate_alarms, find_breaks, smallest_detectable_step
from massline.engine.mood.display_scale import Z90, Scale
from massline.engine.mood.hyperparameters import learn_hyperparameters
from massline.engine.mood.integrated_prediction import (
    best_fit_moments,
    mixed_posterior,
    posterior_at_known_strengths,
)
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.latent_field import MOST_NOISE, FieldPlaces
from massline.engine.mood.leap_model_set import LeapModelSet, weigh_leap_models
from massline.engine.mood.model_problem import ModelSpan, Problem, lay_out_problem, places_to_predict
from massline.engine.mood.named_breaks import named_breaks
from massline.engine.mood.newest_day_counts import newest_days
from massline.engine.mood.normal_mixture import NormalMixture
from massline.engine.mood.over_dispersion import discount_answers
from massline.engine.mood.readings import MoodReadings
from massline.engine.mood.result import Hyperparameters, Mood, SourceBias
from massline.engine.mood.single_fit_prediction import PredictionPlaces
from massline.engine.not_enough import NotEnough

BLIND = 1.25
"""Logits, about 30 points in the middle: a section that would not show even this is said to be out of
sight.
"""
LEAST_READINGS = 20
DETECTOR_SHARE = 0.3
"""Share of a section's false alarms left to the change-point detector; the rest is for leaps."""
AT_BOUND = 0.98
"""Share of the highest noise from which the readings are said to contradict one another."""


def estimate(
    readings: MoodReadings,
    *,
    seed: int,
    until: date | None = None,
    every: int = 7,
    item: str | None = None,
    previous: Hyperparameters | None = None,
    alarms: tuple[Alarm, ...] = (),
    breaks: bool = True,
    false_alarms: float = 0.5,
) -> Mood | NotEnough:
    """Estimate the mood of sections over time from sparse, irregular, biased readings.

    A hierarchical dynamic model: a common level that wanders, group and section effects that are partly
    lasting and partly drift back, leaps of single sections, item and source bias, more spread than chance and now
    and then an odd reading; cumulative-logit likelihood, Laplace's approximation, hyper-parameters integrated.
    The last day is added at the strengths learned before it. Sections with few readings lean on their
    group and on everybody; their intervals say so.

    Parameters
    ----------
    readings
        What was heard.
    seed
        For the parts that simulate.
    until
        The last day to report, on or after the last reading (the default).
    every
        Days between reported days.
    item
        In whose words to tell the mood; the item with most readings if not named.
    previous
        Hyper-parameters and alarms of an earlier estimate: skips learning them, for a quick update.
    alarms
        Alarms of an earlier estimate, whose thresholds are kept while the rest is learned anew.
    breaks
        Look for breaks: takes simulated worlds to set the alarms' thresholds.
    false_alarms
        How many false alarms a section (group, ...) and year to accept.

    Returns
    -------
    Mood or NotEnough
        `NotEnough` under 20 readings, or where an item has a single answer.

    Raises
    ------
    ValueError
        For an unknown item, a day before the last reading, or hyper-parameters that do not fit the readings.

    Notes
    -----
    Bias that all sources share cannot be seen by any such model. See docs/methods/mood.md.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> start = date(2026, 1, 5)
    >>> rows = [(start + timedelta(days=7 * w), s, c, 2 + (c == up))
    ...         for w in range(8) for s, up in (("North", 1), ("South", 0)) for c in (0, 1)]
    >>> mood = estimate(MoodReadings.from_rows(rows), seed=1)
    >>> bool(mood.mean[0, -1] > mood.mean[1, -1])
    True
    """
    short = _too_little(readings)
    if short is not None:
        return short
    last = until or readings.last_day
    if last < readings.last_day:
        raise ValueError(f"until is {last}, before the last reading on {readings.last_day}")
    span, headline = ModelSpan(readings.first_day, last), _headline(readings, item)
    days = span.grid(every)
    layout = lay_out_problem(readings, span)
    at = places_to_predict(len(readings.sections), days, span, headline)
    known = _known(layout.problem, at, span, previous)
    best, shape = known.now.best, (len(readings.sections), len(days))
    scale = Scale.of(readings.steps[headline], best.cuts[headline])
    mean, low, high = (part.reshape(shape) for part in scale.of_mixture(known.mixture))
    eta = known.mixture.mean.reshape(shape)
    if breaks:
        kept = previous.alarms if previous is not None else alarms
        rng = np.random.default_rng(seed)
        alarms = kept or calibrate_alarms(
            best, span.days, rng, target=false_alarms, section_share=DETECTOR_SHARE
        )
    else:
        alarms = ()
    found = find_breaks(best, span.days, alarms)
    now = mean[:, -1], low[:, -1], high[:, -1]
    return Mood(
        sections=readings.sections,
        days=days,
        item=readings.items[headline],
        scale=scale,
        mean=mean,
        low=low,
        high=high,
        eta=eta,
        variance=known.mixture.variance.reshape(shape),
        readings=_heard(readings, days),
        breaks=named_breaks(found, known.now, readings=readings, span=span, scale=scale, eta=eta[:, -1])
        if breaks
        else (),
        newest=newest_days(readings, last, scale, headline, now),
        is_too_noisy=best.value("noise") >= AT_BOUND * MOST_NOISE,
        smallest_visible=_visible(best, span, alarms, scale, eta[:, -1]),
        sources=_sources(readings, known),
        hyper=Hyperparameters.of(best, span.days, known.widening, alarms, known.spread),
        days_together=layout.together,
        rests_on=_rests_on(readings),
        left_out=dict(readings.left_out),
        seed=seed,
    )


@dataclass(frozen=True, eq=False)
class _Known:
    """Fits of all readings, the estimate at the questions, and how much wider integration makes intervals."""

    now: LeapModelSet
    mixture: NormalMixture
    widening: float
    spread: float


def _known(problem: Problem, at: FieldPlaces, span: ModelSpan, previous: Hyperparameters | None) -> _Known:
    questions = PredictionPlaces.about(problem, at)
    if previous is not None:
        theta, gaps = previous.for_problem(problem, span.days)
        now = weigh_leap_models(discount_answers(problem, previous.spread), theta, gaps, tolerance=1e-2)
        mixture = posterior_at_known_strengths(questions, now, previous.widening)
        return _Known(now, mixture, previous.widening, previous.spread)
    learned = learn_hyperparameters(problem)
    whole = best_fit_moments(questions, learned)
    _, plain = questions.answer(learned.best)
    widening = float(np.sqrt(np.mean(whole[1] / plain)))
    return _Known(learned.now, mixed_posterior(questions, learned), widening, learned.spread)


def _too_little(readings: MoodReadings) -> NotEnough | None:
    people = int(readings.people.sum())
    if people < LEAST_READINGS:
        return NotEnough(people, LEAST_READINGS, "readings")
    fewest = min(len(steps) for steps in readings.steps)
    if fewest < 2:
        return NotEnough(fewest, 2, "different answers")
    return None


def _headline(readings: MoodReadings, item: str | None) -> int:
    if item is not None:
        if item not in readings.items:
            raise ValueError(f"no reading has the item {item!r}")
        return readings.items.index(item)
    heard = np.bincount(readings.item, readings.people, minlength=len(readings.items))
    return int(np.argmax(heard))


def _heard(readings: MoodReadings, days: tuple[date, ...]) -> Floats:
    ends = np.array([day.toordinal() for day in days])
    window = np.searchsorted(ends, readings.day)
    heard = np.zeros((len(readings.sections), len(days)))
    # days before the first reported window count towards the first reported day
    np.add.at(heard, (readings.section, np.minimum(window, len(days) - 1)), readings.people)
    return heard


def _visible(found: ModeFit, span: ModelSpan, alarms: tuple[Alarm, ...], scale: Scale, eta: Floats) -> Floats:
    """Smallest visible change per section on the scale; not a number where none would have been seen."""
    if not alarms:
        return np.full(len(eta), np.nan)
    step = smallest_detectable_step(found, span.days, alarms[0])
    seen = step <= BLIND
    return np.where(seen, scale.step(eta, np.where(seen, step, 0.0)), np.nan)


def _sources(readings: MoodReadings, known: _Known) -> tuple[SourceBias, ...]:
    """Bias of each source against the usual mix: what all share is part of the mood."""
    best = known.now.best
    part = best.problem.field.slices.get("source")
    if part is None:
        return ()
    against = np.eye(len(readings.sources)) - best.problem.field.mix
    mean = against @ best.shared[part]
    variance = np.diag(against @ best.spread[part, part] @ against.T)
    reach = np.sqrt(np.maximum(variance, 0)) * known.widening * Z90
    return tuple(
        SourceBias(name, float(m), float(m - r), float(m + r))
        for name, m, r in zip(readings.sources, mean, reach, strict=True)
    )


def _rests_on(readings: MoodReadings) -> dict[str, int]:
    return {
        "readings": round(float(readings.people.sum())),
        "sections": len(readings.sections),
        "days": len(np.unique(readings.day)),
        "items": len(readings.items),
        "sources": len(readings.sources),
        "rows": readings.rows,
    }
