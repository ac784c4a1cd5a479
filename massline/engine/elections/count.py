"""The count of an election by one of five methods."""

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from massline.engine.elections.approval import count_approval
from massline.engine.elections.ballots import Ballots
from massline.engine.elections.equal_shares import count_equal_shares
from massline.engine.elections.instant_runoff import count_instant_runoff
from massline.engine.elections.lot_order import order_by_lot
from massline.engine.elections.result import Election
from massline.engine.elections.schulze import count_schulze
from massline.engine.elections.single_transferable_vote import count_single_transferable_vote
from massline.engine.not_enough import NotEnough

Method = Literal["approval", "instant-runoff", "schulze", "stv", "equal-shares"]
METHODS: tuple[Method, ...] = get_args(Method)
APPROVING: frozenset[Method] = frozenset({"approval", "equal-shares"})
EQUAL_RANKS: frozenset[Method] = APPROVING | {"schulze"}
ONE_SEAT: frozenset[Method] = frozenset({"instant-runoff", "schulze"})
_COUNTS: dict[Method, Callable[[Ballots, int, Sequence[str]], Election]] = {
    "approval": count_approval,
    "instant-runoff": count_instant_runoff,
    "schulze": count_schulze,
    "stv": count_single_transferable_vote,
    "equal-shares": count_equal_shares,
}


def count_election(
    ballots: Ballots, *, method: Method, seats: int = 1, seed: int = 0
) -> Election | NotEnough:
    """Count ballots by one method.

    Parameters
    ----------
    ballots : merged ballots; for instant run-off and STV merged with `equal_ranks=False`.
    seats : how many are elected, from 1; 1 for instant run-off and Schulze.
    seed : drawn in the room; orders candidates for ties and does nothing else.

    Returns NotEnough where there is no valid ballot. Raises ValueError for a number of seats the method does not
    know, and for equal ranks where the method has no place for them.

    Example
    -------
    >>> from massline.engine.elections import count_election, merge_ballots
    >>> ballots = merge_ballots(["Anna", "Bo"], [[1, 2], [0, 1], [1, 0]])
    >>> count_election(ballots, method="schulze").winners
    ('Anna',)
    """
    if seats < 1 or (seats > 1 and method in ONE_SEAT):
        raise ValueError(
            f"{method} cannot fill {seats} seats; accepted is {'1' if method in ONE_SEAT else 'from 1'}"
        )
    if not ballots.valid:
        return NotEnough(0, 1, "valid ballots")
    if method not in EQUAL_RANKS and any(
        len(set(row[row > 0].tolist())) < (row > 0).sum() for row in ballots.ranks
    ):
        raise ValueError(f"{method} has no place for equal ranks: merge ballots with equal_ranks=False")
    counted = ballots.approvals() if method in APPROVING else ballots
    return _COUNTS[method](counted, seats, order_by_lot(ballots.candidates, seed))
