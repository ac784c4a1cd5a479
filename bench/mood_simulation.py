"""Worlds drawn from the model's own family: does a 90 % interval hold 90 %, and how fast is it?"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy.special import expit

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.cumulative_logit import step_chances
from massline.engine.mood.hyperparameters import learn_hyperparameters
from massline.engine.mood.integrated_prediction import (
    integrated_moments,
    mixed_posterior,
    posterior_at_known_strengths,
)
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.latent_field import FieldPlaces, make_latent_field
from massline.engine.mood.leap_model_set import weigh_leap_models
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.single_fit_prediction import PredictionPlaces


@dataclass(frozen=True)
class World:
    """The shape of a drawn world: sections x steps of time, groups, strengths in logits, and how people are asked."""

    sections: int = 50
    times: int = 52
    dims: tuple[int, ...] = (5, 5, 2)
    rate: float = 0.25
    people: float = 6.0
    walk: float = 0.08
    level: tuple[float, ...] = (0.3, 0.3, 0.2)
    drift: tuple[float, ...] = (0.1, 0.1, 0.05)
    own_level: float = 0.3
    own_drift: float = 0.25
    length: float = 10.0
    noise: float = 0.15
    sources: int = 1
    source: float = 0.2
    cuts: tuple[float, ...] = (0.0,)
    step_days: float = 7.0
    jumps: tuple[tuple[int, int, float], ...] = field(default=())


@dataclass(frozen=True, eq=False)
class DrawnWorld:
    """A drawn world: when and what was answered, and the truth (S, T)."""

    section: Ints
    when: Ints
    source: Ints
    counts: Floats
    groups: tuple[Ints, ...]
    truth: Floats
    sources: int
    step_days: float

    def problem(self, until: int | None = None) -> Problem:
        """Lay out the readings up to and including a time (the last if none)."""
        times = self.truth.shape[1]
        last = times - 1 if until is None else until
        rows = np.flatnonzero(self.when <= last)
        made = make_latent_field(
            self.groups,
            items=1,
            sources=self.sources,
            moments=last + 1,
            span_days=max(last, 1) * self.step_days,
        )
        at = FieldPlaces(self.section[rows], self.when[rows] / max(last, 1), 0 * rows, self.source[rows])
        steps = (tuple(range(self.counts.shape[1])),)
        return Problem(made, at, self.counts[rows], steps, len(self.truth))

    def grid(self, times: Ints) -> FieldPlaces:
        """Ask after every section at these times."""
        sections, last = len(self.truth), self.truth.shape[1] - 1
        count = sections * len(times)
        return FieldPlaces(
            np.repeat(np.arange(sections), len(times)),
            np.tile(times / last, sections),
            np.zeros(count, dtype=np.int64),
            np.full(count, -1),
        )


def draw_world(world: World, seed: int) -> DrawnWorld:
    """Draw one world."""
    rng = np.random.default_rng(seed)
    groups = tuple(rng.integers(0, size, world.sections) for size in world.dims)
    truth = np.cumsum(rng.normal(0, world.walk, world.times)) + np.zeros((world.sections, 1))
    for code, size, level, drift in zip(groups, world.dims, world.level, world.drift, strict=False):
        truth = truth + (rng.normal(0, level, (size, 1)) + _waves(rng, drift, world, size))[code]
    truth = (
        truth
        + rng.normal(0, world.own_level, (world.sections, 1))
        + _waves(rng, world.own_drift, world, world.sections)
    )
    for unit, since, jump in world.jumps:
        truth[unit, since:] += jump
    section, when = np.nonzero(rng.random(truth.shape) < world.rate)
    asked = 1 + rng.poisson(world.people - 1, len(section))
    source = rng.integers(0, world.sources, len(section))
    bias = rng.normal(0, world.source, world.sources) * (world.sources > 1)
    eta = truth[section, when] + rng.normal(0, world.noise, len(section)) + bias[source]
    share = step_chances(eta, np.array(world.cuts))
    counts = rng.multinomial(asked, share / share.sum(axis=1, keepdims=True)).astype(float)
    return DrawnWorld(section, when, source, counts, groups, truth, world.sources, world.step_days)


def _waves(rng: np.random.Generator, sd: float, world: World, count: int) -> Floats:
    keep = np.exp(-1 / world.length)
    wave = rng.normal(0, sd, (count, world.times))
    for step in range(1, world.times):
        wave[:, step] = keep * wave[:, step - 1] + np.sqrt(1 - keep**2) * wave[:, step]
    return wave


LADDER = (-1.5, -0.5, 0.5, 1.5)
CONFIGURATIONS: dict[str, tuple[World, int]] = {
    "50 sections x 52 weeks": (World(), 20),
    "a tenth of the weeks heard": (World(rate=0.1), 12),
    "twenty people a reading": (World(people=20.0), 12),
    "six sources with their own bias": (World(sources=6), 12),
    "100 sections x 26 weeks": (World(sections=100, times=26), 12),
    "20 sections x 16 weeks": (World(sections=20, times=16, dims=(4,)), 24),
    "five-step ladder": (World(cuts=LADDER, people=4.0), 12),
    "sections that hardly differ": (World(own_level=0.1, own_drift=0.1, level=(0.1, 0.1, 0.1)), 12),
}


def simulation_rows() -> list[dict[str, Any]]:
    """A row per configuration, with standard errors over drawn worlds."""
    return [{"world": name, **_configuration(world, reps)} for name, (world, reps) in CONFIGURATIONS.items()]


def _configuration(world: World, reps: int) -> dict[str, Any]:
    rows = [_simulate(world, 100 + seed) for seed in range(reps)]
    table: dict[str, Any] = {"worlds": reps}
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        table[name] = {
            "value": round(float(values.mean()), 4),
            "se": round(float(values.std(ddof=1) / reps**0.5), 4),
        }
    return table


def _simulate(world: World, seed: int) -> dict[str, float]:
    drawn = draw_world(world, seed)
    problem = drawn.problem()
    learned = learn_hyperparameters(problem)
    questions = PredictionPlaces.about(problem, drawn.grid(np.arange(world.times)))
    plain, plain_variance = questions.answer(learned.best)
    mixture = mixed_posterior(questions, learned)
    mean, shape = mixture.mean, drawn.truth.shape
    # where only differences can be known, cuts taking up the level, compare after centring both
    truth = drawn.truth - (drawn.truth.mean() - mean.mean() if len(world.cuts) > 1 else 0.0)
    off = np.abs(mean.reshape(shape) - truth)
    low, high = (mixture.quantile(share).reshape(shape) for share in (0.05, 0.95))
    held = (low < truth) & (truth < high)
    plugged = np.abs(plain.reshape(shape) - truth) < 1.6449 * np.sqrt(plain_variance).reshape(shape)
    found = {
        "cover90": float(held.mean()),
        "cover90_last_week": float(held[:, -1].mean()),
        "cover90_hyper_plugged_in": float(plugged.mean()),
        "rmse_logit": float(np.sqrt((off**2).mean())),
    }
    if len(world.cuts) == 1:
        share = expit(truth)
        found["mae_share"] = float(np.abs(expit(mean.reshape(shape)) - share).mean())
        found["mae_share_four_week_average"] = float(np.abs(_average(drawn) - share).mean())
    return found


def _average(drawn: DrawnWorld) -> Floats:
    """Share over the last four weeks of each section; everybody's where nobody was heard."""
    shape = drawn.truth.shape
    yes, asked = np.zeros(shape), np.zeros(shape)
    np.add.at(yes, (drawn.section, drawn.when), drawn.counts[:, 1])
    np.add.at(asked, (drawn.section, drawn.when), drawn.counts.sum(axis=1))
    pooled = yes.sum() / asked.sum()
    found = np.full(shape, pooled)
    for step in range(shape[1]):
        recent = slice(max(0, step - 3), step + 1)
        heard = asked[:, recent].sum(axis=1)
        found[:, step] = np.where(heard > 0, (yes[:, recent].sum(axis=1) + 0.5) / (heard + 1), pooled)
    return found


def _cpu_seconds(work: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return round(float(np.median(spent)), 4)


def speed_rows() -> list[dict[str, Any]]:
    """CPU seconds: everything (learning, leaps, integrating, every section x week with its interval), and an update of
    the last day at known strengths, leaps looked for anew.
    """
    year = World(
        sections=1000,
        times=365,
        dims=(20, 10, 5),
        rate=0.05,
        people=5.0,
        walk=0.03,
        length=60.0,
        step_days=1.0,
    )
    weeks = replace(year, times=52, rate=0.3, walk=0.08, length=10.0, step_days=7.0)
    rows = []
    leapt = World(rate=0.3, jumps=((3, 49, 3.0), (9, 51, 3.5)))
    for name, world, every, times in (
        ("50 x 52", World(rate=0.3), 1, 5),
        ("50 x 52, two sections leapt", leapt, 1, 5),
        ("1,000 x 52", weeks, 1, 1),
        ("1,000 x 365", year, 7, 1),
    ):
        drawn = draw_world(world, 1)
        asked = np.arange(world.times - 1, -1, -every)[::-1]

        def whole(drawn: DrawnWorld = drawn, asked: Ints = asked) -> None:
            problem = drawn.problem()
            integrated_moments(
                PredictionPlaces.about(problem, drawn.grid(asked)), learn_hyperparameters(problem)
            )

        best = learn_hyperparameters(drawn.problem(), integrate=False).best

        def update(drawn: DrawnWorld = drawn, asked: Ints = asked, best: ModeFit = best) -> None:
            problem = drawn.problem()
            now = weigh_leap_models(problem, best.theta, best.gaps, tolerance=1e-2)
            posterior_at_known_strengths(PredictionPlaces.about(problem, drawn.grid(asked[-1:])), now, 1.0)

        rows.append(
            {
                "size": name,
                "rows": len(drawn.section),
                "full_cpu_s": _cpu_seconds(whole, times),
                "update_cpu_s": _cpu_seconds(update, times),
            }
        )
    return rows
