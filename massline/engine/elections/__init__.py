"""Elections: approval, instant run-off, Schulze, single transferable vote and equal shares, with every round kept.

`count_election` counts merged anonymous ballots by one method; `document` writes the count down. Arithmetic is
exact, and ties fall by an order that follows from names and a seed alone, so that anybody can count again.
"""

from massline.engine.elections.ballots import Ballots, merge_ballots
from massline.engine.elections.count import METHODS, Method, count_election
from massline.engine.elections.document import SCHEMA, ElectionDocument, document, restore_election
from massline.engine.elections.lot_order import order_by_lot
from massline.engine.elections.result import Amount, Duels, Election, Round, RoundRow, Tie

__all__ = [
    "METHODS",
    "SCHEMA",
    "Amount",
    "Ballots",
    "Duels",
    "Election",
    "ElectionDocument",
    "Method",
    "Round",
    "RoundRow",
    "Tie",
    "count_election",
    "document",
    "merge_ballots",
    "order_by_lot",
    "restore_election",
]
