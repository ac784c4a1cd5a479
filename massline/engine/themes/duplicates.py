"""Copies and near copies. Copies are one wording; near copies are shown together and never merged.

Vectors do not see stance: "ban TV ads for meat" lies next to "ban TV ads for veganism". So nearness of meaning alone
joins nothing; a near copy must also be written in nearly the same letters.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from massline.engine.themes.inputs import Wording, wording_key
from massline.engine.themes.neighbours import GRID

NEAR_COSINE = 0.90
NEAR_LETTERS = 0.60


def find_copies(nodes: Sequence[Wording]) -> tuple[tuple[str, ...], ...]:
    """Voices that said a thing in the same words, in groups of two or more."""
    return tuple(node.voices for node in nodes if len(node.voices) > 1)


def find_near_copies(
    nodes: Sequence[Wording], neighbours: npt.NDArray[np.int32], products: npt.NDArray[np.float32]
) -> tuple[tuple[str, ...], ...]:
    """Groups of voices whose wordings differ by little, such as the letters of one campaign.

    Parameters
    ----------
    neighbours, products : (n, m) nearest wordings and their products on the grid.
    """
    rows, places = np.nonzero(products >= NEAR_COSINE * GRID**2)
    leader = list(range(len(nodes)))
    for row, place in zip(rows.tolist(), places.tolist(), strict=True):
        other = int(neighbours[row, place])
        first, second = _leader(leader, row), _leader(leader, other)
        if first != second and letter_similarity(nodes[row].text, nodes[other].text) >= NEAR_LETTERS:
            leader[max(first, second)] = min(first, second)
    groups: dict[int, list[str]] = {}
    for number, node in enumerate(nodes):
        groups.setdefault(_leader(leader, number), []).append(node.voices[0])
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def letter_similarity(text: str, other: str) -> float:
    """Share of three-letter stretches that two texts have in common (Jaccard).

    >>> letter_similarity("Lower the rents now", "lower the rents, now!")
    1.0
    """
    return _shared(_stretches(text), _stretches(other))


def find_nearest_by_letters(texts: Sequence[str], others: Sequence[str]) -> list[tuple[int, float]]:
    """The place in `others` of the text most like each in letters, and how alike the two are; the first wins ties.

    >>> find_nearest_by_letters(["Lower the rents!"], ["Mend the lift", "lower the rents"])
    [(1, 1.0)]
    """
    known = [_stretches(other) for other in others]
    alike = [[_shared(stretches, other) for other in known] for stretches in map(_stretches, texts)]
    return [(row.index(max(row)), max(row)) for row in alike]


def _shared(first: set[str], second: set[str]) -> float:
    both = len(first & second)
    return both / max(1, len(first) + len(second) - both)


def _stretches(text: str) -> set[str]:
    padded = f" {wording_key(text)} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at
