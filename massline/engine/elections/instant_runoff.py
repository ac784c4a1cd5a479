"""Instant run-off: whoever is last goes out and their ballots move on, until one has more than half."""

from collections import Counter
from collections.abc import Sequence

from massline.engine.elections.ballots import Ballots
from massline.engine.elections.lot_order import eliminate_by_lot
from massline.engine.elections.result import Election, Round, amount, round_rows


def count_instant_runoff(ballots: Ballots, seats: int, lot: Sequence[str]) -> Election:
    """Elect the first with more than half of the ballots that still name somebody; `seats` is 1."""
    orders = ballots.orders()
    left = set(range(len(ballots.candidates)))
    rounds: list[Round] = []
    winner = ""
    while not winner:
        votes, exhausted = _first_choices(orders, left)
        named = {ballots.candidates[place]: votes[place] for place in sorted(left)}
        leaders = [name for name, total in named.items() if 2 * total > sum(named.values())]
        out, tie = "", None
        if leaders or len(left) == 1:
            winner = leaders[0] if leaders else next(iter(named))
        else:
            lowest = [name for name, total in named.items() if total == min(named.values())]
            out, tie = eliminate_by_lot(lowest, lot)
            left.discard(ballots.candidates.index(out))
        rounds.append(
            Round(
                round=len(rounds) + 1,
                measure="votes",
                rows=round_rows(named, (winner,), (out,)),
                elected=(winner,) if winner else (),
                eliminated=(out,) if out else (),
                exhausted=amount(exhausted),
                ties=(tie,) if tie else (),
            )
        )
    return Election(
        method="instant-runoff",
        seats=seats,
        candidates=ballots.candidates,
        winners=(winner,),
        unfilled=0,
        lot_order=tuple(lot),
        rounds=tuple(rounds),
    )


def _first_choices(orders: Sequence[tuple[tuple[int, ...], int]], left: set[int]) -> tuple[Counter[int], int]:
    """Votes of each candidate who is still in, and ballots that name none of them."""
    votes: Counter[int] = Counter()
    exhausted = 0
    for order, count in orders:
        place = next((place for place in order if place in left), None)
        if place is None:
            exhausted += count
        else:
            votes[place] += count
    return votes, exhausted
