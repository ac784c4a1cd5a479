"""The result of a mood estimate."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.breaks import Alarm
from massline.engine.mood.cumulative_logit import gap_count
from massline.engine.mood.display_scale import Scale
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.newest_day_counts import NewestDayHeard


@dataclass(frozen=True)
class Hyperparameters:
    """Learned hyper-parameters of movement, enough to update an estimate without learning them again.

    `theta` and `gaps` are on the log scale, in units of a span of `span_days`; `widening` is how much wider
    an interval's half-width becomes when hyper-parameters are integrated, `spread` the over-dispersion of the ladder's
    shape.
    """

    names: tuple[str, ...]
    theta: tuple[float, ...]
    gaps: tuple[float, ...]
    span_days: int
    widening: float
    alarms: tuple[Alarm, ...] = ()
    spread: float = 0.0

    @classmethod
    def of(
        cls, fit: ModeFit, span_days: int, widening: float, alarms: tuple[Alarm, ...], spread: float
    ) -> "Hyperparameters":
        """Keep what a fit learned."""
        theta, gaps = tuple(fit.theta.tolist()), tuple(fit.gaps.tolist())
        return cls(fit.problem.field.names, theta, gaps, span_days, widening, alarms, spread)

    def for_problem(self, problem: Problem, span_days: int) -> tuple[Floats, Floats]:
        """Return theta and gaps in the units of another span.

        Raises
        ------
        ValueError
            Where the problem has other groupings, sources, items or steps than what was learned from.
        """
        if self.names != problem.field.names:
            raise ValueError("the earlier estimate had other groupings or sources: estimate anew")
        if len(self.gaps) != gap_count(problem.steps):
            raise ValueError("the earlier estimate had other items or steps: estimate anew")
        theta = dict(zip(self.names, self.theta, strict=True))
        longer = float(np.log(span_days / self.span_days))
        theta["length"] -= longer
        theta["drift_all"] += 0.5 * longer
        return np.array([theta[name] for name in self.names]), np.array(self.gaps)

    def values(self) -> dict[str, float]:
        """Hyper-parameters on their own scale: standard deviations in logits, `length_days` in days."""
        plain = {name: float(np.exp(x)) for name, x in zip(self.names, self.theta, strict=True)}
        plain["length_days"] = plain.pop("length") * self.span_days
        return plain


@dataclass(frozen=True)
class SourceBias:
    """The bias of a source, above (+) or below the average source, in logits, with its 90 % interval."""

    source: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Break:
    """A level that changed for good.

    Attributes
    ----------
    kind, name
        "section", "group" or "all", and which.
    noticed, since
        The day the alarm was raised, and the likeliest day of the change.
    change
        On the mood's scale.
    chance
        For a leap of the last 28 days the posterior probability of that leap; else the probability of a break in
        the month before, by the detector's own model.
    """

    kind: str
    name: str
    noticed: date
    since: date
    change: float
    chance: float


@dataclass(frozen=True, eq=False)
class Mood:
    """The mood of every section on every reported day.

    Attributes
    ----------
    sections, days
        Row and column names of the arrays.
    item, scale
        The item in whose words the mood is told, and whether as a "share" (0 to 1) or an average "step".
    mean, low, high : (S, T) float
        Posterior mean and 90 % interval on that scale.
    eta, variance : (S, T) float
        The same before the scale: mean and variance in logits.
    readings : (S, T) float
        People heard in the days up to and including each reported day since the one before.
    breaks
        Levels that changed for good, noticed last first.
    newest
        Per section what was heard on its newest day in the last week, plainly counted; None where nobody was.
    is_too_noisy
        The readings contradict one another so much that the noise is at its bound: not to be drawn.
    smallest_visible : (S,) float
        Smallest lasting change of the last 28 days that each section's readings would have shown, on the
        scale; not a number where a change of 30 points would have gone unseen ("we could not have seen it
        yet").
    sources
        Bias of each source, where there are several.
    hyper
        What was learned about movement, and the alarms with their rates of false alarms.
    days_together
        Days taken as one where sections were heard very often; 1 is every day on its own.
    rests_on, left_out
        Counts of what went in and what did not.
    seed
        As handed in.
    """

    sections: tuple[str, ...]
    days: tuple[date, ...]
    item: str
    scale: Scale
    mean: Floats
    low: Floats
    high: Floats
    eta: Floats
    variance: Floats
    readings: Floats
    breaks: tuple[Break, ...]
    newest: tuple[NewestDayHeard | None, ...]
    is_too_noisy: bool
    smallest_visible: Floats
    sources: tuple[SourceBias, ...]
    hyper: Hyperparameters
    days_together: int
    rests_on: dict[str, int]
    left_out: dict[str, int]
    seed: int
