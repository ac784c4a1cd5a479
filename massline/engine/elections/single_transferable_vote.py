"""The single transferable vote with the weighted inclusive Gregory transfer, in exact fractions.

A surplus moves on with all ballots of whoever was elected, each at the same part of the value it has. So no ballot is
picked by chance, and each table can be checked with a calculator, which Meek's method (equations solved by iteration)
does not allow. Farrell and McAllister, "The 1983 change in surplus vote transfer procedures" (2003), compare the rules;
Scotland's local elections use this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from massline.engine.elections.ballots import Ballots
from massline.engine.elections.lot_order import elect_by_lot, eliminate_by_lot
from massline.engine.elections.result import Election, Round, Tie, amount, round_rows

# A value with a longer denominator is cut off; without a bound its digits would double at every transfer.
FINEST = 10**1000


@dataclass
class _Pile:
    """Ballots of one kind: the value of each, and who holds them."""

    order: tuple[str, ...]
    count: int
    holder: str | None
    value: Fraction = Fraction(1)


@dataclass
class _Count:
    """The state between two rounds."""

    quota: int
    seats: int
    lot: Sequence[str]
    piles: list[_Pile]
    continuing: list[str]
    elected: list[str] = field(default_factory=list)
    kept: dict[str, Fraction] = field(default_factory=dict)
    lost: Fraction = Fraction(0)

    def totals(self) -> dict[str, Fraction]:
        """Votes of all who are elected or still in."""
        votes = dict.fromkeys(self.continuing, Fraction(0)) | dict.fromkeys(self.elected, Fraction(0))
        for pile in self.piles:
            if pile.holder is not None:
                votes[pile.holder] += pile.count * pile.value
        return votes | self.kept

    def exhausted(self) -> Fraction:
        return sum((pile.count * pile.value for pile in self.piles if pile.holder is None), Fraction(0))

    def move(self, name: str) -> None:
        """Hand the ballots that somebody holds to whom they name next."""
        for pile in self.piles:
            if pile.holder == name:
                pile.holder = next((choice for choice in pile.order if choice in self.continuing), None)

    def elect(self, votes: dict[str, Fraction]) -> None:
        """Elect all with a quota, most votes first, or all who are left if they are no more than the seats.

        All of them get a seat, so between equals the lot decides their order alone.
        """
        everybody = len(self.elected) + len(self.continuing) <= self.seats
        ready = [name for name in self.continuing if everybody or votes[name] >= self.quota]
        while ready:
            most = max(votes[name] for name in ready)
            chosen, _tie = elect_by_lot([name for name in ready if votes[name] == most], self.lot)
            ready.remove(chosen)
            self.continuing.remove(chosen)
            self.elected.append(chosen)

    def transfer(self, votes: dict[str, Fraction]) -> tuple[str, Fraction, Tie | None] | None:
        """Move the largest surplus on; None if there is none."""
        surplus = {
            name: votes[name] - self.quota
            for name in self.elected
            if name not in self.kept and votes[name] > self.quota
        }
        if not surplus:
            return None
        level = [name for name in surplus if surplus[name] == max(surplus.values())]
        name, tie = elect_by_lot(level, self.lot)
        part = surplus[name] / votes[name]
        for pile in self.piles:
            if pile.holder == name:
                exact = pile.value * part
                pile.value = _shorten(exact)
                self.lost += pile.count * (exact - pile.value)
        self.kept[name] = Fraction(self.quota)
        self.move(name)
        return name, part, tie

    def eliminate(self, votes: dict[str, Fraction]) -> tuple[str, Tie | None]:
        lowest = min(votes[name] for name in self.continuing)
        name, tie = eliminate_by_lot([n for n in self.continuing if votes[n] == lowest], self.lot)
        self.continuing.remove(name)
        self.move(name)
        return name, tie


def count_single_transferable_vote(ballots: Ballots, seats: int, lot: Sequence[str]) -> Election:
    """Elect `seats` by the Droop quota; surpluses go first, the largest before others, then the last one goes out."""
    names = ballots.candidates
    named = [(tuple(names[place] for place in order), count) for order, count in ballots.orders()]
    piles = [_Pile(order, count, order[0]) for order, count in named]
    state = _Count(ballots.valid // (seats + 1) + 1, seats, lot, piles, list(names))
    rounds: list[Round] = []
    while True:
        rounds.append(_round(state, len(rounds) + 1))
        if not state.continuing or len(state.elected) >= seats:
            break
    return Election(
        method="stv",
        seats=seats,
        candidates=names,
        winners=tuple(state.elected),
        unfilled=seats - len(state.elected),
        lot_order=tuple(lot),
        quota=state.quota,
        rounds=tuple(rounds),
    )


def _round(state: _Count, number: int) -> Round:
    votes, exhausted, lost = state.totals(), state.exhausted(), state.lost
    before = len(state.elected)
    state.elect(votes)
    elected, everyone_elected = tuple(state.elected[before:]), tuple(state.elected)
    moved: tuple[str, Fraction, Tie | None] | None = None
    out, tie = "", None
    if state.continuing and len(state.elected) < state.seats:
        moved = state.transfer(votes)
        if moved:
            tie = moved[2]
        else:
            out, tie = state.eliminate(votes)
    return Round(
        round=number,
        measure="votes",
        rows=round_rows(votes, everyone_elected, (out,)),
        elected=elected,
        eliminated=(out,) if out else (),
        transferred=moved[0] if moved else None,
        transfer=amount(moved[1]) if moved else None,
        exhausted=amount(exhausted),
        rounded_away=lost > 0,
        ties=(tie,) if tie else (),
    )


def _shorten(value: Fraction) -> Fraction:
    return value if value.denominator <= FINEST else Fraction(int(value * FINEST), FINEST)
