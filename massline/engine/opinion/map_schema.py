"""An opinion map as frozen dataclasses: what a map's document holds and pages read (docs/methods/opinion.md).

`massline.engine.opinion.document` writes them, `restore_map` reads them back, also as earlier engines wrote them:
fields that came later have a default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.evidence_schema import (
    BorderTest,
    GroupingTest,
    MapDimensions,
    PredictionTest,
    SeedVerdict,
    SpectrumVerdict,
    TestedOn,
    VotePatterns,
)
from massline.engine.result_documents import Document, omit_default, restore_document
from massline.engine.votes import Id

SCHEMA = "massline.opinion/1"
Interval = tuple[float, float]
MapPoint = tuple[float, float, int | None]
"""The place of somebody without a name: x, y and the number of their group."""


@dataclass(frozen=True, kw_only=True)
class AnswerCounts:
    """Answers of some people to a statement; the interval holds the share that agrees, at 95 %."""

    seen: int
    agree: int
    disagree: int
    passed: int = field(metadata={"key": "pass"})
    agree_interval: Interval


@dataclass(frozen=True, kw_only=True)
class GroupAnswers(AnswerCounts):
    """Answers of an opinion group; groups are numbered from 0, the largest first."""

    group: int


@dataclass(frozen=True, kw_only=True)
class SectionAnswers(AnswerCounts):
    """Answers of a section."""

    section: str


@dataclass(frozen=True, kw_only=True)
class ReweightedShare:
    """The share that would agree had every statement been shown alike, with its 95 % interval."""

    share: float
    low: float
    high: float
    worth: float


@dataclass(frozen=True, kw_only=True)
class SectionShare:
    """A section's rounded share of agreement; `bound` is "at most", "at least" or empty."""

    section: str
    seen: int
    agree: float
    bound: str


@dataclass(frozen=True)
class StatementExtras:
    """Parts of a statement that few maps have: its answers by section."""

    by_section: tuple[SectionAnswers, ...] = omit_default(())
    said_section: tuple[SectionShare, ...] = omit_default(())


@dataclass(frozen=True, kw_only=True)
class StatementAnswers(AnswerCounts):
    """A statement: answers of everybody and of each group, and scores between 0 and 1.

    `bridging` is the lower bound of agreement in the least favourable group, `loading` and `mean` place a person.
    """

    id: Id
    text: str
    consensus: float
    divisive: float
    bridging: float
    by_group: tuple[GroupAnswers, ...]
    without_most_influential: tuple[float, ...]
    mean: float
    loading: tuple[float, ...]
    overturned_by: Mapping[str, int] = field(default_factory=dict)
    common_ground: float | None = omit_default()
    common_ground_interval: Interval | None = omit_default()
    by_section: tuple[SectionAnswers, ...] = omit_default(())
    drawn_evenly: ReweightedShare | None = omit_default()
    said_section: tuple[SectionShare, ...] = omit_default(())


@dataclass(frozen=True, kw_only=True)
class OpinionGroup:
    """A group of a map: how many people, their share of all, and the statements that set it apart."""

    id: int
    size: int
    share: float
    representative: tuple[Id, ...]
    center: tuple[float, ...] = ()
    membership: float | None = None
    knot: bool = False
    cells: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Knot:
    """A small knot beside everybody else; no number where it is fewer than ten people."""

    people: int | None


@dataclass(frozen=True, kw_only=True)
class MapParticipant:
    """A participant by id: place, group, and how surely of that group."""

    id: Id
    x: float
    y: float
    group: int | None
    membership: float | None


@dataclass(frozen=True, kw_only=True)
class MapResult:
    """The result of a map; `result` is "groups", "spectrum" or "not_enough"."""

    result: str
    dimensions: MapDimensions
    groups: tuple[OpinionGroup, ...]
    statements: Sequence[StatementAnswers]
    least_votes: int
    least_seen: int
    hands: VotePatterns
    knots: tuple[Knot, ...] = ()
    points: tuple[MapPoint, ...] = omit_default(())
    not_enough: NotEnough | None = omit_default()
    spectrum: SpectrumVerdict | None = omit_default()
    separation: tuple[GroupingTest, ...] | None = omit_default()
    borders: tuple[BorderTest, ...] | None = omit_default()
    verdicts: tuple[SeedVerdict, ...] | None = omit_default()
    foresight: PredictionTest | None = omit_default()
    tested: TestedOn | None = omit_default()
    participants: tuple[MapParticipant, ...] | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class RestsOn:
    """The numbers of people, statements and votes that a map is based on."""

    participants: int
    statements: int
    votes: int


@dataclass(frozen=True, kw_only=True)
class MapDocument(Document):
    """The whole document `massline.opinion/1`."""

    rests_on: RestsOn
    result: MapResult


def restore_map(stored: Mapping[str, Any]) -> MapDocument:
    """Read a stored map; raises ValueError where it is no whole document of this schema."""
    return restore_document(MapDocument, SCHEMA, stored)


def nobody_answered(id: Id, text: str) -> StatementAnswers:
    """A statement of which a map says nothing."""
    return StatementAnswers(
        id=id,
        text=text,
        seen=0,
        agree=0,
        disagree=0,
        passed=0,
        agree_interval=(0.0, 1.0),
        consensus=0.0,
        divisive=0.0,
        bridging=0.0,
        by_group=(),
        without_most_influential=(),
        mean=0.0,
        loading=(),
    )
