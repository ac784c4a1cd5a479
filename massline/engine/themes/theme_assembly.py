"""Put each theme together: who, how many, in which languages, with which quotes, questions and change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from massline.engine.themes.growth import Growth, estimate_growth
from massline.engine.themes.inputs import GatheredTexts, Wording
from massline.engine.themes.level_terms import theme_members
from massline.engine.themes.neighbours import Grid
from massline.engine.themes.quotes import choose_quotes
from massline.engine.themes.result import Theme, Themes
from massline.engine.themes.stable_ids import assign_ids, find_new_themes
from massline.engine.themes.theme_languages import (
    count_people_by_language,
    find_questions,
    near_unanimous_language,
    sort_questions,
)
from massline.engine.themes.theme_tree import mean_directions

Labels = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class AssemblyInput:
    """Everything the themes are assembled from; levels and terms finest first."""

    gathered: GatheredTexts
    grid: Grid
    levels: Sequence[Labels]
    terms: Sequence[Sequence[tuple[str, ...]]]
    least_people: int
    window_days: int
    quotes: int


@dataclass(frozen=True)
class _Level:
    """A level's themes, side by side."""

    number: int
    labels: Labels
    members: list[Rows]
    voices: list[tuple[str, ...]]
    centres: Grid
    ids: list[str]
    parents: list[str | None]
    new: list[bool | None]
    growth: list[Growth | None]


@dataclass(frozen=True)
class _Everybody:
    """Facts about the whole collection: which wordings are questions, and its main language."""

    asks: list[bool]
    main: str | None


def assemble_themes(drawing: AssemblyInput, previous: Themes | None) -> tuple[tuple[Theme, ...], int | None]:
    """Themes of all levels, broadest first, and how many earlier voices they were compared with."""
    gathered = drawing.gathered
    compared = None
    if previous is not None:
        earlier = {voice for theme in previous.themes for voice in theme.voices}
        compared = sum(voice in gathered.node_of for voice in earlier)
    everybody = _Everybody(
        find_questions(gathered), near_unanimous_language(count_people_by_language(gathered.nodes))
    )
    out: list[Theme] = []
    level: _Level | None = None
    for number in range(1, len(drawing.levels) + 1):
        level = _level(drawing, number, above=level, previous=previous if compared else None)
        terms = drawing.terms[-number]
        themes = [_theme(drawing, level, at, terms[at], everybody) for at in range(len(level.members))]
        out += sorted(themes, key=lambda theme: (-theme.people, theme.id))
    return tuple(out), compared


def _level(drawing: AssemblyInput, number: int, *, above: _Level | None, previous: Themes | None) -> _Level:
    """Level `number` from the top; compared with the earlier level that lay as far from the finest."""
    gathered, labels = drawing.gathered, drawing.levels[-number]
    members = theme_members(labels)
    voices = [
        tuple(sorted(voice for node in _of(gathered, rows) for voice in node.voices)) for rows in members
    ]
    centres = mean_directions(drawing.grid, labels)
    from_finest = len(drawing.levels) - number
    earlier = previous.at(previous.depth - from_finest) if previous is not None else ()
    ids, kept = assign_ids(voices, earlier, level=number)
    new: list[bool | None] = [None] * len(members)
    if earlier:
        new = [*find_new_themes(voices, centres, kept, earlier, grid=drawing.grid, node_of=gathered.node_of)]
    change = estimate_growth(
        voices, day_of=gathered.day_of, person_of=gathered.person_of, window_days=drawing.window_days
    )
    parents = [above.ids[int(above.labels[rows[0]])] if above is not None else None for rows in members]
    return _Level(number, labels, members, voices, centres, ids, parents, new, change)


def _of(gathered: GatheredTexts, rows: Rows) -> list[Wording]:
    return [gathered.nodes[row] for row in rows.tolist()]


def _theme(
    drawing: AssemblyInput, level: _Level, at: int, terms: tuple[str, ...], everybody: _Everybody
) -> Theme:
    gathered, rows, voices = drawing.gathered, level.members[at], level.voices[at]
    spoken = count_people_by_language(_of(gathered, rows))
    main = near_unanimous_language(spoken)
    people = len({gathered.person_of[voice] for voice in voices})
    enough = people >= drawing.least_people
    return Theme(
        id=level.ids[at],
        level=level.number,
        parent=level.parents[at],
        terms=terms,
        voices=voices,
        people=people,
        languages=spoken,
        one_language=main if main != everybody.main else None,
        sections=len({gathered.section_of[voice] for voice in voices if voice in gathered.section_of}),
        quotes=_quotes(drawing, rows, level.centres[at], everybody) if enough else (),
        questions=_questions(gathered, rows, everybody) if enough else (),
        new=level.new[at],
        growth=level.growth[at],
    )


def _questions(gathered: GatheredTexts, rows: Rows, everybody: _Everybody) -> tuple[str, ...]:
    return sort_questions(gathered.nodes[row] for row in rows.tolist() if everybody.asks[row])


def _quotes(
    drawing: AssemblyInput, rows: Rows, centre: npt.NDArray[np.float32], everybody: _Everybody
) -> tuple[str, ...]:
    """Quotes from what is said, or from everything where most of it is asked."""
    statements = np.array([row for row in rows.tolist() if not everybody.asks[row]], dtype=np.int64)
    chosen = statements if 2 * len(statements) >= len(rows) else rows
    return choose_quotes(drawing.grid, drawing.gathered.nodes, chosen, centre, count=drawing.quotes)
