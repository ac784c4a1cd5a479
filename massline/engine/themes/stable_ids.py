"""Keep theme ids from run to run by the voices they share, and tell new themes from old ones cut anew."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy

from massline.engine.themes.neighbours import GRID, Grid, round_to_grid
from massline.engine.themes.result import Theme

LEAST_OVERLAP = 0.3
OLD_SHARE = 0.5
FAR = 0.7


def assign_ids(
    themes: Sequence[Sequence[str]], earlier: Sequence[Theme], *, level: int
) -> tuple[list[str], list[bool]]:
    """An id for each theme, and whether it was kept.

    Themes are paired with earlier ones one to one so that the overlap (Jaccard, over voices of both runs) is largest
    in sum (Kuhn's Hungarian method); a pair under three tenths does not count. An id once given is not given again.
    """
    overlap = _overlap(themes, earlier)
    ids: list[str | None] = [None] * len(themes)
    for row, column in zip(
        *(side.tolist() for side in scipy.optimize.linear_sum_assignment(-overlap)), strict=True
    ):
        if overlap[row, column] >= LEAST_OVERLAP:
            ids[row] = earlier[column].id
    taken = {theme.id for theme in earlier}
    kept = [found is not None for found in ids]
    named = [found or _fresh(voices, level, taken) for found, voices in zip(ids, themes, strict=True)]
    return named, kept


def _overlap(themes: Sequence[Sequence[str]], earlier: Sequence[Theme]) -> npt.NDArray[np.float64]:
    if not themes or not earlier:
        return np.zeros((len(themes), len(earlier)))
    before = {voice: number for number, theme in enumerate(earlier) for voice in theme.voices}
    pairs = [
        (number, before[voice]) for number, voices in enumerate(themes) for voice in voices if voice in before
    ]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    both = scipy.sparse.coo_array(
        (np.ones(len(pairs)), (rows, columns)), shape=(len(themes), len(earlier))
    ).toarray()
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.asarray(both / np.maximum(either, 1))


def _fresh(voices: Sequence[str], level: int, taken: set[str]) -> str:
    """A short name that depends on the theme's voices alone."""
    text = "\n".join([str(level), *voices])
    for attempt in range(1_000_000):
        name = "t" + hashlib.sha256(f"{attempt}\n{text}".encode()).hexdigest()[:10]
        if name not in taken:
            taken.add(name)
            return name
    raise RuntimeError("No free name for a theme was found.")


def find_new_themes(
    themes: Sequence[Sequence[str]],
    centres: Grid,
    kept: Sequence[bool],
    earlier: Sequence[Theme],
    *,
    grid: Grid,
    node_of: Mapping[str, int],
) -> list[bool]:
    """Return which themes are new: no kept id, mostly new voices, and far in meaning from every earlier theme.

    Parameters
    ----------
    centres : mean directions of the themes, on the grid.
    grid, node_of : directions of this run's wordings, and which of them each voice belongs to.
    """
    known = [[node_of[voice] for voice in theme.voices if voice in node_of] for theme in earlier]
    old_centres = round_to_grid(
        np.array([grid[rows].sum(axis=0, dtype=np.float64) for rows in known if rows])
    )
    nearest = (centres @ old_centres.T).max(axis=1) / GRID**2
    old_voices = {voice for theme in earlier for voice in theme.voices}
    share = [sum(voice in old_voices for voice in voices) / len(voices) for voices in themes]
    return [
        not was_kept and old < OLD_SHARE and bool(near < FAR)
        for was_kept, old, near in zip(kept, share, nearest.tolist(), strict=True)
    ]
