"""The answers that the present edition counts: a table of votes for each level, and the digest of them all."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from massline.engine.privacy.threshold import Threshold
from massline.engine.votes import VoteTable
from massline.square.conversations.results.answer_arrays import LEVELS, NOT_SHOWN, AnswerArrays
from massline.square.conversations.trust_levels import Level

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


def is_answer_to(answers: AnswerArrays, statements: Numbers) -> Marks:
    """True for answers to one of these statements."""
    one_of = np.zeros(int(max(answers.number.max(initial=0), statements.max(initial=0))) + 1, bool)
    one_of[statements] = True
    return one_of[answers.number]


def counted_votes(answers: AnswerArrays, statements: Numbers) -> dict[Level, VoteTable]:
    """A table for each level that has counted answers to these statements, from the loosest up.

    Its participants are positions among the people, whose order is that of their pseudonyms: the same votes are the
    same table.
    """
    counted = is_answer_to(answers, statements) & (answers.shown != NOT_SHOWN)
    levels = np.flatnonzero(np.bincount(answers.shown_level[counted], minlength=len(LEVELS)))
    return {
        LEVELS[code]: vote_table(answers, counted & (answers.shown_level == code)) for code in levels.tolist()
    }


def vote_table(answers: AnswerArrays, kept: Marks) -> VoteTable:
    """The table of some answers, as they count."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])
    each = np.diff(before[answers.start])
    people = np.flatnonzero(each)
    numbers = answers.number[kept]
    seen = np.bincount(numbers)
    statements = np.flatnonzero(seen)
    place = np.zeros(len(seen), np.int32)
    place[statements] = np.arange(len(statements))
    return VoteTable(
        participants=people,
        statements=statements,
        start=np.concatenate([np.zeros(1, np.int64), np.cumsum(each[people])]),
        statement=place[numbers],
        value=answers.shown[kept],
        section=np.full(len(people), -1, np.int32),
    )


def digest_of_votes(
    answers: AnswerArrays,
    tables: Mapping[Level, VoteTable],
    sections: Mapping[str, Any],
    least: Threshold,
) -> str:
    """The digest of what an edition is made from: who answered what at each level, sections, and the threshold."""
    found = hashlib.sha256(json.dumps([least.k, sections], sort_keys=True).encode())
    for level, table in tables.items():
        found.update(level.value.encode())
        found.update(answers.people.key[table.participants].tobytes())
        found.update(table.start.tobytes())
        found.update(table.statements.astype(np.int32)[table.statement].tobytes())
        found.update(table.value.tobytes())
    return found.hexdigest()
