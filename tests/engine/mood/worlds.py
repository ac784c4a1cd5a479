"""Small simulated worlds for the mood tests: the truth is known, so the estimate can be held against it."""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import cuts_from, step_chances
from massline.engine.mood.latent_field import FieldPlaces, make_latent_field
from massline.engine.mood.model_problem import Problem


@dataclass(frozen=True, eq=False)
class World:
    """A problem with the sections' true standing, (S, T), at evenly spaced times on [0, 1]."""

    problem: Problem
    truth: Floats


def world(
    seed: int,
    *,
    sections: int = 12,
    times: int = 20,
    steps: int = 2,
    items: int = 1,
    sources: int = 1,
    people: int = 6,
) -> World:
    """Sections in two groupings, each a lasting level plus a slow wave, heard at random."""
    rng = np.random.default_rng(seed)
    groups = (rng.integers(0, 3, sections), rng.integers(0, 2, sections))
    phase = rng.uniform(0, 6, sections)[:, None]
    clock = np.linspace(0, 1, times)
    truth = rng.normal(0, 0.5, sections)[:, None] + 0.4 * np.sin(4 * clock + phase) + 0.5 * clock
    section, when = np.nonzero(rng.random((sections, times)) < 0.5)
    item = rng.integers(0, items, len(section))
    source = rng.integers(0, sources, len(section))
    eta = truth[section, when] + 0.4 * item + 0.3 * (source == 1)
    ladders = tuple(tuple(range(steps)) for _ in range(items))
    gaps = np.zeros(items * (steps - 2))
    chance = step_chances(eta, cuts_from(gaps, ladders)[item])
    counts = np.stack([rng.multinomial(people, p / p.sum()) for p in chance]).astype(float)
    field = make_latent_field(groups, items=items, sources=sources, moments=times, span_days=365.0)
    return World(
        Problem(field, FieldPlaces(section, clock[when], item, source), counts, ladders, sections), truth
    )
