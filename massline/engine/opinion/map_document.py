"""A stored opinion map as frozen dataclasses, for pages that read it.

`restore_map` reads what `massline.engine.opinion.document` writes, and what earlier engines wrote: fields that
came later have a default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from massline.engine.documents import restore
from massline.engine.opinion.document import SCHEMA
from massline.engine.votes import Id

Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class AnswerCounts:
    """How some people answered one statement; the interval holds the share that agrees, at 95 %."""

    seen: int
    agree: int
    disagree: int
    passed: int = field(metadata={"key": "pass"})
    agree_interval: Interval


@dataclass(frozen=True, kw_only=True)
class GroupAnswers(AnswerCounts):
    """How one opinion group answered; groups are numbered from 0, the largest first."""

    group: int


@dataclass(frozen=True, kw_only=True)
class SectionAnswers(AnswerCounts):
    """How one section answered."""

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


@dataclass(frozen=True, kw_only=True)
class StatementAnswers(AnswerCounts):
    """One statement: answers of everybody and of each group, and scores between 0 and 1.

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
    common_ground: float | None = None
    common_ground_interval: Interval | None = None
    by_section: tuple[SectionAnswers, ...] = ()
    drawn_evenly: ReweightedShare | None = None
    said_section: tuple[SectionShare, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpinionGroup:
    """One group of a map: how many people, their share of all, and the statements that set it apart."""

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
class Missing:
    """What was not enough for an answer."""

    have: int
    need: int
    what: str


@dataclass(frozen=True, kw_only=True)
class SpectrumVerdict:
    """Why no groups are drawn; `too_close` where other random draws give another answer."""

    reason: str
    too_close: bool = False


@dataclass(frozen=True, kw_only=True)
class MapResult:
    """The result of a map; `result` is "groups", "spectrum" or "not_enough"."""

    result: str
    dimensions: Mapping[str, Any]
    groups: tuple[OpinionGroup, ...]
    statements: tuple[StatementAnswers, ...]
    least_votes: int
    least_seen: int
    hands: Mapping[str, Any]
    knots: tuple[Knot, ...] = ()
    points: tuple[tuple[float, float, int | None], ...] = ()
    not_enough: Missing | None = None
    spectrum: SpectrumVerdict | None = None
    separation: tuple[Mapping[str, Any], ...] = ()
    borders: tuple[Mapping[str, Any], ...] = ()
    verdicts: tuple[Mapping[str, Any], ...] = ()
    foresight: Mapping[str, Any] | None = None
    participants: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class RestsOn:
    """How many people, statements and votes a map is based on."""

    participants: int
    statements: int
    votes: int


@dataclass(frozen=True, kw_only=True)
class MapDocument:
    """The whole document `massline.opinion/1`."""

    schema: str
    engine_version: str
    seed: int
    rests_on: RestsOn
    left_out: Mapping[str, int]
    result: MapResult


def restore_map(document: Mapping[str, Any]) -> MapDocument:
    """Read a stored map.

    Raises ValueError where the document is of another schema or does not hold what it should.
    """
    if document.get("schema") != SCHEMA:
        raise ValueError(f"not a document of {SCHEMA}: {document.get('schema')!r}")
    return restore(MapDocument, document)


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
