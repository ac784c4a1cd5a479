"""Evidence of a verdict on groups, and how sure it is, as parts of the document."""

from typing import Any

from massline.engine.opinion.estimate import Opinion
from massline.engine.opinion.group_decision import Groups, Spectrum
from massline.engine.opinion.group_test import Separation
from massline.engine.opinion.manipulation import REMOVED

LEAST_TOLD = 10


def tidy(number: float) -> float:
    """Nine significant digits, and never minus zero."""
    return float(f"{float(number):.9g}") + 0.0


def dimensions(opinion: Opinion) -> dict[str, Any]:
    """Eigenvalues with their yardstick."""
    found = opinion.dimensions
    return {
        "real": found.real if found else 0,
        "eigenvalues": [tidy(v) for v in (found.eigenvalues if found else opinion.axes.eigenvalues)],
        "explained": [tidy(v) for v in opinion.axes.explained],
        "grouping": found.grouping if found else 0,
        "null": [tidy(v) for v in found.null] if found else [],
        "draws": found.draws if found else 0,
        "people_compared": found.people if found else 0,
    }


def compared(opinion: Opinion) -> dict[str, Any]:
    """What each number of groups was worth and how many seeds agree, where anything was compared."""
    found = opinion.outcome.separation if isinstance(opinion.outcome, Groups | Spectrum) else None
    if found is None:
        return {}
    return {
        "separation": separation(found),
        "borders": [
            {"cells": cells, "groups": parts, "p_value": tidy(p_value)}
            for (cells, parts), p_value in sorted(found.borders.items())
        ],
        "verdicts": [{"groups": groups, "seeds": seeds} for groups, seeds in sorted(found.verdicts.items())],
    }


def separation(found: Separation) -> list[dict[str, Any]]:
    """Each number of groups: silhouette, how empty its borders are, chance of a cloud doing as well, how surely it comes back."""
    return [
        {
            "groups": k,
            "silhouette": tidy(found.silhouettes[k]),
            "apartness": tidy(found.apartness[k]),
            "p_value": tidy(found.p_values[k]),
            "stability": tidy(found.stability[k]) if k in found.stability else None,
        }
        for k in sorted(found.silhouettes)
    ]


def knots(opinion: Opinion) -> list[dict[str, int | None]]:
    """Small knots beside everybody else: how many people, without a number where there are fewer than ten."""
    found = opinion.outcome
    sizes: list[int] = []
    if isinstance(found, Spectrum):
        sizes = list(found.knots)
    elif isinstance(found, Groups):
        sizes = found.partition.sizes[list(found.knots)].tolist()
    return [{"people": size if size >= LEAST_TOLD else None} for size in sizes]


def hands(opinion: Opinion) -> dict[str, Any]:
    """Patterns by number only, and what leaving them out would change; nobody is named."""
    found = opinion.hands
    return {
        "straight_liners": len(found.straight),
        "copied_ballots": sum(len(group) - 1 for group in found.copies),
        "largest_change": tidy(found.largest_change),
        "removed": list(REMOVED),
        "eigenvalues_without_most_influential": [
            [tidy(v) for v in row] for row in opinion.influence.eigenvalues
        ],
    }
