"""Votes: a table in canonical order, and integer sums of it."""

from massline.engine.votes.columns import Floats, Id, Ids, Ints, Names, Weights
from massline.engine.votes.table import VoteTable
from massline.engine.votes.tally import AGREE, DISAGREE, PASS, Tally

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Floats",
    "Id",
    "Ids",
    "Ints",
    "Names",
    "Tally",
    "VoteTable",
    "Weights",
]
