"""Approval: each ballot approves of as many as it likes, and the most approved are elected (Brams and Fishburn 1978)."""

from collections.abc import Sequence

from massline.engine.elections.ballots import Ballots
from massline.engine.elections.lot_order import elect_by_lot
from massline.engine.elections.result import Election, Round, Tie, round_rows


def count_approval(ballots: Ballots, seats: int, lot: Sequence[str]) -> Election:
    """Elect the most approved, one seat after the other; nobody without any approval."""
    approved = ballots.counts @ (ballots.ranks > 0)
    totals = {name: int(total) for name, total in zip(ballots.candidates, approved, strict=True)}
    winners: list[str] = []
    ties: list[Tie] = []
    while len(winners) < seats:
        left = {name: total for name, total in totals.items() if total and name not in winners}
        if not left:
            break
        level = [name for name, total in left.items() if total == max(left.values())]
        # Where all who are level get a seat, nothing hangs on the lot.
        winner, tie = elect_by_lot(level, lot)
        if tie and len(winners) + len(level) > seats:
            ties.append(tie)
        winners.append(winner)
    elected = tuple(winners)
    only = Round(
        round=1, measure="approvals", rows=round_rows(totals, elected), elected=elected, ties=tuple(ties)
    )
    return Election(
        method="approval",
        seats=seats,
        candidates=ballots.candidates,
        winners=elected,
        unfilled=seats - len(elected),
        lot_order=tuple(lot),
        rounds=(only,),
    )
