"""Put each theme together: who, how many, in which languages, with which quotes, questions and change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from massline.engine.themes.growth import Growth, growth
from massline.engine.themes.inputs import Gathered
from massline.engine.themes.matching import kept_ids, new_themes
from massline.engine.themes.naming import members_of
from massline.engine.themes.neighbours import Grid
from massline.engine.themes.questions import is_question
from massline.engine.themes.quotes import quotes
from massline.engine.themes.result import Theme, Themes
from massline.engine.themes.tree import mean_directions

Labels = npt.NDArray[np.int64]
ONE_LANGUAGE = 0.9


@dataclass(frozen=True)
class Drawing:
    """What is known before the themes are put together; levels and terms finest first."""

    gathered: Gathered
    grid: Grid
    levels: Sequence[Labels]
    terms: Sequence[Sequence[tuple[str, ...]]]
    least_people: int
    window_days: int
    quotes: int


@dataclass(frozen=True)
class _Level:
    """One level's themes, side by side."""

    members: list[npt.NDArray[np.int64]]
    voices: list[tuple[str, ...]]
    centres: Grid
    ids: list[str]
    new: list[bool | None]
    growth: list[Growth | None]


def portraits(drawing: Drawing, previous: Themes | None) -> tuple[tuple[Theme, ...], int | None]:
    """Themes of all levels, broadest first, and how many earlier voices they were compared with."""
    gathered = drawing.gathered
    compared = None
    if previous is not None:
        earlier = {voice for theme in previous.themes for voice in theme.voices}
        compared = sum(voice in gathered.node_of for voice in earlier)
    asks = [
        node.voices[0] in gathered.marked_questions or is_question(node.text, node.language)
        for node in gathered.nodes
    ]
    usual = _main_language(gathered, np.arange(len(gathered.nodes)))
    out: list[Theme] = []
    above: _Level | None = None
    above_labels: Labels | None = None
    depth = len(drawing.levels)
    for number, (labels, terms) in enumerate(
        zip(reversed(drawing.levels), reversed(drawing.terms), strict=True), 1
    ):
        level = _level(drawing, labels, number, depth, previous if compared else None)
        themes = [
            _theme(
                drawing, level, at, number, terms[at], asks, usual, _parent(above, above_labels, level, at)
            )
            for at in range(len(level.members))
        ]
        out += sorted(themes, key=lambda theme: (-theme.people, theme.id))
        above, above_labels = level, labels
    return tuple(out), compared


def _level(drawing: Drawing, labels: Labels, number: int, depth: int, previous: Themes | None) -> _Level:
    gathered = drawing.gathered
    members = members_of(labels)
    voices = [
        tuple(sorted(voice for row in rows.tolist() for voice in gathered.nodes[row].voices))
        for rows in members
    ]
    centres = mean_directions(drawing.grid, labels)
    earlier = previous.at(previous.depth - (depth - number)) if previous is not None else ()
    ids, kept = kept_ids(voices, earlier, level=number)
    new: list[bool | None] = [None] * len(members)
    if earlier:
        new = list(new_themes(voices, centres, kept, earlier, grid=drawing.grid, node_of=gathered.node_of))
    change = growth(
        voices, day_of=gathered.day_of, person_of=gathered.person_of, window_days=drawing.window_days
    )
    return _Level(members, voices, centres, ids, new, change)


def _parent(above: _Level | None, labels: Labels | None, level: _Level, at: int) -> str | None:
    if above is None or labels is None:
        return None
    return above.ids[int(labels[level.members[at][0]])]


def _theme(
    drawing: Drawing,
    level: _Level,
    at: int,
    number: int,
    terms: tuple[str, ...],
    asks: Sequence[bool],
    usual: str | None,
    parent: str | None,
) -> Theme:
    gathered, rows = drawing.gathered, level.members[at]
    people = {gathered.person_of[voice] for voice in level.voices[at]}
    enough = len(people) >= drawing.least_people
    questions = [row for row in rows.tolist() if asks[row]]
    said = np.array([row for row in rows.tolist() if not asks[row]], dtype=np.int64)
    main = _main_language(gathered, rows)
    return Theme(
        id=level.ids[at],
        level=number,
        parent=parent,
        terms=terms,
        voices=level.voices[at],
        people=len(people),
        languages=_languages(gathered, rows),
        one_language=main if main != usual else None,
        sections=len(
            {gathered.section_of[voice] for voice in level.voices[at] if voice in gathered.section_of}
        ),
        quotes=quotes(
            drawing.grid,
            gathered.nodes,
            said if len(said) >= len(questions) else rows,
            level.centres[at],
            count=drawing.quotes,
        )
        if enough
        else (),
        questions=_most_asked(gathered, questions) if enough else (),
        new=level.new[at],
        growth=level.growth[at],
    )


def _most_asked(gathered: Gathered, rows: Sequence[int]) -> tuple[str, ...]:
    nodes = sorted(
        (gathered.nodes[row] for row in rows), key=lambda node: (-len(node.people), node.voices[0])
    )
    return tuple(node.voices[0] for node in nodes)


def _languages(gathered: Gathered, rows: npt.NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
    people: dict[str, set[str]] = {}
    for row in rows.tolist():
        node = gathered.nodes[row]
        people.setdefault(node.language, set()).update(node.people)
    return tuple(
        sorted(((code, len(who)) for code, who in people.items()), key=lambda item: (-item[1], item[0]))
    )


def _main_language(gathered: Gathered, rows: npt.NDArray[np.int64]) -> str | None:
    """The language that over nine tenths of the people here speak, if there is one."""
    languages = _languages(gathered, rows)
    total = sum(count for _, count in languages)
    return languages[0][0] if languages and languages[0][1] > ONE_LANGUAGE * total else None
