"""The method of equal shares for approval ballots, completed by Phragmén's sequential rule, in exact fractions.

Every voter has seats / voters to spend, and a seat costs 1. Again and again the candidate is elected whose supporters
can pay at the lowest price each; who has less than the price gives all they have (Peters and Skowron 2020, "Proportionality
and the limits of welfarism"). Groups that agree so get the seats they are due (extended justified representation). Seats
left over go on by Phragmén: everybody is given money at the same pace until some candidate's supporters hold 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from massline.engine.elections.ballots import Ballots
from massline.engine.elections.lot_order import elect_by_lot
from massline.engine.elections.result import Election, Measure, Round, round_rows


@dataclass
class _Purse:
    """Ballots of one kind: whom they approve of, how many they are, and what each may still spend."""

    approved: frozenset[str]
    count: int
    money: Fraction


def count_equal_shares(ballots: Ballots, seats: int, lot: Sequence[str]) -> Election:
    """Elect up to `seats` in proportion; nobody without any approval."""
    names = ballots.candidates
    purses = [
        _Purse(
            frozenset(names[place] for place in row.nonzero()[0]), int(count), Fraction(seats, ballots.valid)
        )
        for row, count in zip(ballots.ranks, ballots.counts, strict=True)
    ]
    winners: list[str] = []
    rounds: list[Round] = []
    while len(winners) < seats:
        left = [name for name in names if name not in winners]
        measure: Measure = "price"
        amounts = {name: p for name in left if (p := _price(purses, name)) is not None}
        if not amounts:
            measure = "wait"
            amounts = {name: w for name in left if (w := _wait(purses, name)) is not None}
        if not amounts:
            break
        level = [name for name in amounts if amounts[name] == min(amounts.values())]
        winner, tie = elect_by_lot(level, lot)
        _pay(purses, winner, amounts[winner], measure)
        winners.append(winner)
        rounds.append(
            Round(
                round=len(rounds) + 1,
                measure=measure,
                rows=round_rows(amounts, (winner,)),
                elected=(winner,),
                ties=(tie,) if tie else (),
            )
        )
    return Election(
        method="equal-shares",
        seats=seats,
        candidates=names,
        winners=tuple(winners),
        unfilled=seats - len(winners),
        lot_order=tuple(lot),
        rounds=tuple(rounds),
    )


def _price(purses: Sequence[_Purse], name: str) -> Fraction | None:
    """What each supporter pays at most if they share the cost of a seat; None if they cannot."""
    paying = sorted((purse for purse in purses if name in purse.approved), key=lambda purse: purse.money)
    cost, people = Fraction(1), sum(purse.count for purse in paying)
    for purse in paying:
        if purse.money * people >= cost:
            return cost / people
        cost -= purse.money * purse.count
        people -= purse.count
    return None


def _wait(purses: Sequence[_Purse], name: str) -> Fraction | None:
    """What every voter must still be given until the supporters hold 1; None without supporters."""
    supporters = [purse for purse in purses if name in purse.approved]
    people = sum(purse.count for purse in supporters)
    held = sum((purse.money * purse.count for purse in supporters), Fraction(0))
    return (1 - held) / people if people else None


def _pay(purses: Sequence[_Purse], name: str, amount: Fraction, measure: Measure) -> None:
    for purse in purses:
        if measure == "wait":
            purse.money = Fraction(0) if name in purse.approved else purse.money + amount
        elif name in purse.approved:
            purse.money -= min(purse.money, amount)
