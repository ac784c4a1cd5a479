"""The five counts a second time, plain and slow: lists of ballots, one by one, without anything of the engine but the lot.

A ballot is a tuple of names, best first. Each count returns its winners in the order elected.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, permutations

Ranking = tuple[str, ...]


def plain_approval(ballots: Sequence[Ranking], names: Sequence[str], seats: int, lot: Ranking) -> list[str]:
    votes = {name: sum(name in ballot for ballot in ballots) for name in names}
    order = sorted(names, key=lambda name: (-votes[name], lot.index(name)))
    return [name for name in order if votes[name]][:seats]


def plain_runoff(ballots: Sequence[Ranking], names: Sequence[str], lot: Ranking) -> str:
    left = [[name for name in ballot if name in names] for ballot in ballots]
    tops = [ballot[0] for ballot in left if ballot]
    for name in names:
        if tops.count(name) * 2 > len(tops) or len(names) == 1:
            return name
    out = min(names, key=lambda name: (tops.count(name), -lot.index(name)))
    return plain_runoff(ballots, [name for name in names if name != out], lot)


def plain_preferences(
    levels: Sequence[Sequence[set[str]]], names: Sequence[str]
) -> dict[tuple[str, str], int]:
    """How many ballots put the first name before the second; each ballot is a list of levels."""

    def level(ballot: Sequence[set[str]], name: str) -> int:
        return next((place for place, alike in enumerate(ballot) if name in alike), 99)

    return {(a, b): sum(level(x, a) < level(x, b) for x in levels) for a in names for b in names if a != b}


def plain_paths(preferred: dict[tuple[str, str], int], names: Sequence[str]) -> dict[tuple[str, str], int]:
    """The strongest of all paths without a circle, each tried."""
    found = {}
    for a, b in preferred:
        others = [name for name in names if name not in (a, b)]
        best = 0
        for length in range(len(others) + 1):
            for between in permutations(others, length):
                path = (a, *between, b)
                links = [
                    preferred[x, y] if preferred[x, y] > preferred[y, x] else 0 for x, y in pairwise(path)
                ]
                best = max(best, min(links))
        found[a, b] = best
    return found


def plain_stv(ballots: Sequence[Ranking], names: Sequence[str], seats: int, lot: Ranking) -> list[str]:
    quota = len(ballots) // (seats + 1) + 1
    value = [Fraction(1)] * len(ballots)
    hopeful, elected, done = list(names), list[str](), dict[str, bool]()

    def top(ballot: Ranking, with_elected: str = "") -> str | None:
        for name in ballot:
            if name in hopeful or name == with_elected:
                return name
        return None

    where = [top(ballot) for ballot in ballots]
    while len(elected) < seats and hopeful:
        votes = {
            name: sum((v for v, at in zip(value, where, strict=True) if at == name), Fraction(0))
            for name in [*hopeful, *elected]
        }
        ready = [n for n in hopeful if votes[n] >= quota or len(hopeful) + len(elected) <= seats]
        for name in sorted(ready, key=lambda n: (-votes[n], lot.index(n))):
            hopeful.remove(name)
            elected.append(name)
        rich = [n for n in elected if n not in done and votes[n] > quota]
        if rich:
            name = min(rich, key=lambda n: (-votes[n], lot.index(n)))
            done[name] = True
            for number, at in enumerate(where):
                if at == name:
                    value[number] *= 1 - quota / votes[name]
        elif hopeful:
            name = min(hopeful, key=lambda n: (votes[n], -lot.index(n)))
            hopeful.remove(name)
        else:
            break
        where = [top(b) if at == name else at for b, at in zip(ballots, where, strict=True)]
    return elected


def plain_equal_shares(
    ballots: Sequence[Ranking], names: Sequence[str], seats: int, lot: Ranking
) -> list[str]:
    money = [Fraction(seats, len(ballots))] * len(ballots)
    elected: list[str] = []
    fans = {name: [n for n, ballot in enumerate(ballots) if name in ballot] for name in names}
    while len(elected) < seats:
        offers = []
        for name in names:
            if name in elected or sum(money[n] for n in fans[name]) < 1:
                continue
            # The right price is the one at which somebody's purse is empty or all pay alike: try each.
            for broke in range(len(fans[name])):
                poor = sorted(money[n] for n in fans[name])[:broke]
                price = (1 - sum(poor, Fraction(0))) / (len(fans[name]) - broke)
                if sum(min(money[n], price) for n in fans[name]) == 1:
                    offers.append((price, lot.index(name), name))
        if offers:
            price, _place, name = min(offers)
            money = [m - min(m, price) if n in fans[name] else m for n, m in enumerate(money)]
        else:
            waits = [
                (
                    (1 - sum((money[n] for n in fans[name]), Fraction(0))) / len(fans[name]),
                    lot.index(name),
                    name,
                )
                for name in names
                if name not in elected and fans[name]
            ]
            if not waits:
                break
            more, _place, name = min(waits)
            money = [Fraction(0) if n in fans[name] else m + more for n, m in enumerate(money)]
        elected.append(name)
    return elected
