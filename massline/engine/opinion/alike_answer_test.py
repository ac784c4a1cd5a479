"""Do some people answer more alike than everybody else's votes explain?

Each vote of a set is foretold twice: from the person's own other votes, read the way the votes of everybody outside the
set teach to read them, and from the answers of the others of the set to the same statement. Who share a view that others
share too are foretold equally well either way, however alike they are; who follow one script are foretold by one
another. The model must be fitted without the set: fitted with it, it learns the script as one more dimension.

The result is a number about a set. No person has one, and no set is listed by its people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.bayesian_logistic_model import LogisticModel, SideBelief, expit, pair_logits
from massline.engine.opinion.vote_prediction import Predictor, fit_predictor, take_newton_step, vote_pattern
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

LEAST_VOTES = 20
FOLDS = 4
ROUNDS = 4
# Chances that a set agrees with, disagrees with or has no line of its own on a statement.
LINES = (0.4, 0.4, 0.2)
LEAST_SLIPS, MOST_SLIPS = 0.05, 0.5
# Nats a vote from which a set is told of with nobody at its border, and how much more where it is crowded.
TOLD_FROM, CROWDED = 0.25, 0.1
# One chance in 44: what two standard errors leave out where the error itself is known.
LEVEL = 0.97725
# A ballot that speaks less than this against a set, in nats a vote, might as well be in it.
AT_BORDER = -0.1
LEAST_AT_BORDER = 5
FAINTEST = 1e-6


@dataclass(frozen=True, eq=False)
class Concordance:
    """The gain when a set's votes are predicted by one another instead of by everybody else's.

    Attributes
    ----------
    people : positions in the table, to count and to leave out; never to list
    votes : votes of theirs on statements that two others of the set answered
    gain, error : nats a vote, and the standard error over people
    by_set, by_rest : mean negative log chance of those votes, foretold either way
    promise : nats gained by those of the set who gain, for a search to start from
    """

    people: Positions
    votes: int
    gain: float
    error: float
    by_set: float
    by_rest: float
    promise: float

    @property
    def bound(self) -> float:
        """Nats a vote, less two standard errors; more of them where the error rests on few people (Student)."""
        return self.gain - student_reach(len(self.people)) * self.error

    @property
    def told(self) -> bool:
        """True if the set answers alike plainly enough to be told of where nobody stands at its border."""
        return self.bound >= TOLD_FROM

    def stands_apart(self, at_border: int) -> bool:
        """True if the set is plain enough with so many others at its border, who might as well be in it.

        Shared views shade off into everybody else's, so that where a set ends is arbitrary; a script ends with those
        who follow it. As many outside as inside ask for as much more as there is.
        """
        return self.bound >= TOLD_FROM + CROWDED * min(1.0, at_border / len(self.people))


def student_reach(people: int) -> float:
    """Standard errors that a mean over so many people keeps away with the chance that two keep off a known one."""
    from scipy.special import stdtrit

    return float(stdtrit(people - 1, LEVEL)) if people > 1 else np.inf


def measure_concordance(table: VoteTable, people: Positions, rng: np.random.Generator) -> Concordance:
    """Foretell every vote of a set both ways."""
    outside, inside = split_off_set(table, people)
    by_rest = log_chances_by_rest(fit_predictor(outside), inside, FOLDS, rng)
    everybody = np.ones(inside.votes, bool)
    by_set, enough = log_chances_by_set(outside.counts, inside.statement, inside.value, everybody)
    each = np.bincount(inside.voter[enough], minlength=len(people))
    if each.sum() < LEAST_VOTES:
        return Concordance(people, int(each.sum()), 0.0, np.inf, np.inf, np.inf, 0.0)
    more = (by_set - by_rest)[enough]
    gained = np.bincount(inside.voter[enough], weights=more, minlength=len(people))
    gain = float(more.mean())
    return Concordance(
        people=people,
        votes=len(more),
        gain=gain,
        error=float(np.sqrt(((gained - gain * each) ** 2).sum()) / each.sum()),
        by_set=-float(by_set[enough].mean()),
        by_rest=-float(by_rest[enough].mean()),
        promise=float(np.maximum(gained, 0.0).sum()),
    )


def membership_log_odds(table: VoteTable, people: Positions, rng: np.random.Generator) -> Floats:
    """Log odds that everybody's ballot follows a set rather than everybody else's teaching, own votes in neither, (P,)."""
    outside, _ = split_off_set(table, people)
    by_rest = log_chances_by_rest(fit_predictor(outside), table, FOLDS // 2, rng)
    member = np.zeros(table.shape[0], bool)
    member[people] = True
    by_set, enough = log_chances_by_set(table.counts, table.statement, table.value, member[table.voter])
    odds = np.bincount(table.voter[enough], weights=(by_set - by_rest)[enough], minlength=table.shape[0])
    return np.asarray(odds, np.float64)


def count_at_border(table: VoteTable, people: Positions, rng: np.random.Generator) -> int:
    """The number of people outside a set whose ballots do not speak plainly against their being in it."""
    odds, votes = membership_log_odds(table, people, rng), table.votes_each
    outside = votes >= LEAST_AT_BORDER
    outside[people] = False
    return int((odds[outside] > AT_BORDER * votes[outside]).sum())


def split_off_set(table: VoteTable, people: Positions) -> tuple[VoteTable, VoteTable]:
    """Split a table into everybody outside a set, and the set."""
    rest = np.ones(table.shape[0], bool)
    rest[people] = False
    return table.subset(np.flatnonzero(rest)), table.subset(people)


def log_chances_by_rest(model: Predictor, table: VoteTable, folds: int, rng: np.random.Generator) -> Floats:
    """Log chance of each vote from the same person's votes in the other folds; statements are as the model has them."""
    fold, found = rng.integers(0, folds, table.votes), np.zeros(table.votes)
    for hidden in (fold == number for number in range(folds)):
        chance = with_beliefs_about_people(model, table.keep(~hidden)).chances(
            table.voter[hidden], table.statement[hidden]
        )
        picked = chance[np.arange(len(chance)), table.value[hidden].astype(np.int64) + 1]
        found[hidden] = np.log(np.maximum(picked, FAINTEST))
    return found


def with_beliefs_about_people(model: Predictor, table: VoteTable) -> Predictor:
    """The model with beliefs about the people of a table; its beliefs about statements stay."""
    sided = table.value != 0
    everything = np.ones(table.votes, bool)
    return Predictor(
        place_people_by_votes(model.takes_side, table, everything, sided),
        place_people_by_votes(model.agrees, table, sided, table.value[sided] > 0),
    )


def place_people_by_votes(
    leaning: LogisticModel, table: VoteTable, kept: NDArray[np.bool_], yes: NDArray[np.bool_]
) -> LogisticModel:
    """A question with beliefs about people from some of their votes."""
    weights = vote_pattern(table, kept)
    pull, prior = weights.copy(), leaning.people
    who = np.repeat(np.arange(table.shape[0]), np.diff(weights.indptr))
    people = SideBelief(
        np.tile(prior.center, (table.shape[0], 1)),
        np.tile(np.diag(prior.width), (table.shape[0], 1, 1)),
        prior.center,
        prior.width,
    )
    for _ in range(ROUNDS):
        chance = expit(pair_logits(people.mean, leaning.statements.mean, who, weights.indices))
        weights.data, pull.data = np.maximum(chance * (1 - chance), 0.02), yes - chance
        take_newton_step(people, leaning.statements, weights, pull)
    return LogisticModel(people, leaning.statements)


def log_chances_by_set(
    counts: NDArray[np.int64], which: NDArray[np.int32], value: NDArray[np.int8], member: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Log chance of each vote from the answers of a set's other members, and where at least two of them answered.

    On each statement the set agrees, disagrees, or answers as everybody does (`counts`, (M, 3)); slips are as frequent
    on all statements.
    """
    code = value.astype(np.int64) + 1
    answered = np.zeros((len(counts), 3))
    np.add.at(answered, (which[member], code[member]), 1)
    slips = slip_rate(answered)
    others = answered[which]
    others[np.arange(len(which)), code] -= member
    usual = (counts + 0.5) / (counts.sum(axis=1) + 1.5)[:, None]
    script = np.full((2, 3), slips / 2)
    script[0, 0] = script[1, 2] = 1 - slips
    fits = np.column_stack([others @ np.log(script).T, (others * np.log(usual[which])).sum(axis=1)])
    odds = np.exp(fits + np.log(LINES) - fits.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    chance = odds[:, 0] * script[0, code] + odds[:, 1] * script[1, code] + odds[:, 2] * usual[which, code]
    return np.log(chance), others.sum(axis=1) >= 2


def slip_rate(answered: Floats) -> float:
    """Share of answers beside a set's most frequent one, each statement giving half an answer away for its choice."""
    chosen = answered.max(axis=1).sum() - 0.5 * (answered.sum(axis=1) > 0).sum()
    return float(np.clip(1 - chosen / max(answered.sum(), 1.0), LEAST_SLIPS, MOST_SLIPS))
