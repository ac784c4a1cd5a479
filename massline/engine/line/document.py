"""The line as the versioned document `massline.line/1` (docs/methods/line.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from massline.engine.line.estimate import Demand, Line, ReasonNotOffered
from massline.engine.line.frontier import Dominated
from massline.engine.line.interval_estimate import Id, IntervalEstimate
from massline.engine.line.justified_representation import Underrepresented
from massline.engine.line.principles import Verdict
from massline.engine.line.slates import ReducedSlate, Slate
from massline.engine.not_enough import NotEnough
from massline.engine.result_documents import Document, omit_default, restore_document, round_significant

SCHEMA = "massline.line/1"


@dataclass(frozen=True, kw_only=True)
class PrincipleVerdict:
    """Members' judgements of a demand by one principle: the verdict, and how many gave which."""

    principle: str
    verdict: str
    contested: bool
    keeps: int
    touches: int
    breaks: int


@dataclass(frozen=True, kw_only=True)
class PlacedDemand:
    """A demand: its place by breadth and advance, or why it is not offered."""

    id: Id
    text: str
    seen: int
    breadth: IntervalEstimate | None
    support: IntervalEstimate | None
    advance: IntervalEstimate | None
    compared: int
    principles: tuple[PrincipleVerdict, ...]
    offered: bool
    why: tuple[ReasonNotOffered, ...]
    unheard: tuple[str, ...]
    dominated: Dominated | None

    @property
    def status(self) -> str:
        """ "barred" where it is not offered, "dominated" where another does both better, else "frontier"."""
        if not self.offered:
            return "barred"
        return "dominated" if self.dominated else "frontier"


@dataclass(frozen=True, kw_only=True)
class BestReach:
    """The share of voters that the best list of a length reaches: found, and at most."""

    share: float
    at_most: float

    @property
    def exact(self) -> bool:
        """True if it is proven that no list of that length reaches more."""
        return self.share == self.at_most


@dataclass(frozen=True, kw_only=True)
class ProposedSlate:
    """A few demands together, with the share of voters who support, and who reject, at least one of them.

    Documents from before lists were compared with the best have no `best`, and were not checked for EJR+.
    """

    rule: str
    size: int
    demands: tuple[Id, ...]
    coverage: IntervalEstimate
    friction: IntervalEstimate
    justified: bool
    overlooked: tuple[Id, ...]
    exact: bool
    without: tuple[ReducedSlate, ...]
    best: BestReach | None = omit_default()
    underrepresented: tuple[Underrepresented, ...] = omit_default(())


@dataclass(frozen=True, kw_only=True)
class FrontierEnds:
    """The demand that unites most, and the one that goes furthest."""

    broadest: Id
    furthest: Id


@dataclass(frozen=True, kw_only=True)
class LineResult:
    """Demands, frontier and slates; `not_enough` says why there are no slates."""

    demands: tuple[PlacedDemand, ...]
    principles: tuple[str, ...]
    frontier: tuple[Id, ...]
    ends: FrontierEnds | None
    slates: tuple[ProposedSlate, ...]
    not_enough: NotEnough | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class LineBasis:
    """The numbers of demands, principles, comparisons and voters that a line is based on."""

    demands: int
    principles: int
    comparisons: int
    voters: int


@dataclass(frozen=True, kw_only=True)
class LineDocument(Document):
    """The whole document."""

    rests_on: LineBasis
    result: LineResult


def document(line: Line) -> LineDocument:
    """Write a line down."""
    slates = () if isinstance(line.slates, NotEnough) else line.slates
    return LineDocument(
        schema=SCHEMA,
        seed=line.seed,
        rests_on=LineBasis(
            demands=len(line.demands),
            principles=len(line.principles),
            comparisons=line.comparisons,
            voters=line.voters,
        ),
        left_out=line.left_out,
        result=LineResult(
            demands=tuple(_demand(demand) for demand in line.demands),
            principles=line.principles,
            frontier=line.frontier,
            ends=FrontierEnds(broadest=line.ends[0], furthest=line.ends[1]) if line.ends else None,
            slates=tuple(_slate(slate, line.voters) for slate in slates),
            not_enough=line.slates if isinstance(line.slates, NotEnough) else None,
        ),
    )


def restore_line(stored: Mapping[str, Any]) -> LineDocument:
    """Read a stored line; raises ValueError where it is no whole document of this schema."""
    return restore_document(LineDocument, SCHEMA, stored)


def _demand(demand: Demand) -> PlacedDemand:
    return PlacedDemand(
        id=demand.id,
        text=demand.text,
        seen=demand.seen,
        breadth=_tidied_or_none(demand.breadth),
        support=_tidied_or_none(demand.support),
        advance=_tidied_or_none(demand.advance),
        compared=demand.compared,
        principles=tuple(_verdict(verdict) for verdict in demand.verdicts),
        offered=demand.offered,
        why=demand.why,
        unheard=demand.unheard,
        dominated=demand.dominated,
    )


def _verdict(verdict: Verdict) -> PrincipleVerdict:
    return PrincipleVerdict(
        principle=verdict.principle,
        verdict=verdict.word,
        contested=verdict.contested,
        keeps=verdict.keeps,
        touches=verdict.touches,
        breaks=verdict.breaks,
    )


def _slate(slate: Slate, voters: int) -> ProposedSlate:
    return ProposedSlate(
        rule=slate.rule,
        size=len(slate.demands),
        demands=slate.demands,
        coverage=_tidied(slate.coverage),
        friction=_tidied(slate.friction),
        justified=not slate.overlooked,
        overlooked=slate.overlooked,
        exact=slate.exact,
        without=tuple(
            ReducedSlate(
                change.dropped,
                change.demands,
                round_significant(change.coverage),
                round_significant(change.friction),
            )
            for change in slate.without
        ),
        best=BestReach(
            share=round_significant(slate.best.people / voters),
            at_most=round_significant(slate.best.at_most / voters),
        ),
        underrepresented=slate.underrepresented,
    )


def _tidied_or_none(measure: IntervalEstimate | None) -> IntervalEstimate | None:
    return None if measure is None else _tidied(measure)


def _tidied(measure: IntervalEstimate) -> IntervalEstimate:
    return replace(
        measure,
        low=round_significant(measure.low),
        value=round_significant(measure.value),
        high=round_significant(measure.high),
    )
