"""The count of an election as the versioned document `massline.election/1` (docs/methods/elections.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from massline.engine.elections.ballots import Ballots
from massline.engine.elections.result import Election
from massline.engine.not_enough import NotEnough
from massline.engine.result_documents import Document, Shortfall, restore_document

SCHEMA = "massline.election/1"


@dataclass(frozen=True, kw_only=True)
class ElectionBasis:
    """Ballots that were cast, those of them that count, and candidates."""

    ballots: int
    valid_ballots: int
    candidates: int


@dataclass(frozen=True, kw_only=True)
class ElectionDocument(Document):
    """The whole document."""

    rests_on: ElectionBasis
    result: Election | Shortfall


def document(election: Election | NotEnough, ballots: Ballots, *, seed: int) -> ElectionDocument:
    """Write a count down; the same ballots and seed give the same bytes in every order."""
    return ElectionDocument(
        schema=SCHEMA,
        seed=seed,
        rests_on=ElectionBasis(
            ballots=ballots.cast, valid_ballots=ballots.valid, candidates=len(ballots.candidates)
        ),
        left_out=dict(ballots.invalid),
        result=Shortfall(not_enough=election) if isinstance(election, NotEnough) else election,
    )


def restore_election(stored: Mapping[str, Any]) -> ElectionDocument:
    """Read a stored count; raises ValueError where it is no whole document of this schema."""
    return restore_document(ElectionDocument, SCHEMA, stored)
