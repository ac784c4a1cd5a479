"""Invented participants, planted in a conversation to learn what coordinated people could do to its map."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from massline.engine.votes import VoteTable

Persona = Literal["against", "random", "half", "bystanders"]

PERSONAS: tuple[Persona, ...] = ("against", "random", "half", "bystanders")
SLIPS = 0.15
LEAST_SEEN = 5


@dataclass(frozen=True)
class PlantedBallots:
    """The votes of invented participants.

    Attributes
    ----------
    persona : 'against' what most favour, 'random' sides, 'half' with most and half against, or 'bystanders' who answer
        by everybody's shares and so fill whatever border there is
    votes : answers each gives
    slips : share of answers that do not follow the persona, half of them passes
    """

    persona: Persona
    votes: int
    slips: float = SLIPS


def plant_participants(
    table: VoteTable, count: int, ballots: PlantedBallots, rng: np.random.Generator
) -> VoteTable:
    """Add invented participants, who come after everybody else and vote on statements that five people answered."""
    asked = np.flatnonzero(table.counts.sum(axis=1) >= LEAST_SEEN)
    each = min(ballots.votes, len(asked))
    which = np.concatenate([rng.choice(asked, each, replace=False) for _ in range(count)] or [asked[:0]])
    value = (
        draw_bystander_votes(table, which, rng)
        if ballots.persona == "bystanders"
        else draw_scripted_votes(table, which, ballots, rng)
    )
    people = table.shape[0]
    planted = np.repeat(np.arange(people, people + count), each)
    return VoteTable.from_arrays(
        np.concatenate([table.voter.astype(np.int64), planted]),
        np.concatenate([table.statement.astype(np.int64), which]),
        np.concatenate([table.value, value]),
        statements=range(table.shape[1]),
    )


def draw_scripted_votes(
    table: VoteTable, which: NDArray[np.intp], ballots: PlantedBallots, rng: np.random.Generator
) -> NDArray[np.int8]:
    """Votes on these statements that follow one persona but for slips."""
    favoured = np.where(table.counts[:, 2] > table.counts[:, 0], 1, -1)
    chosen = rng.choice([-1, 1], table.shape[1])
    side = {"against": -favoured, "random": chosen, "half": favoured * chosen}[ballots.persona]
    value = side[which]
    slipped = rng.random(len(which)) < ballots.slips
    return np.asarray(np.where(slipped, np.where(rng.random(len(which)) < 0.5, 0, -value), value), np.int8)


def draw_bystander_votes(
    table: VoteTable, which: NDArray[np.intp], rng: np.random.Generator
) -> NDArray[np.int8]:
    """Votes on these statements by everybody's shares."""
    chance = (table.counts + 0.5) / (table.counts + 0.5).sum(axis=1, keepdims=True)
    above = rng.random(len(which))[:, None] > chance.cumsum(axis=1)[which]
    return np.asarray(np.clip(above.sum(axis=1) - 1, -1, 1), np.int8)
