"""Robustness of a map as frozen dataclasses: the document `massline.robustness/1` (docs/methods/opinion.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from massline.engine.opinion.map_schema import RestsOn
from massline.engine.result_documents import Document, omit_default, restore_document

SCHEMA = "massline.robustness/1"

Outcome = tuple[int, ...] | str
"""Shares of the groups in whole hundredths, or "spectrum", "too_close" or "not_enough"."""


@dataclass(frozen=True, kw_only=True)
class GuessRight:
    """Chance to guess an answer of theirs right: from the others of the set, and from everyone else's answers."""

    by_set: float
    by_rest: float


@dataclass(frozen=True, kw_only=True)
class OutcomePair:
    """The outcome of the map with everyone, and without the set."""

    with_them: Outcome = field(metadata={"key": "with"})
    without_them: Outcome = field(metadata={"key": "without"})


@dataclass(frozen=True, kw_only=True)
class FindingCounts:
    """The numbers of statements that more than half surely agree with, and surely disagree with."""

    agreed: int
    opposed: int


@dataclass(frozen=True, kw_only=True)
class AlikeSet:
    """People who answer alike, and what changes without them; a set of fewer than ten has no number.

    `largest_move` is the largest change of a share that agrees. `half_came_within` is a number of arrivals in a
    row, None where they came no closer together than others, and 0 where arrivals are not known. `mostly_by` names
    the ways in that most of them took; None where those are not known.
    """

    people: int | None
    chance: GuessRight
    groups: OutcomePair
    only_with: FindingCounts
    only_without: FindingCounts
    largest_move: float
    half_came_within: int | None = omit_default(0)
    mostly_by: tuple[str, ...] | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class PictureRadius:
    """The number of `people` answering together who would change the number of groups; None up to `tried_up_to`."""

    people: int | None
    groups: int
    tried_up_to: int
    attacks: int


@dataclass(frozen=True, kw_only=True)
class RobustnessResult:
    """Sets of people who answer alike, and how many would change the picture, where it has one."""

    alike: tuple[AlikeSet, ...] = ()
    verdict: PictureRadius | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class RobustnessDocument(Document):
    """The whole document."""

    rests_on: RestsOn
    result: RobustnessResult


def restore_robustness(stored: Mapping[str, Any]) -> RobustnessDocument:
    """Read a stored document; raises ValueError where it is no whole document of this schema."""
    return restore_document(RobustnessDocument, SCHEMA, stored)
