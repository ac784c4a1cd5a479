"""Votes to bench with: the real conversations, and synthetic ones with heavy-tailed participation."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.engine.opinion.conversations import real_names, real_table

Integers = NDArray[np.integer]
FOLDER = Path(__file__).parents[1] / "build" / "opinion-votes"


def prepare_real() -> dict[str, Path]:
    """Every real conversation as a file of three integer columns, last votes only."""
    found = {}
    for name in real_names():
        table = real_table(name)
        found[name] = write_votes(
            name,
            np.array(table.participants[table.voter], np.int64),
            np.array(table.statements[table.statement], np.int64),
            table.value,
        )
    return found


def write_votes(name: str, participant: Integers, statement: Integers, value: Integers) -> Path:
    """Write three columns."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.npz"
    np.savez(path, participant=participant, statement=statement, value=value)
    return path


def draw_synthetic(people: int, statements: int, votes: int, *, seed: int = 0) -> Path:
    """Four camps in four dimensions, a few people who vote a lot and many who vote a little; repeats dropped."""
    rng = np.random.default_rng(seed)
    camp = rng.choice(4, people, p=[0.4, 0.3, 0.2, 0.1])
    place = (rng.normal(size=(4, 4)) * 1.2)[camp] + 0.7 * rng.normal(size=(people, 4))
    pull, lean = rng.normal(size=(statements, 4)) / 2, rng.normal(size=statements) * 0.6
    each = rng.pareto(1.8, people) + 0.4
    count = np.clip(rng.poisson(each / each.sum() * votes), 1, statements * 9 // 10)
    shown = rng.permutation(1 / np.arange(1, statements + 1) ** 0.35)
    who = np.repeat(np.arange(people, dtype=np.int64), count)
    cell = who * statements + np.searchsorted(np.cumsum(shown / shown.sum()), rng.random(len(who))).clip(
        0, statements - 1
    )
    del who
    cell = np.unique(cell)
    participant, statement = (cell // statements).astype(np.int32), (cell % statements).astype(np.int32)
    del cell
    value = np.empty(len(participant), np.int8)
    for low in range(0, len(value), 2_000_000):
        part = slice(low, low + 2_000_000)
        p, s = participant[part], statement[part]
        latent = np.einsum("ia,ia->i", place[p], pull[s]) + lean[s] + 0.6 * rng.logistic(size=len(p))
        value[part] = np.where(rng.random(len(p)) < 0.15, 0, np.where(latent > 0, 1, -1))
    return write_votes(f"synthetic-{people}", participant, statement, value)
