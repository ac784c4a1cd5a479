"""The mood of every section over time, with how sure it is and what it rests on."""

from datetime import date

import numpy as np

from massline.engine.answers import NotEnough
from massline.engine.mood.arrays import Floats
from massline.engine.mood.hyper import Learned, learn
from massline.engine.mood.laplace import Problem, fit
from massline.engine.mood.predict import Questions, integrated
from massline.engine.mood.problem import Span, lay_out, questions_at
from massline.engine.mood.readings import MoodReadings
from massline.engine.mood.result import Hyper, Mood, SourceBias
from massline.engine.mood.scale import Z90, Scale

LEAST_READINGS = 20


def estimate(
    readings: MoodReadings,
    *,
    seed: int,
    until: date | None = None,
    every: int = 7,
    item: str | None = None,
    previous: Hyper | None = None,
) -> Mood | NotEnough:
    """Estimate the mood of sections over time from sparse, irregular, biased readings.

    A hierarchical dynamic model: a common level that wanders, group and section effects that are partly
    lasting and partly drift back, item and source bias, and more spread than chance; cumulative-logit
    likelihood, Laplace's approximation, hyper-parameters integrated. Sections with few readings lean on their
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
        Hyper-parameters of an earlier estimate: skips learning them, for a quick update.

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
    span = Span(readings.first_day, last)
    problem = lay_out(readings, span)
    told = _headline(readings, item)
    days = span.grid(every)
    questions = Questions.about(problem, questions_at(len(readings.sections), days, span, told))
    if previous is None:
        learned = learn(problem)
        eta, variance = integrated(questions, learned)
        _, plain = questions.answer(learned.best)
        widening = float(np.sqrt(np.mean(variance / plain)))
    else:
        learned = _known(problem, previous, span)
        eta, variance = questions.answer(learned.best)
        widening = previous.widening
        variance = variance * widening**2
    shape = (len(readings.sections), len(days))
    eta, variance = eta.reshape(shape), variance.reshape(shape)
    best = learned.best
    scale = Scale.of(readings.steps[told], best.cuts[told])
    low, high = scale.interval(eta, variance)
    return Mood(
        sections=readings.sections,
        days=days,
        item=readings.items[told],
        scale=scale,
        mean=scale.mean(eta, variance),
        low=low,
        high=high,
        eta=eta,
        variance=variance,
        readings=_heard(readings, days),
        sources=_sources(readings, learned, widening),
        hyper=Hyper(
            problem.field.names, tuple(best.theta.tolist()), tuple(best.gaps.tolist()), span.days, widening
        ),
        rests_on=_rests_on(readings),
        left_out=dict(readings.left_out),
        seed=seed,
    )


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


def _known(problem: Problem, previous: Hyper, span: Span) -> Learned:
    if previous.names != problem.field.names:
        raise ValueError("the earlier estimate had other groupings or sources: estimate anew")
    theta = dict(zip(previous.names, previous.theta, strict=True))
    longer = np.log(span.days / previous.span_days)
    theta["length"] -= longer
    theta["drift_all"] += 0.5 * longer
    gaps = np.array(previous.gaps)
    if len(gaps) != sum(max(len(steps) - 2, 0) for steps in problem.steps):
        raise ValueError("the earlier estimate had other items or steps: estimate anew")
    best = fit(problem, np.array([theta[name] for name in previous.names]), gaps, tolerance=1e-3)
    return Learned(best, (), 1)


def _heard(readings: MoodReadings, days: tuple[date, ...]) -> Floats:
    ends = np.array([day.toordinal() for day in days])
    window = np.searchsorted(ends, readings.day)
    heard = np.zeros((len(readings.sections), len(days)))
    # days before the first reported window count towards the first reported day
    np.add.at(heard, (readings.section, np.minimum(window, len(days) - 1)), readings.people)
    return heard


def _sources(readings: MoodReadings, learned: Learned, widening: float) -> tuple[SourceBias, ...]:
    part = learned.best.problem.field.slices.get("source")
    if part is None:
        return ()
    # against the average source: what all share is part of the mood and cannot be told from it
    against = np.eye(len(readings.sources)) - 1 / len(readings.sources)
    mean = against @ learned.best.shared[part]
    variance = np.diag(against @ learned.best.spread[part, part] @ against)
    spread = np.sqrt(np.maximum(variance, 0)) * widening * Z90
    return tuple(
        SourceBias(name, float(m), float(m - s), float(m + s))
        for name, m, s in zip(readings.sources, mean, spread, strict=True)
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
