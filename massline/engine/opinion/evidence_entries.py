"""Evidence of a verdict on groups, and how sure it is, as parts of the document."""

from massline.engine.opinion.estimate import Opinion
from massline.engine.opinion.evidence_schema import (
    BorderTest,
    GroupingTest,
    MapDimensions,
    SeedVerdict,
    VotePatterns,
)
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.group_test import Separation
from massline.engine.opinion.influence import REMOVED
from massline.engine.opinion.map_schema import Knot
from massline.engine.result_documents import round_significant

LEAST_TOLD = 10


def describe_dimensions(opinion: Opinion) -> MapDimensions:
    """Eigenvalues with their yardstick."""
    found = opinion.dimensions
    return MapDimensions(
        real=found.real if found else 0,
        eigenvalues=tuple(
            round_significant(v) for v in (found.eigenvalues if found else opinion.axes.eigenvalues)
        ),
        explained=tuple(round_significant(v) for v in opinion.axes.explained),
        grouping=found.grouping if found else 0,
        null=tuple(round_significant(v) for v in found.null) if found else (),
        draws=found.draws if found else 0,
        people_compared=found.people if found else 0,
    )


def describe_separation(found: Separation) -> tuple[GroupingTest, ...]:
    """Each number of groups that was tried."""
    return tuple(
        GroupingTest(
            groups=k,
            silhouette=round_significant(found.silhouettes[k]),
            apartness=round_significant(found.apartness[k]),
            p_value=round_significant(found.p_values[k]),
            stability=round_significant(found.stability[k]) if k in found.stability else None,
        )
        for k in sorted(found.silhouettes)
    )


def describe_borders(found: Separation) -> tuple[BorderTest, ...]:
    """The borders that decided which cells belong together."""
    return tuple(
        BorderTest(cells=cells, groups=parts, p_value=round_significant(p_value))
        for (cells, parts), p_value in sorted(found.borders.items())
    )


def describe_verdicts(found: Separation) -> tuple[SeedVerdict, ...]:
    """The number of seeds that agree on each number of groups."""
    return tuple(SeedVerdict(groups=groups, seeds=seeds) for groups, seeds in sorted(found.verdicts.items()))


def describe_knots(opinion: Opinion) -> tuple[Knot, ...]:
    """Small knots beside everybody else: how many people, without a number where there are fewer than ten."""
    found = opinion.outcome
    sizes: list[int] = []
    if isinstance(found, Spectrum):
        sizes = list(found.knots)
    elif isinstance(found, Groups):
        sizes = found.partition.sizes[list(found.knots)].tolist()
    return tuple(Knot(people=size if size >= LEAST_TOLD else None) for size in sizes)


def describe_vote_patterns(opinion: Opinion) -> VotePatterns:
    """Patterns of votes, and what leaving them out would change."""
    found = opinion.hands
    return VotePatterns(
        straight_liners=len(found.straight),
        copied_ballots=sum(len(group) - 1 for group in found.copies),
        largest_change=round_significant(found.largest_change),
        removed=tuple(REMOVED),
        eigenvalues_without_most_influential=tuple(
            tuple(round_significant(v) for v in row) for row in opinion.influence.eigenvalues
        ),
    )
