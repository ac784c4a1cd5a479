"""From many short texts in many languages to a tree of themes, each traceable to its voices."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from massline.engine.not_enough import NotEnough
from massline.engine.themes import (
    duplicates,
    labels,
    neighbour_graph,
    neighbours,
    neighbours_ivf,
    theme_tree,
    tokens,
)
from massline.engine.themes.inputs import GatheredTexts, ThemeInput, gather_texts
from massline.engine.themes.language_means import subtract_language_means
from massline.engine.themes.level_terms import choose_level_terms
from massline.engine.themes.louvain import find_communities
from massline.engine.themes.result import Themes
from massline.engine.themes.theme_assembly import AssemblyInput, assemble_themes

LEAST_WORDINGS = 12
FINEST_RESOLUTION = 9.0
NEIGHBOURS = 8
CANDIDATES = 48
EXACT_UP_TO = 20_000


def estimate(
    texts: ThemeInput,
    vectors: npt.ArrayLike,
    *,
    seed: int,
    k: int,
    previous: Themes | None = None,
    resolution: float | None = None,
    window_days: int = 7,
    quotes: int = 3,
    phrase_vectors: labels.PhraseVectors | None = None,
) -> Themes:
    """Find what many people speak of.

    Vectors lose the mean of their language; each text is joined with the eight texts nearest in meaning and wording, by
    how many neighbours they share; Louvain cuts that graph into fine themes; average linkage makes two broader levels.

    Parameters
    ----------
    texts : voices in any order; the result does not depend on it.
    vectors : (n, dim) sentence vectors, one a voice, all from one embedder.
    seed : only used above 20,000 wordings, where neighbours are searched in cells drawn from a sample.
    previous : an earlier result; its ids are kept by overlap and new themes are told from it. It should cover voices
        that are in this run too, otherwise there is nothing to compare with.
    k : a theme of fewer different people shows no quote, and no phrase of theirs alone.
    resolution : larger gives more, smaller themes. Without it a quarter of the root of the number of wordings, at most 9.
    window_days : growth compares the last so many days with all earlier ones.
    quotes : how many voices stand for a theme at most.
    phrase_vectors : the same embedder, for phrases; makes better labels.

    Returns
    -------
    Themes; with `not_enough` and no themes when fewer than `k` people or 12 wordings are there.

    Raises
    ------
    ValueError : shapes differ, ids repeat, a vector is not finite, or an option is out of range.

    Notes
    -----
    Formulas, sources and measurements: docs/methods/themes.md.

    Examples
    --------
    >>> import numpy as np
    >>> about = ["rent", "heat", "lift"]
    >>> said = ThemeInput(
    ...     ids=tuple(f"v{i:02d}" for i in range(36)),
    ...     texts=tuple(f"{about[i % 3]} trouble in house number {i}" for i in range(36)),
    ... )
    >>> found = estimate(said, np.eye(3)[[i % 3 for i in range(36)]], seed=1, k=5)
    >>> sorted(theme.size for theme in found.at(found.depth))
    [12, 12, 12]
    """
    _check(k, resolution, window_days, quotes)
    gathered, own = gather_texts(texts, vectors)
    basis = _without_themes(gathered, seed, k)
    short = _too_few(basis)
    if short is not None:
        return replace(basis, not_enough=short)
    mean = subtract_language_means(own, [node.language for node in gathered.nodes])
    grid = neighbours.round_to_grid(own, out=own)
    found, products = _candidates(grid, seed)
    fine = _fine_themes(gathered, found, products, resolution or default_resolution(basis.wordings))
    levels = [cut[fine] for cut in theme_tree.build_levels(theme_tree.mean_directions(grid, fine))]
    terms = choose_level_terms(
        gathered, grid, levels, mean=mean, least_people=k, phrase_vectors=phrase_vectors
    )
    drawing = AssemblyInput(gathered, grid, levels, terms, k, window_days, quotes)
    themes, compared = assemble_themes(drawing, previous)
    return replace(
        basis,
        themes=themes,
        near_copies=duplicates.find_near_copies(gathered.nodes, found, products),
        compared_with=compared,
    )


def default_resolution(wordings: int) -> float:
    """Default resolution for a number of wordings, measured on draws of 40 to 4,500 labelled texts.

    >>> default_resolution(100), default_resolution(10_000)
    (2.5, 9.0)
    """
    return min(FINEST_RESOLUTION, math.sqrt(wordings) / 4)


def _check(k: int, resolution: float | None, window_days: int, quotes: int) -> None:
    if k < 1 or window_days < 1 or quotes < 0:
        raise ValueError("k and window_days are at least 1, quotes at least 0.")
    if resolution is not None and not 0 < resolution < np.inf:
        raise ValueError("resolution is a positive number.")


def _too_few(basis: Themes) -> NotEnough | None:
    if basis.people < basis.least_people:
        return NotEnough(have=basis.people, need=basis.least_people, what="people")
    if basis.wordings < LEAST_WORDINGS:
        return NotEnough(have=basis.wordings, need=LEAST_WORDINGS, what="different texts")
    return None


def _candidates(grid: neighbours.Grid, seed: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    k = min(CANDIDATES, len(grid) - 1)
    if len(grid) <= EXACT_UP_TO:
        return neighbours.find_nearest(grid, k)
    return neighbours_ivf.find_nearest_in_cells(grid, k, seed=seed)


def _fine_themes(
    gathered: GatheredTexts,
    found: npt.NDArray[np.int32],
    products: npt.NDArray[np.float32],
    resolution: float,
) -> npt.NDArray[np.int64]:
    alike = tokens.word_similarity(tokens.wording_matrix([node.text for node in gathered.nodes]), found)
    nearest = neighbour_graph.choose_neighbours(found, products, alike, k=NEIGHBOURS)
    return find_communities(neighbour_graph.link_shared_neighbours(nearest), resolution=resolution)


def _without_themes(gathered: GatheredTexts, seed: int, least_people: int) -> Themes:
    return Themes(
        seed=seed,
        themes=(),
        duplicates=duplicates.find_copies(gathered.nodes),
        near_copies=(),
        voices=len(gathered.person_of),
        people=len(set(gathered.person_of.values())),
        wordings=len(gathered.nodes),
        left_out={str(reason): count for reason, count in gathered.left_out.items()},
        least_people=least_people,
    )
