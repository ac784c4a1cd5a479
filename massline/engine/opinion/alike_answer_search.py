"""Looking for sets of people who answer alike: from small neighbourhoods of the map, let in whoever they foretell."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.alike_answer_test import (
    Concordance,
    count_at_border,
    measure_concordance,
    membership_log_odds,
    split_off_set,
    with_beliefs_about_people,
)
from massline.engine.opinion.canonical_order import canonical_order
from massline.engine.opinion.groups import QUICK, find_best_centres, nearest_centres
from massline.engine.opinion.pca import people_positions, principal_axes
from massline.engine.opinion.vote_prediction import fit_predictor
from massline.engine.votes import VoteTable

Positions = NDArray[np.intp]

LEAST, MOST_SHARE = 5, 0.15
NEIGHBOURHOODS = ((6, 16), (3, 10))
JOINS = 2.5
TRIES, KEPT = 6, 3
PROMISING = 5.0
DRAWS, MARGIN, CHANCE_LEVEL = 8, 0.1, 0.01
SAME, MOSTLY_SAME = 0.8, 0.5


def find_alike_sets(table: VoteTable, *, seed: int) -> list[Concordance]:
    """The sets that answer most alike, at most three, most plainly first.

    Positions are those of `table`; the search follows the canonical order, so that names never matter.
    """
    order = canonical_order(table)
    found = ConcordanceSearch(order.applied(table), np.random.default_rng([seed, 20])).run()
    return [translate_positions(table, found_set, order.people) for found_set in found]


def find_plainly_alike(table: VoteTable, *, seed: int, draws: int = DRAWS) -> list[Concordance]:
    """The sets of `find_alike_sets` that are plain enough to be reported.

    A search picks people for being alike, the more freely the fewer statements there are. So a set must be alike beyond
    the bar, by more where others crowd at its border, and beyond what searches find where everybody votes as the people
    outside the set teach.
    """
    order = canonical_order(table)
    ordered = order.applied(table)
    found = [
        found_set
        for found_set in ConcordanceSearch(ordered, np.random.default_rng([seed, 20])).run()
        if found_set.told
    ]
    plain = [
        found_set
        for number, found_set in enumerate(found)
        if found_set.stands_apart(
            count_at_border(ordered, found_set.people, np.random.default_rng([seed, 23, number]))
        )
        and is_beyond_chance_search(ordered, found_set, np.random.default_rng([seed, 22, number]), draws)
    ]
    return [translate_positions(table, found_set, order.people) for found_set in plain]


def is_beyond_chance_search(
    table: VoteTable, found: Concordance, rng: np.random.Generator, draws: int
) -> bool:
    """True if a set is more alike than searches find where everybody votes as those outside it teach.

    It must pass the best of `draws` such searches by a margin, and Student's bound for one search more.
    """
    from scipy.special import stdtrit

    outside, _ = split_off_set(table, found.people)
    chances = (
        with_beliefs_about_people(fit_predictor(outside), table)
        .likeliest(table.voter, table.statement)
        .cumsum(axis=1)
    )
    bounds = []
    for _ in range(draws):
        drawn = (rng.random(table.votes)[:, None] > chances).sum(axis=1) - 1
        alike = ConcordanceSearch(table.with_values(np.clip(drawn, -1, 1).astype(np.int8)), rng).run()
        bounds.append(max((found_set.bound for found_set in alike), default=0.0))
        if bounds[-1] + MARGIN > found.bound:
            return False
    spread = np.std(bounds, ddof=1) * np.sqrt(1 + 1 / draws)
    return bool(found.bound > np.mean(bounds) + stdtrit(draws - 1, 1 - CHANCE_LEVEL) * spread)


def translate_positions(table: VoteTable, found: Concordance, people: Positions) -> Concordance:
    """A set by its positions in the table that was asked about."""
    return replace(found, people=np.sort(people[found.people]))


class ConcordanceSearch:
    """A search through one conversation."""

    def __init__(self, table: VoteTable, rng: np.random.Generator) -> None:
        self._table, self._rng = table, rng
        self._most = MOST_SHARE * table.shape[0]

    def run(self) -> list[Concordance]:
        """Refine the best and the most promising neighbourhoods, then the best of what comes of them once more."""
        found: list[Concordance] = []
        for start in self._starts():
            refined = self._refined(start, found, rounds=2)
            if refined is not None:
                found.append(refined)
        best = drop_repeated_sets(found)[:KEPT]
        again = [self._refined(found_set, [], rounds=3) or found_set for found_set in best[:1]]
        return drop_repeated_sets([*again, *best])[:KEPT]

    def _starts(self) -> list[Concordance]:
        tried = [measure_concordance(self._table, people, self._rng) for people in self._neighbourhoods()]
        starts: list[Concordance] = []
        by_bound = sorted(tried, key=lambda candidate: -candidate.bound)
        by_promise = sorted(tried, key=lambda candidate: -candidate.promise)
        for candidate in (candidate for pair in zip(by_bound, by_promise, strict=True) for candidate in pair):
            if (candidate.bound > 0 or candidate.promise > PROMISING) and not any(
                candidate is other for other in starts
            ):
                starts.append(candidate)
        return starts[:TRIES]

    def _neighbourhoods(self) -> list[Positions]:
        """Cells of the map, small ones in six dimensions and larger ones in three."""
        table = self._table
        able = np.flatnonzero(table.votes_each >= LEAST)
        axes, matrix = principal_axes(table, count=6, tolerance=1e-2)
        places = people_positions(matrix, axes.loadings, table.votes_each)[able]
        found = []
        for dimensions, cells in NEIGHBOURHOODS:
            points = np.asfortranarray(places[:, :dimensions])
            k = min(cells, len(able) // 6)
            if k > 1:
                label = nearest_centres(points, find_best_centres(points, k, rng=self._rng, search=QUICK))[0]
                found += [able[label == cell] for cell in range(k)]
        return [people for people in found if self._may_be(people)]

    def _may_be(self, people: Positions) -> bool:
        return LEAST <= len(people) <= self._most

    def _refined(self, start: Concordance, known: list[Concordance], *, rounds: int) -> Concordance | None:
        """Let in everybody whose ballot the set foretells better and let go everybody else; None where that leads to a known set."""
        found = start
        for _ in range(rounds):
            people = np.flatnonzero(membership_log_odds(self._table, found.people, self._rng) > JOINS)
            if not self._may_be(people) or np.array_equal(people, found.people):
                break
            if any(
                count_shared_people(people, other.people) > SAME * max(len(people), len(other.people))
                for other in known
            ):
                return None
            found = measure_concordance(self._table, people, self._rng)
        return found


def drop_repeated_sets(found: list[Concordance]) -> list[Concordance]:
    """Most plainly alike first, without those that mostly repeat a better one."""
    kept: list[Concordance] = []
    for candidate in sorted(found, key=lambda candidate: -candidate.bound):
        if all(
            count_shared_people(candidate.people, other.people)
            <= MOSTLY_SAME * min(len(candidate.people), len(other.people))
            for other in kept
        ):
            kept.append(candidate)
    return kept


def count_shared_people(one: Positions, other: Positions) -> int:
    """The number of people two sets have in common."""
    return len(np.intersect1d(one, other, assume_unique=True))
