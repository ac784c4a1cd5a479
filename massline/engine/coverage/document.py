"""Coverage as the versioned document `massline.coverage/1` (docs/methods/coverage.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from massline.engine.coverage.estimate import Coverage, NextStep, RoomShare, SectionHeard
from massline.engine.privacy import Cube, add_margins, choose_shown_cells
from massline.engine.result_documents import Document, omit_default, restore_document, round_significant

SCHEMA = "massline.coverage/1"


@dataclass(frozen=True, kw_only=True)
class HiddenSection:
    """A section without its figures, because few were heard there or another's would give them away."""

    section: str
    headcount: int
    hidden: bool


@dataclass(frozen=True, kw_only=True)
class SectionInRoom:
    """A section at a meeting: its share there with interval, beside its share of all the people."""

    section: str
    came: int
    share: float
    low: float
    high: float
    expected: float
    standing: str


@dataclass(frozen=True, kw_only=True)
class RoundCoverage:
    """A round in short; `evenness` is 1 where each section was heard in proportion."""

    round: str
    headcount: int
    people_heard: int
    unheard: tuple[str, ...]
    evenness: float | None


@dataclass(frozen=True, kw_only=True)
class CoverageResult:
    """Sections by name, and where to go next; a public document has neither steps nor widest margins."""

    sections: tuple[SectionHeard | HiddenSection, ...]
    unheard: tuple[str, ...]
    evenness: float | None
    next: tuple[NextStep, ...]
    widest_before: float | None = omit_default()
    widest_after: float | None = omit_default()
    room: tuple[SectionInRoom, ...] | None = omit_default()
    rounds: tuple[RoundCoverage, ...] | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class CoverageBasis:
    """The numbers of sections and people; without the people heard where that would give a section away."""

    sections: int
    headcount: int
    people_heard: int | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class CoverageDocument(Document):
    """The whole document."""

    rests_on: CoverageBasis
    result: CoverageResult


def document(coverage: Coverage, *, k: int, public: bool = False) -> CoverageDocument:
    """Write coverage down.

    `public` hides every section in which 1 to k - 1 people were heard, whatever would give it away, and where
    to go next, which follows from those counts.
    """
    shown = _shown(coverage.sections, k) if public else None
    sections = tuple(_section(s, shown is not None and shown[s.section] is None) for s in coverage.sections)
    hidden = {"sections_hidden_because_few_were_heard": sum(isinstance(s, HiddenSection) for s in sections)}
    hides_total = shown is not None and shown[""] is None
    return CoverageDocument(
        schema=SCHEMA,
        seed=coverage.seed,
        rests_on=CoverageBasis(
            sections=len(coverage.sections),
            headcount=sum(section.headcount for section in coverage.sections),
            people_heard=None if hides_total else sum(section.heard for section in coverage.sections),
        ),
        left_out=hidden if public else {},
        result=_public_result(coverage, sections) if public else _result(coverage, sections),
    )


def restore_coverage(stored: Mapping[str, Any]) -> CoverageDocument:
    """Read a stored coverage; raises ValueError where it is no whole document of this schema."""
    return restore_document(CoverageDocument, SCHEMA, stored)


def section_in_room(share: RoomShare) -> SectionInRoom:
    return SectionInRoom(
        section=share.section,
        came=share.came,
        share=round_significant(share.share),
        low=round_significant(share.low),
        high=round_significant(share.high),
        expected=round_significant(share.expected),
        standing=share.standing,
    )


def round_coverage(name: str, coverage: Coverage) -> RoundCoverage:
    return RoundCoverage(
        round=name,
        headcount=sum(section.headcount for section in coverage.sections),
        people_heard=sum(section.heard for section in coverage.sections),
        unheard=coverage.unheard,
        evenness=None if coverage.evenness is None else round_significant(coverage.evenness),
    )


def _result(coverage: Coverage, sections: tuple[SectionHeard | HiddenSection, ...]) -> CoverageResult:
    return CoverageResult(
        sections=sections,
        unheard=coverage.unheard,
        evenness=None if coverage.evenness is None else round_significant(coverage.evenness),
        next=tuple(
            replace(
                step,
                margin_before=round_significant(step.margin_before),
                margin_after=round_significant(step.margin_after),
            )
            for step in coverage.next
        ),
        widest_before=round_significant(coverage.widest_before),
        widest_after=round_significant(coverage.widest_after),
    )


def _public_result(coverage: Coverage, sections: tuple[SectionHeard | HiddenSection, ...]) -> CoverageResult:
    evenness = None if coverage.evenness is None else round(coverage.evenness, 1)
    return CoverageResult(sections=sections, unheard=coverage.unheard, evenness=evenness, next=())


def _section(heard: SectionHeard, hide: bool) -> SectionHeard | HiddenSection:
    if hide:
        return HiddenSection(section=heard.section, headcount=heard.headcount, hidden=True)
    return replace(
        heard,
        share=round_significant(heard.share),
        low=round_significant(heard.low),
        high=round_significant(heard.high),
        margin=round_significant(heard.margin),
    )


def _shown(sections: Sequence[SectionHeard], k: int) -> dict[str, int | None]:
    """The count that may be shown of each section, and under "" of all together; None for none."""
    names = tuple(section.section for section in sections)
    cube = Cube(("section",), (names,), np.array([section.heard for section in sections], np.int64))
    release = choose_shown_cells(cube, add_margins("section"), k=k)
    return {"": release.table()[()]} | {name: count for (name,), count in release.table("section").items()}
