"""The statements of a map written down: counts, scores, radii and loadings as columns."""

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.estimate import Opinion
from massline.engine.opinion.finding_radius import FindingRadii
from massline.engine.opinion.map_schema import SectionAnswers, StatementExtras
from massline.engine.opinion.statement_arrays import Layout, StatementArrays
from massline.engine.opinion.statement_results import Counts
from massline.engine.result_documents import round_significant, to_json
from massline.engine.votes import Names

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

POWERS = np.array([float(f"1e{power}") for power in range(23)])
"""Powers of ten that floats hold exactly."""


def tidy_numbers(numbers: Floats) -> tuple[float, ...]:
    return tuple(tidy_array(np.asarray(numbers, float)).tolist())


def tidy_array(numbers: Floats) -> Floats:
    """Round each number to nine significant digits, as `round_significant` does, and never to minus zero.

    Raises ValueError where a number is not finite: a document never carries NaN.
    """
    if not np.isfinite(numbers).all():
        raise ValueError("a number of a document is not finite")
    size = np.abs(numbers)
    digits = 8 - np.floor(np.log10(np.where(size > 0, size, 1.0))).astype(int)
    plain = (digits >= 0) & (digits < len(POWERS))
    power = POWERS[np.where(plain, digits, 0)]
    found = np.asarray(np.rint(numbers * power) / power + 0.0, np.float64)
    if not plain.all():
        found[~plain] = [round_significant(number) for number in numbers[~plain].tolist()]
    return found


def describe_statements(opinion: Opinion, texts: Names, radii: FindingRadii) -> StatementArrays:
    """Every statement with counts, scores, radii, and what it takes to place a person."""
    rated, common, identities = opinion.statements, opinion.common, opinion.table.statements.tolist()
    loading = placing_loadings(opinion)
    layout = Layout(
        groups=len(rated.by_group.seen),
        wide=len(loading),
        removed=len(opinion.influence.agree),
        common=0 if common is None else 3,
    )
    real = [
        *(rated.overall.low, rated.overall.high, rated.consensus, rated.divisive, rated.bridging),
        opinion.axes.means,
        *loading,
        *opinion.influence.agree,
        *(() if common is None else (common.share, common.low, common.high)),
        *interval_columns(rated.by_group.low, rated.by_group.high),
    ]
    return StatementArrays(
        tuple(identities),
        tuple(texts.get(identity, "") for identity in identities),
        layout,
        np.stack(
            [*count_columns(rated.overall), *radii.people, *group_columns(rated.by_group)], axis=1
        ).astype(np.int64),
        tidy_array(np.stack(real, axis=1)) if identities else np.zeros((0, layout.real_columns)),
        describe_sections(opinion),
    )


def placing_loadings(opinion: Opinion) -> Floats:
    """Loadings of the dimensions that people are placed along, at least two, (D, M)."""
    wide = max(2, opinion.dimensions.grouping if opinion.dimensions else 2)
    loading = np.zeros((wide, opinion.table.shape[1]))
    loading[: min(wide, len(opinion.axes.loadings))] = opinion.axes.loadings[:wide]
    return loading


def count_columns(counted: Counts) -> tuple[Ints, Ints, Ints]:
    return counted.seen, counted.agree, counted.disagree


def group_columns(counted: Counts) -> list[Ints]:
    """Seen, agreements and disagreements of each group in turn."""
    return [one for group in zip(*count_columns(counted), strict=True) for one in group]


def interval_columns(low: Floats, high: Floats) -> list[Floats]:
    """The ends of each group's interval in turn."""
    return [end for ends in zip(low, high, strict=True) for end in ends]


def describe_sections(opinion: Opinion) -> dict[int, dict[str, object]]:
    """Answers by section, by position, where the table has sections."""
    counted, names = opinion.statements.by_section, opinion.table.sections
    if not names:
        return {}
    rows = [
        [
            SectionAnswers(
                section=name,
                seen=int(counted.seen[s, j]),
                agree=int(counted.agree[s, j]),
                disagree=int(counted.disagree[s, j]),
                passed=int(counted.passed[s, j]),
                agree_interval=(round_significant(counted.low[s, j]), round_significant(counted.high[s, j])),
            )
            for s, name in enumerate(names)
        ]
        for j in range(opinion.table.shape[1])
    ]
    return {j: to_json(StatementExtras(by_section=tuple(row))) for j, row in enumerate(rows)}
