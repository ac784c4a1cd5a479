"""A proposal for what a sum-up should find: the statements that leave the fewest people out, and views held by few."""

from dataclasses import dataclass

from massline.engine.line.ballots import gather_ballots
from massline.engine.line.maximum_coverage import BestCoverage, find_best_coverage
from massline.engine.line.minority_views import MinorityView, find_minority_views
from massline.engine.line.multiwinner import fill_by_pav
from massline.engine.votes import Id, VoteTable

SIZE = 5
VIEWS = 8


@dataclass(frozen=True)
class ProposedFindings:
    """Statements proposed together.

    Attributes
    ----------
    common : statements that leave the fewest people out
    minority : views held by few that are not among them, the surest first
    reach : how many people agree with at least one of the common ones, and what no list of that length exceeds
    voters : people who answered any statement
    """

    common: tuple[Id, ...]
    minority: tuple[MinorityView, ...]
    reach: BestCoverage
    voters: int


def propose_findings(table: VoteTable, *, k: int, size: int = SIZE, views: int = VIEWS) -> ProposedFindings:
    """Propose `size` statements that leave the fewest people out, and at most so many views held by few.

    Places that reach nobody new go to what adds most to the score of proportional approval.

    Examples
    --------
    >>> rows = [(p, s, 1 if (s < 2) == (p < 40) else -1) for p in range(50) for s in range(4)]
    >>> found = propose_findings(VoteTable.from_rows(rows), k=5, size=1)
    >>> found.common, [view.statement for view in found.minority], found.reach.people, found.voters
    ((0,), [2], 40, 50)
    """
    ballots = gather_ballots(table, table.statements.tolist())
    if not ballots.voters:
        return ProposedFindings((), (), BestCoverage((), 0, 0), 0)
    reach = find_best_coverage(ballots, size)
    common = tuple(ballots.demands[place] for place in fill_by_pav(ballots, list(reach.chosen), size))
    few = [view for view in find_minority_views(table, k=k)[:views] if view.statement not in common]
    return ProposedFindings(common, tuple(few), reach, ballots.voters)
