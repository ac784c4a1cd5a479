"""Tamper radius of the map's verdict: how many coordinated participants change the number of groups half the time.

Simulated. Four kinds of attack are tried on a ladder of sizes until two kinds have changed the verdict; from there the
size goes up after a failure and down after a success, and the mean of where it went is the size with an even chance
(the up-and-down method of Dixon and Mood 1948). A small knot that is named as one changes nothing.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.canonical_order import canonical_order
from massline.engine.opinion.estimate import LEAST_PEOPLE, Opinion
from massline.engine.opinion.group_decision import find_groups
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.pca import MOST_DIMENSIONS
from massline.engine.opinion.permutation_null import count_real_dimensions
from massline.engine.opinion.planted_votes import PERSONAS, Persona, PlantedBallots, plant_participants
from massline.engine.opinion.projection import least_votes_to_be_grouped, project_people
from massline.engine.votes import VoteTable

LEAST_SHARE, MOST_SHARE = 0.01, 0.3
LADDER, STEP = 1.6, 1.2
TRIALS, MORE_TRIALS = 8, 12
DRAWS, REDRAWS = 10, 8
FURTHER_SEEDS = 2
MOST_VOTES = 100_000


@dataclass(frozen=True)
class DecisionRadius:
    """The number of coordinated participants who change the number of groups half the time.

    Attributes
    ----------
    people : None where none of the attacks did, up to `tried_up_to`; 0 where the seed alone decides
    persona : of the strongest kind of attack, None where none changed the verdict
    groups : the verdict attacked, 1 for a spectrum
    tried_up_to : most participants planted
    attacks : attacks simulated
    """

    people: int | None
    persona: Persona | None
    groups: int
    tried_up_to: int
    attacks: int


def measure_decision_radius(
    opinion: Opinion, *, seed: int, trials: int = MORE_TRIALS
) -> DecisionRadius | NotEnough:
    """Attack a map until its verdict changes half the time; the same map and seed give the same number.

    Conversations of over 100,000 votes are attacked on a random sample of their people, and the number is scaled up.

    Parameters
    ----------
    trials : attacks on the strongest kind after the first few; twice as many halve the variance
    """
    outcome = opinion.outcome
    if isinstance(outcome, NotEnough):
        return outcome
    groups = outcome.partition.count - len(outcome.knots) if isinstance(outcome, Groups) else 1
    most = round(MOST_SHARE * opinion.table.shape[0])
    if isinstance(outcome, Spectrum) and outcome.too_close:
        return DecisionRadius(0, None, groups, most, 0)
    table, scale = sample_for_attack(opinion.table, np.random.default_rng([seed, 30]))
    attacks = Attacks(table, groups, seed, number=is_number_sure(opinion, table, seed=seed))
    found = attacks.sizes(trials)
    if not found:
        return DecisionRadius(None, None, groups, most, attacks.made)
    persona = min(found, key=lambda kind: found[kind])
    return DecisionRadius(max(1, round(found[persona] * scale)), persona, groups, most, attacks.made)


def is_number_sure(opinion: Opinion, table: VoteTable, *, seed: int) -> bool:
    """True if several seeds find the same number of groups in the table as nobody has attacked it."""
    separation = None if isinstance(opinion.outcome, NotEnough) else opinion.outcome.separation
    if separation is not None and sum(number > 1 for number in separation.verdicts) > 1:
        return False
    keys = np.random.SeedSequence([seed, 32]).generate_state(FURTHER_SEEDS).tolist()
    return len({count_groups_found(table, seed=key) for key in [seed, *keys]}) == 1


def sample_for_attack(table: VoteTable, rng: np.random.Generator) -> tuple[VoteTable, float]:
    """The table, or a sample of its people, and how many people one of the sample stands for."""
    if table.votes <= MOST_VOTES:
        return table, 1.0
    everybody = np.arange(table.shape[0])
    share = MOST_VOTES / table.votes
    people: NDArray[np.intp] = np.sort(
        rng.choice(everybody, max(1, round(share * len(everybody))), replace=False)
    )
    return table.subset(people), len(everybody) / len(people)


@dataclass(eq=False)
class Attacks:
    """Attacks on one conversation; the same kind, size and turn plant the same participants.

    Where seeds differ on the number of groups, only another verdict on whether there are any counts as a change.

    Each gives as many answers as the median of those who gave enough to be put into a group.
    """

    table: VoteTable
    groups: int
    seed: int
    number: bool = True
    made: int = 0
    votes: int = field(init=False)

    def __post_init__(self) -> None:
        each = self.table.votes_each
        enough = each[each >= least_votes_to_be_grouped(self.table)]
        self.votes = int(np.median(enough)) if len(enough) else 0

    @property
    def least(self) -> int:
        return max(2, round(LEAST_SHARE * self.table.shape[0]))

    @property
    def most(self) -> int:
        return round(MOST_SHARE * self.table.shape[0])

    def succeeds(self, persona: Persona, size: int, turn: int) -> bool:
        """True if the number of groups is another one afterwards."""
        self.made += 1
        rng = np.random.default_rng([self.seed, 31, PERSONAS.index(persona), size, turn])
        planted = plant_participants(self.table, size, PlantedBallots(persona, self.votes), rng)
        found = count_groups_found(planted, seed=self.seed)
        return found != self.groups if self.number else (found > 1) != (self.groups > 1)

    def sizes(self, trials: int) -> dict[Persona, float]:
        """The size with an even chance, for the two kinds that changed the verdict first; more trials for the stronger."""
        first = self.climb()
        found = {
            persona: self.walk(persona, start, range(1, TRIALS + 1))
            for persona, start in sorted(first.items(), key=lambda item: item[1])[:2]
        }
        if found:
            strongest = min(found, key=lambda persona: found[persona])
            again = self.walk(strongest, found[strongest], range(TRIALS + 1, TRIALS + trials + 1))
            weight = trials / (trials + TRIALS / 2)
            found[strongest] = float(np.exp(weight * np.log(again) + (1 - weight) * np.log(found[strongest])))
        return found

    def climb(self) -> dict[Persona, int]:
        """The first rung at which each kind changed the verdict, until two have and the next rung was tried."""
        size, first = self.least, dict[Persona, int]()
        while size <= self.most and len(first) < 2 and size <= LADDER * min(first.values(), default=size):
            for persona in PERSONAS:
                if persona not in first and self.succeeds(persona, size, 0):
                    first[persona] = size
            size = max(size + 1, round(size * LADDER))
        return first

    def walk(self, persona: Persona, start: float, turns: range) -> float:
        """Go down after a success and up after a failure; the geometric mean of where it went after the first turn about."""
        level, levels, last = float(start), list[float](), None
        for turn in turns:
            hit = self.succeeds(persona, max(1, round(level)), turn)
            if last is not None and (hit != last or levels):
                levels.append(np.log(level) + (-0.5 if hit else 0.5) * np.log(STEP))
            last, level = hit, level / STEP if hit else level * STEP
        return float(np.exp(np.mean(levels))) if levels else level


def count_groups_found(table: VoteTable, *, seed: int) -> int:
    """Number of groups by one seed, 1 for a spectrum with or without knots."""
    trial = project_people(canonical_order(table).applied(table), count=MOST_DIMENSIONS, tolerance=1e-4)
    if len(trial.placed) < LEAST_PEOPLE:
        return 1
    dimensions = count_real_dimensions(
        trial.table, trial.axes, rng=np.random.default_rng([seed, 1]), draws=DRAWS
    )
    return find_groups(trial, dimensions, seed=seed, draws=DRAWS, redraws=REDRAWS).groups
