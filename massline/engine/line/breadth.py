"""Breadth of a demand: support where it is weakest, and support among everybody there is."""

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Any

from massline.engine.intervals import jeffreys_interval, jeffreys_mean, jeffreys_variance
from massline.engine.line.interval_estimate import Measure

_Z = 1.959963984540054


def breadth(statement: Mapping[str, Any], *, k: int) -> Measure | None:
    """Support in the least favourable section or group that has answered; None where fewer than `k` have.

    The least favourable is the one with the lowest lower bound: a part that is small and lukewarm weighs
    against a demand until more of it have been heard.
    """
    if statement["seen"] < k:
        return None
    parts = [part for part in _parts(statement) if part[1]["seen"] >= k] or [("", statement)]
    return min((_measure(name, counts) for name, counts in parts), key=lambda m: (m.low, m.part))


def unheard_parts(statement: Mapping[str, Any], *, k: int) -> list[str]:
    """Sections and groups of whom fewer than `k` have answered."""
    return [name for name, counts in _parts(statement) if counts["seen"] < k]


def support(statement: Mapping[str, Any], headcount: Mapping[str, int]) -> Measure | None:
    """Support among all people there are: sections weighted by headcount (post-stratified).

    Sections nobody answered from widen the interval as far as they could: all of them against, all in favour.
    None without headcounts of sections that answered.
    """
    by_section = {row["section"]: row for row in statement.get("by_section", ()) if row["seen"] > 0}
    heard = {name: people for name, people in headcount.items() if name in by_section}
    reached, everybody = sum(heard.values()), sum(headcount.values())
    if not reached:
        return None
    value = variance = 0.0
    for name, people in heard.items():
        weight, row = people / reached, by_section[name]
        value += weight * float(jeffreys_mean(row["agree"], row["seen"]))
        variance += weight**2 * float(jeffreys_variance(row["agree"], row["seen"]))
    low, high = max(value - _Z * sqrt(variance), 0.0), min(value + _Z * sqrt(variance), 1.0)
    share = reached / everybody
    return Measure(low * share, value, high * share + 1 - share)


def _parts(statement: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for row in statement.get("by_section", ()):
        yield f"section {row['section']}", row
    for row in statement.get("by_group", ()):
        yield f"group {row['group']}", row


def _measure(name: str, counts: Mapping[str, Any]) -> Measure:
    low, high = jeffreys_interval(counts["agree"], counts["seen"])
    return Measure(float(low), counts["agree"] / counts["seen"], float(high), name)
