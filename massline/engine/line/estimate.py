"""From answers, principles and comparisons to the line that could unite most and still go far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from massline.engine.line.advance import Comparison, fit_bradley_terry
from massline.engine.line.ballots import gather_ballots
from massline.engine.line.breadth import DemandAnswers, measure_breadth, measure_support, unheard_parts
from massline.engine.line.frontier import Dominated, find_dominated, frontier_ends
from massline.engine.line.interval_estimate import Id, IntervalEstimate, id_sort_key
from massline.engine.line.principles import BREAKS, UNCHECKED, Mark, Verdict, judge_demand
from massline.engine.line.slates import LARGEST, Slate, propose_slates
from massline.engine.not_enough import NotEnough
from massline.engine.votes import VoteTable

MOST_CANDIDATES = 40  # demands that enter the slates, broadest first


@dataclass(frozen=True)
class ReasonNotOffered:
    """A reason a demand is not offered: it breaks a principle, was not checked, or too few have answered."""

    reason: str
    principle: str = ""


@dataclass(frozen=True)
class Demand:
    """A statement as a demand.

    Attributes
    ----------
    breadth : support in the least favourable section or group, None where too few have answered
    support : support among everybody, by headcounts; None without them
    advance : chance to go further than another demand, None where it was never compared
    verdicts : what members say for every principle
    why : reasons it is not offered; empty where it is
    dominated : the demand that beats it in both, if any
    unheard : sections and groups too few of whom have answered it
    """

    id: Id
    text: str
    seen: int
    breadth: IntervalEstimate | None
    support: IntervalEstimate | None
    advance: IntervalEstimate | None
    compared: int
    verdicts: tuple[Verdict, ...]
    why: tuple[ReasonNotOffered, ...]
    unheard: tuple[str, ...] = ()
    dominated: Dominated | None = None

    @property
    def offered(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Line:
    """Demands, the two ends of the frontier, and slates; `slates` is NotEnough where there are no votes."""

    demands: tuple[Demand, ...]
    frontier: tuple[Id, ...]
    ends: tuple[Id, Id] | None
    slates: tuple[Slate, ...] | NotEnough
    principles: tuple[str, ...]
    comparisons: int
    voters: int
    left_out: dict[str, int]
    seed: int = 0


def estimate(
    answers: Sequence[DemandAnswers],
    *,
    k: int,
    marks: Sequence[Mark] = (),
    comparisons: Sequence[Comparison] = (),
    headcount: Mapping[str, int] | None = None,
    votes: VoteTable | None = None,
    largest: int = LARGEST,
    seed: int = 0,
) -> Line:
    """Lay demands out by breadth and advance, guard the principles, and propose slates.

    Parameters
    ----------
    answers : the answers to each demand; `demand_answers` reads them from an opinion map
    k : answers a section, a group or a demand needs before a figure of it is given
    marks : members' judgements; with any principle marked, a demand unchecked against one is not offered
    comparisons : members' answers to "which of these two goes further?"
    headcount : people in each section, for support among everybody
    votes : the same votes the answers are counted from; slates need them
    largest : demands in the largest slate
    seed : kept for the document; nothing here is random

    Raises
    ------
    ValueError
        Where a mark or comparison names a demand that is not among the answers.
    """
    rows = sorted(answers, key=lambda row: id_sort_key(row.id))
    known = {row.id for row in rows}
    for named in [m.demand for m in marks] + [i for c in comparisons for i in (c.further, c.less)]:
        if named not in known:
            raise ValueError(f"the opinion document has no statement {named!r}")
    principles = tuple(sorted({m.principle for m in marks}))
    strengths = fit_bradley_terry(comparisons)
    advance = strengths.measures()
    compared = dict(zip(strengths.items, strengths.compared.tolist(), strict=True))
    demands = [_demand(row, principles, marks, headcount or {}, advance, compared, k) for row in rows]
    places = {d.id: (d.breadth, d.advance) for d in demands if d.offered and d.breadth and d.advance}
    beaten = find_dominated(places)
    frontier = tuple(sorted(set(places) - set(beaten), key=id_sort_key))
    chosen, voters, left_out = _slates(demands, votes, largest, k)
    return Line(
        demands=tuple(replace(d, dominated=beaten.get(d.id)) for d in demands),
        frontier=frontier,
        ends=frontier_ends(frontier, places),
        slates=chosen,
        principles=principles,
        comparisons=len(comparisons),
        voters=voters,
        left_out=left_out,
        seed=seed,
    )


def _demand(
    row: DemandAnswers,
    principles: Sequence[str],
    marks: Sequence[Mark],
    headcount: Mapping[str, int],
    advance: Mapping[Id, IntervalEstimate],
    compared: Mapping[Id, int],
    k: int,
) -> Demand:
    verdicts = judge_demand(row.id, principles, marks)
    why = [ReasonNotOffered(v.word, v.principle) for v in verdicts if v.word in (BREAKS, UNCHECKED)]
    if row.seen < k:
        why.append(ReasonNotOffered("few answers"))
    return Demand(
        id=row.id,
        text=row.text,
        seen=row.seen,
        breadth=measure_breadth(row, k=k),
        support=measure_support(row.by_section, headcount),
        advance=advance.get(row.id),
        compared=compared.get(row.id, 0),
        verdicts=verdicts,
        why=tuple(why),
        unheard=tuple(unheard_parts(row, k=k)),
    )


def _slates(
    demands: Sequence[Demand], votes: VoteTable | None, largest: int, k: int
) -> tuple[tuple[Slate, ...] | NotEnough, int, dict[str, int]]:
    offered = [d for d in demands if d.offered and d.breadth]
    ranked = sorted(offered, key=lambda d: (-(d.breadth.value if d.breadth else 0.0), id_sort_key(d.id)))
    names = sorted((d.id for d in ranked[:MOST_CANDIDATES]), key=id_sort_key)
    left_out = {
        "demands_not_offered": len(demands) - len(offered),
        "demands_too_narrow_for_the_slates": len(offered) - len(names),
    }
    if votes is None:
        return NotEnough(0, 1, what="tables of votes"), 0, left_out
    cast = gather_ballots(votes, names)
    left_out["voters_who_answered_none_of_them"] = cast.silent
    if cast.voters < k:
        return NotEnough(cast.voters, k, what="voters"), cast.voters, left_out
    return tuple(propose_slates(cast, largest=largest)), cast.voters, left_out
