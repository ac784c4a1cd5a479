"""Detection of planted sets of people who answer alike, and false detections of anybody else.

Real conversations: clean draws of people and statements, swarms of one persona, and honest minorities who think alike but
answer for themselves. The bars were set on other seeds (`CHOSEN_ON`); figures are from seeds of
`FIRST_SEED`, drawn when the method was fixed.

Usage: python -m bench.opinion_alike_detection [CPU seconds a kind] [kind ..]
"""

import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from bench.results_store import has_results, load_results, store_results
from massline.engine.opinion.alike_answer_search import find_alike_sets, find_plainly_alike
from massline.engine.opinion.planted_votes import PlantedBallots, plant_participants
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import real_names, real_table

STORE, FIRST_SEED, SECONDS = "opinion_alike", 2026120306, 1500
CHOSEN_ON = (777, 2026120203)
SHARE, LEAST = 0.05, 10
SHORT = 20
SHARPNESS = (0.8, 1.6, 2.5)
SPREAD, OWN = 0.8, 0.5

load_table = cache(real_table)


def trial_generator(*about: int | str) -> np.random.Generator:
    """A generator for one trial, of its own."""
    return np.random.default_rng([FIRST_SEED, *(b"".join(str(part).encode() for part in about))])


def draw_clean(table: VoteTable, rng: np.random.Generator) -> VoteTable:
    """Four fifths of the people and of the statements, drawn alike."""
    people, statements = table.shape
    drawn = table.subset(np.sort(rng.choice(people, round(0.8 * people), replace=False)))
    kept = np.zeros(statements, bool)
    kept[rng.choice(statements, round(0.8 * statements), replace=False)] = True
    return drawn.keep(kept[drawn.statement])


def add_minority(table: VoteTable, count: int, sharp: float, rng: np.random.Generator) -> VoteTable:
    """Add people with leanings of their own on every statement, who pass as others do and differ among themselves."""
    counts = table.counts
    favour = (counts[:, 2] + 0.5) / (counts[:, 0] + counts[:, 2] + 1)
    passes = (counts[:, 1] + 0.5) / (counts.sum(axis=1) + 1.5)
    lean = np.log(favour / (1 - favour)) + rng.normal(0, sharp, table.shape[1])
    axis, able = rng.normal(0, 1, table.shape[1]), np.flatnonzero(table.votes_each >= 7)
    who, which, value = [table.voter.astype(np.int64)], [table.statement.astype(np.int64)], [table.value]
    for number in range(count):
        like = int(rng.choice(able))
        seen = table.statement[table.start[like] : table.start[like + 1]].astype(np.int64)
        eta = lean[seen] + SPREAD * rng.normal() * axis[seen] + rng.normal(0, OWN, len(seen))
        said = np.where(rng.random(len(seen)) < 1 / (1 + np.exp(-eta)), 1, -1)
        value.append(np.where(rng.random(len(seen)) < passes[seen], 0, said).astype(np.int8))
        who.append(np.full(len(seen), table.shape[0] + number))
        which.append(seen)
    return VoteTable.from_arrays(
        np.concatenate(who), np.concatenate(which), np.concatenate(value), statements=range(table.shape[1])
    )


def search_once(table: VoteTable, real: int, *, seed: int) -> dict[str, Any]:
    """Search one conversation whose first people are real: detected sets, and whether one is mostly planted."""
    found = find_alike_sets(table, seed=seed)
    detected = find_plainly_alike(table, seed=seed) if any(set_.told for set_ in found) else []
    return {
        "told": bool(detected),
        "found": any((set_.people >= real).sum() > len(set_.people) / 2 for set_ in detected),
        "others": any((set_.people < real).sum() >= len(set_.people) / 2 for set_ in detected),
        "bound": max((set_.bound for set_ in found), default=0.0),
    }


def search_clean_draws(name: str, runs: range) -> list[dict[str, Any]]:
    """Draws of people and statements from one conversation with nobody planted."""
    table = load_table(name)
    drawn = ((run, draw_clean(table, trial_generator("clean", name, run))) for run in runs)
    return [search_once(part, part.shape[0], seed=run) for run, part in drawn]


def search_swarms(name: str, runs: range, *, votes: int | None = None) -> list[dict[str, Any]]:
    """Plant one in twenty, ten at least, with ballots as long as others' or of so many votes."""
    table = load_table(name)
    each = table.votes_each
    length = votes or int(np.median(each[each >= 7]))
    count = max(LEAST, round(SHARE * table.shape[0]))
    found = []
    for run in runs:
        ballots = PlantedBallots(("against", "random", "half")[run % 3], length)
        planted = plant_participants(table, count, ballots, trial_generator("swarm", name, length, run))
        found.append(search_once(planted, table.shape[0], seed=run))
    return found


def search_minorities(name: str, runs: range) -> list[dict[str, Any]]:
    """Plant honest minorities of one in twenty, blurred to sharp."""
    table = load_table(name)
    count = max(LEAST, round(SHARE * table.shape[0]))
    found = []
    for run in runs:
        sharp = SHARPNESS[run % len(SHARPNESS)]
        found.append(
            search_once(
                add_minority(table, count, sharp, trial_generator("minority", name, run)),
                table.shape[0],
                seed=run,
            )
        )
    return found


TRIALS: dict[str, Callable[[str, range], list[dict[str, Any]]]] = {
    "clean": search_clean_draws,
    "minorities": search_minorities,
    "swarms": search_swarms,
    "short_ballots": lambda name, runs: search_swarms(name, runs, votes=SHORT),
}
RUNS = {"clean": 37, "minorities": 9, "swarms": 6, "short_ballots": 3}


def run(kind: str, seconds: float) -> dict[str, Any]:
    """Go on with one kind of trial, a round over all conversations at a time, until its runs or the time are spent.

    Rows are written to bench/results/opinion_alike.json after every conversation, and the next call goes on there.
    """
    found: dict[str, Any] = (
        load_results(STORE)["found"] if has_results(STORE) else {"seed": FIRST_SEED, "chosen_on": CHOSEN_ON}
    )
    started, names = time.process_time(), real_names()
    for number in range(RUNS[kind]):
        for name in names:
            rows = found.setdefault(kind, {}).setdefault(name, [])
            if len(rows) > number:
                continue
            if time.process_time() - started > seconds:
                return found
            rows += TRIALS[kind](name, range(number, number + 1))
            store_results(STORE, found)
    return found


if __name__ == "__main__":
    for trial in sys.argv[2:] or TRIALS:
        run(trial, float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
