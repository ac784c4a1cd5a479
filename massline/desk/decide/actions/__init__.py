"""The verbs of the room of decisions, by topic."""

from massline.desk.decide.decisions.actions import decide
from massline.desk.decide.demands.actions import choose_statement, compare, make_demand, mark
from massline.desk.decide.principles.actions import (
    add_principle,
    count_principle,
    retire_principle,
    vote_on_principle,
)

__all__ = [
    "add_principle",
    "choose_statement",
    "compare",
    "count_principle",
    "decide",
    "make_demand",
    "mark",
    "retire_principle",
    "vote_on_principle",
]
