"""The count of an election: who is elected, and the table of every round."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from massline.engine.result_documents import omit_default, round_significant

_LONGEST = 60
Measure = Literal["approvals", "votes", "price", "wait"]
State = Literal["elected", "continuing", "eliminated"]


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number to nine digits, and the fraction it is exactly where that is no whole number and can be written short."""

    value: float
    exact: str = omit_default("")


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Candidates who were level, in the order of the lot, and the one it chose."""

    between: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """A candidate in a round's table; `standing` is after the round."""

    candidate: str
    amount: Amount
    standing: State


@dataclass(frozen=True, kw_only=True)
class Round:
    """One table and what followed from it.

    Attributes
    ----------
    measure : what the table counts: approvals, votes, the price each supporter pays for a seat (less is better), or
        what each voter must still be given until a seat can be paid (less is better)
    elected, eliminated : who was, by this table
    transferred : the elected candidate whose surplus went on after this round, and `transfer` the part of each of
        the ballots' value that did
    exhausted : votes on ballots that name nobody who is still in
    rounded_away : votes lost because fractions became too long (at most 10^-1000 a ballot and transfer)
    ties : ties that the lot decided
    """

    round: int
    measure: Measure
    rows: tuple[RoundRow, ...]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()
    transferred: str | None = omit_default()
    transfer: Amount | None = omit_default()
    exhausted: Amount | None = omit_default()
    rounded_away: bool = omit_default(False)
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Duels:
    """Every pair of candidates, in the order of `candidates`.

    Attributes
    ----------
    preferred : (m, m) ballots that rank the row's candidate above the column's
    paths : (m, m) strength of the strongest path from the row's candidate to the column's, in winning votes
    ranking : all candidates, winner first
    """

    preferred: tuple[tuple[int, ...], ...]
    paths: tuple[tuple[int, ...], ...]
    ranking: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Election:
    """What ballots say by one method.

    Attributes
    ----------
    winners : in the order elected
    unfilled : seats for which nobody was left; STV fills them with whoever is left, also without a vote
    lot_order : the order in which ties fall
    quota : votes that give a seat (single transferable vote)
    """

    method: str
    seats: int
    candidates: tuple[str, ...]
    winners: tuple[str, ...]
    unfilled: int
    lot_order: tuple[str, ...]
    quota: int | None = omit_default()
    rounds: tuple[Round, ...] = ()
    duels: Duels | None = omit_default()
    ties: tuple[Tie, ...] = ()


def amount(number: Fraction | int) -> Amount:
    exact = Fraction(number)
    if exact.denominator == 1:
        return Amount(value=float(exact))
    short = exact.denominator < 10**_LONGEST and exact.numerator < 10**_LONGEST
    return Amount(value=round_significant(float(exact)), exact=str(exact) if short else "")


def round_rows(
    amounts: Mapping[str, Fraction | int], elected: tuple[str, ...], eliminated: tuple[str, ...] = ()
) -> tuple[RoundRow, ...]:
    """The rows of a table by name."""

    def standing(name: str) -> State:
        return "elected" if name in elected else "eliminated" if name in eliminated else "continuing"

    return tuple(
        RoundRow(candidate=name, amount=amount(amounts[name]), standing=standing(name))
        for name in sorted(amounts)
    )
