"""Breadth against advance: a demand is dominated when another unites more people and goes further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from massline.engine.line.interval_estimate import Id, IntervalEstimate, id_sort_key

Placement = tuple[IntervalEstimate, IntervalEstimate]


@dataclass(frozen=True)
class Dominated:
    """By which demand, and whether the intervals leave no doubt."""

    by: Id
    surely: bool


def find_dominated(places: Mapping[Id, Placement]) -> dict[Id, Dominated]:
    """Return the demands that another beats in breadth and advance; the others are the frontier.

    Examples
    --------
    >>> at = lambda b, a: (IntervalEstimate(b, b, b), IntervalEstimate(a, a, a))
    >>> find_dominated({1: at(0.9, 0.2), 2: at(0.5, 0.8), 3: at(0.4, 0.1)})
    {3: Dominated(by=2, surely=True)}
    """
    found = {}
    for item in sorted(places, key=id_sort_key):
        better = [other for other in places if _beats(places[other], places[item])]
        if better:
            # The strongest of those that beat it: furthest first, then broadest.
            best = max(better, key=lambda o: (places[o][1].value, places[o][0].value, str(o)))
            sure = [
                o for o in better if all(x.beats(y) for x, y in zip(places[o], places[item], strict=True))
            ]
            found[item] = Dominated(best, bool(sure))
    return found


def frontier_ends(frontier: Sequence[Id], places: Mapping[Id, Placement]) -> tuple[Id, Id] | None:
    """The broadest and the furthest demand of a frontier."""
    if not frontier:
        return None
    broadest = max(frontier, key=lambda i: (places[i][0].value, places[i][1].value, str(i)))
    furthest = max(frontier, key=lambda i: (places[i][1].value, places[i][0].value, str(i)))
    return broadest, furthest


def _beats(one: Placement, other: Placement) -> bool:
    at_least = all(x.value >= y.value for x, y in zip(one, other, strict=True))
    return at_least and any(x.value > y.value for x, y in zip(one, other, strict=True))
