"""Choice of quotes for a theme: near its middle, unlike each other, by different people and languages."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from massline.engine.themes.inputs import Wording
from massline.engine.themes.neighbours import GRID, Grid

MIDDLE = 0.7
SHORT = 25
_SHORT_COST = 0.05
_LANGUAGE_AGAIN = 0.1


def choose_quotes(
    grid: Grid,
    nodes: Sequence[Wording],
    members: npt.NDArray[np.int64],
    centre: npt.NDArray[np.float32],
    *,
    count: int,
) -> tuple[str, ...]:
    """Ids of up to `count` voices, each of another person, by maximal marginal relevance (Carbonell and Goldstein 1998).

    Parameters
    ----------
    members : rows of `grid` and `nodes` to choose from.
    centre : the theme's mean direction, on the grid.
    """
    rows = grid[members]
    near = (rows @ centre).astype(np.float64) / GRID**2
    near -= _SHORT_COST * np.array([len(nodes[member].text) < SHORT for member in members])
    likeness = np.zeros(len(members))
    heard: set[str] = set()
    languages: set[str] = set()
    out: list[str] = []
    open_to_choice = np.ones(len(members), bool)
    while len(out) < count and open_to_choice.any():
        again = np.array([nodes[member].language in languages for member in members])
        score = MIDDLE * near - (1 - MIDDLE) * likeness - _LANGUAGE_AGAIN * again
        best = int(np.where(open_to_choice, np.round(score, 9), -np.inf).argmax())
        open_to_choice[best] = False
        node = nodes[members[best]]
        if node.people & heard:
            continue
        out.append(node.voices[0])
        heard |= node.people
        languages.add(node.language)
        likeness = np.maximum(likeness, (rows @ rows[best]).astype(np.float64) / GRID**2)
    return tuple(out)
