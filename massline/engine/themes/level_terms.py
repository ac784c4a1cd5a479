"""Terms for the themes of every level; broader themes are named from the phrases their finer ones were named by."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from massline.engine.themes.inputs import GatheredTexts
from massline.engine.themes.labels import (
    CANDIDATES,
    PhraseVectors,
    choose_terms,
    phrase_nearness,
    rank_phrases,
)
from massline.engine.themes.neighbours import Grid
from massline.engine.themes.phrases import Phrases, count_phrases, count_words_by_person
from massline.engine.themes.stopwords import find_spread_words
from massline.engine.themes.theme_tree import mean_directions
from massline.engine.themes.tokens import split_words

Labels = npt.NDArray[np.int64]
_PHRASES_KEPT = 200


def choose_level_terms(
    gathered: GatheredTexts,
    grid: Grid,
    levels: Sequence[Labels],
    *,
    mean: npt.NDArray[np.float32],
    least_people: int,
    phrase_vectors: PhraseVectors | None,
) -> list[list[tuple[str, ...]]]:
    """Up to three terms for each theme of each level, levels finest first as given."""
    phrases = _phrases(gathered, levels[0])
    out = []
    for level in levels:
        here = _summed(phrases, levels[0], level)
        sizes = _people(gathered, level)
        candidates = [found[:CANDIDATES] for found in rank_phrases(here, sizes, least_people=least_people)]
        near = _nearness(here, candidates, mean_directions(grid, level), mean, phrase_vectors)
        out.append(
            [
                tuple(theme.shown(key) for key in choose_terms(found, nearness))
                for theme, found, nearness in zip(here, candidates, near, strict=True)
            ]
        )
    return out


def theme_members(level: Labels) -> list[npt.NDArray[np.int64]]:
    """The wordings of each theme of a level."""
    order = np.argsort(level, kind="stable")
    return np.split(order, np.searchsorted(level[order], np.arange(1, int(level.max()) + 1)))


def _phrases(gathered: GatheredTexts, fine: Labels) -> list[Phrases]:
    members = [rows.tolist() for rows in theme_members(fine)]
    tokens = [split_words(node.text) for node in gathered.nodes]
    usage = [
        count_words_by_person([gathered.nodes[row] for row in rows], [tokens[row] for row in rows])
        for rows in members
    ]
    spread = find_spread_words(usage, _people(gathered, fine))
    out = []
    for rows in members:
        full = count_phrases([gathered.nodes[row] for row in rows], [tokens[row] for row in rows], spread)
        most = sorted(full.people, key=lambda key: (-full.people[key], key))
        out.append(full.kept(most[:_PHRASES_KEPT]))
    return out


def _summed(phrases: Sequence[Phrases], fine: Labels, level: Labels) -> list[Phrases]:
    """Phrases of a level's themes: those of the fine themes within, added up."""
    parent = np.zeros(len(phrases), np.int64)
    parent[fine] = level
    out = [Phrases() for _ in range(int(level.max()) + 1)]
    for number, theme in enumerate(phrases):
        into = out[parent[number]]
        for key, forms in theme.forms.items():
            for form, people in forms.items():
                into.add(key, form, people)
    return out


def _people(gathered: GatheredTexts, level: Labels) -> list[int]:
    return [
        len(set().union(*(gathered.nodes[row].people for row in rows.tolist())))
        for rows in theme_members(level)
    ]


def _nearness(
    themes: Sequence[Phrases],
    candidates: Sequence[Sequence[tuple[str, float]]],
    directions: Grid,
    mean: npt.NDArray[np.float32],
    phrase_vectors: PhraseVectors | None,
) -> list[npt.NDArray[np.float64] | None]:
    forms = [theme.shown(key) for theme, found in zip(themes, candidates, strict=True) for key, _ in found]
    if phrase_vectors is None or not forms:
        return [None] * len(themes)
    sizes = [len(found) for found in candidates]
    near = phrase_nearness(forms, directions, np.repeat(np.arange(len(themes)), sizes), mean, phrase_vectors)
    return list(np.split(near, np.cumsum(sizes)[:-1]))
