"""Small houses with sparse reports, in which on the last evening one section leaps, drifts, or is misread.

Nothing here is drawn from the model's family: steps are written down by people, groups share an error of their own,
and channels are biased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.special import expit

from massline.engine.mood import GroupReport
from massline.engine.mood.array_types import Floats

CUTS: Floats = np.array([-2.4, -0.8, 0.8, 2.4])
CHANNELS = ("door", "stall", "phone", "meeting", "paper")
USUAL: Floats = np.array([0.6, 0.1, 0.1, 0.1, 0.1])
START = date(2026, 1, 5)
KINDS = ("surge", "drift", "odd")
ODD_MEETING = 12
DRIFT_DAYS = 28
_LEVELS: Floats = np.linspace(-9, 9, 4001)


def step_of(level: Floats) -> Floats:
    """Average step of people at a level in logits."""
    steps: Floats = 1 + expit(np.asarray(level)[..., None] - CUTS).sum(axis=-1)
    return steps


def level_of(step: float) -> float:
    """The level at which this is the average step."""
    return float(np.interp(step, step_of(_LEVELS), _LEVELS))


@dataclass(frozen=True, eq=False)
class SurgeWorld:
    """A drawn world.

    Attributes
    ----------
    truth : (S, days) float
        Levels in logits.
    last, unit
        The evening, and the section in question.
    reports, tonight, after
        Reports before it and of others that evening; of the section that evening; of the week after.
    """

    truth: Floats
    last: int
    unit: int
    reports: tuple[GroupReport, ...]
    tonight: tuple[GroupReport, ...]
    after: tuple[GroupReport, ...]

    @property
    def sections(self) -> int:
        """The number of sections."""
        return len(self.truth)


@dataclass(frozen=True, eq=False)
class _Listeners:
    """The listeners' way of writing reports: one step felt for all of a group, or each person asked."""

    rng: np.random.Generator
    is_felt: bool
    bias: Floats

    def report(self, day: int, section: int, level: float, people: int, channel: int) -> GroupReport:
        rng = self.rng
        shared = level + self.bias[channel] + rng.normal(0, 0.3)
        each = shared + rng.logistic(size=people)
        if self.is_felt:
            steps = np.full(people, 1 + (each.mean() + rng.normal(0, 0.5) > CUTS).sum())
        else:
            steps = 1 + (each[:, None] > CUTS).sum(axis=1)
        counts = {int(step): float((steps == step).sum()) for step in np.unique(steps)}
        when = START + timedelta(days=day)
        return GroupReport(when, f"{section:02}", counts, CHANNELS[channel], is_counted=not self.is_felt)


def draw_surge_world(seed: int, kind: str, *, is_felt: bool) -> SurgeWorld:
    """Draw one world; drawn again where some section was never heard or hardly anybody was."""
    rng = np.random.default_rng(seed)
    while True:
        house = _draw_once(rng, kind, is_felt=is_felt)
        heard = {report.section for report in house.reports}
        if sum(report.people for report in house.reports) >= 22 and len(heard) == house.sections:
            return house


def _draw_once(rng: np.random.Generator, kind: str, *, is_felt: bool) -> SurgeWorld:
    truth, last, unit, rise = _truth(rng)
    listeners = _Listeners(rng, is_felt, rng.normal(0, 0.3, len(CHANNELS)))
    if kind == "surge":
        truth[unit, last:] += rise
    elif kind == "drift":
        span = min(DRIFT_DAYS, last)
        truth[unit, last - span : last] += rise * np.arange(span) / span
        truth[unit, last:] += rise
    others = [
        listeners.report(last, section, truth[section, last], int(rng.integers(1, 4)), 0)
        for section in range(len(truth))
        if section != unit and rng.random() < 0.25
    ]
    reports = [*_usual(listeners, truth, range(last // 7)), *others]
    tonight: list[GroupReport] = []
    if kind != "drift":
        channel = int(rng.integers(0, 4))
        level = truth[unit, last] + (rise if kind == "odd" else 0)
        sizes = [ODD_MEETING] if kind == "odd" else _meetings(rng)
        tonight = [listeners.report(last, unit, level, size, channel) for size in sizes]
    week = range(last // 7, last // 7 + 1)
    after = [*_usual(listeners, truth, week)]
    after += [listeners.report(last + 5, unit, truth[unit, last + 5], 4, 0) for _ in range(2)]
    return SurgeWorld(truth, last, unit, tuple(reports), tuple(tonight), tuple(after))


def _truth(rng: np.random.Generator) -> tuple[Floats, int, int, float]:
    """Levels of 3 to 8 sections over 2 to 8 weeks and 8 days; the lowest section, and by how much it would leap."""
    while True:
        sections, last = int(rng.integers(3, 9)), 7 * int(rng.integers(2, 9))
        days = last + 8
        walk = np.cumsum(rng.normal(0, 0.04, days))
        own, keep = np.zeros((sections, days)), np.exp(-1 / 50)
        own[:, 0] = rng.normal(0, 0.3, sections)
        for day in range(1, days):
            own[:, day] = keep * own[:, day - 1] + rng.normal(0, 0.3 * np.sqrt(1 - keep**2), sections)
        truth = rng.normal(-0.3, 0.3) + rng.normal(0, 1.0, (sections, 1)) + own + walk
        unit = int(np.argmin(truth[:, last]))
        step = float(step_of(truth[unit, last])) + float(rng.uniform(1.5, 3.0))
        if step < 4.85:
            return truth, last, unit, level_of(step) - float(truth[unit, last])


def _usual(listeners: _Listeners, truth: Floats, weeks: Sequence[int]) -> list[GroupReport]:
    """None to two reports of each section a week, of one to ten people."""
    rng, reports = listeners.rng, []
    for week in weeks:
        for section in range(len(truth)):
            for _ in range(int(rng.binomial(2, 0.45))):
                day = 7 * week + int(rng.integers(0, 6))
                channel = int(rng.choice(len(CHANNELS), p=USUAL))
                people = int(min(10, rng.geometric(0.35)))
                reports.append(listeners.report(day, section, truth[section, day], people, channel))
    return reports


def _meetings(rng: np.random.Generator) -> list[int]:
    """5 to 60 people in one to three groups."""
    people = round(float(np.exp(rng.uniform(np.log(5), np.log(60)))))
    return [len(group) for group in np.array_split(np.arange(people), int(rng.integers(1, 4)))]
