"""Themes as the versioned document `massline.themes/1` (docs/methods/themes.md); voices appear by id alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from massline.engine.not_enough import NotEnough
from massline.engine.result_documents import Document, omit_default, restore_document
from massline.engine.themes.growth import Growth
from massline.engine.themes.result import Theme, Themes

SCHEMA = "massline.themes/1"


@dataclass(frozen=True, kw_only=True)
class LanguagePeople:
    """The number of people who spoke of a theme in a language."""

    language: str
    people: int


@dataclass(frozen=True, kw_only=True)
class ThemeRow:
    """A theme as in `Theme`; only the finest themes list their `voices`, broader ones have those within."""

    id: str
    level: int
    parent: str | None
    label: str
    terms: tuple[str, ...]
    size: int
    people: int
    languages: tuple[LanguagePeople, ...]
    one_language: str | None
    sections: int
    quotes: tuple[str, ...]
    questions: tuple[str, ...]
    new: bool | None
    growth: Growth | None
    voices: tuple[str, ...] | None = omit_default()

    @property
    def is_growing(self) -> bool:
        return self.growth is not None and self.growth.growing


@dataclass(frozen=True, kw_only=True)
class ThemeCells:
    """Texts of one theme, or of all "others" together, by section; None for a cell that is hidden."""

    theme: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class SectionGrid:
    """Texts by broad theme and section."""

    sections: tuple[str, ...] = ()
    rows: tuple[ThemeCells, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ThemesResult:
    """Every theme of every level, broadest first; the desk adds the grid, the command the `embedder`."""

    notice: str
    least_people: int
    compared_with: int | None
    themes: tuple[ThemeRow, ...]
    duplicates: tuple[tuple[str, ...], ...]
    near_copies: tuple[tuple[str, ...], ...]
    not_enough: NotEnough | None = omit_default()
    by_section: SectionGrid | None = omit_default()
    embedder: str | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class ThemesBasis:
    """The numbers of voices, people and different wordings that the themes are based on.

    `entries` are rows of imported files, of which nobody knows whether each is another person; they are not in `people`.
    """

    voices: int
    people: int
    wordings: int
    entries: int = omit_default(0)


@dataclass(frozen=True, kw_only=True)
class ThemesDocument(Document):
    """The whole document."""

    rests_on: ThemesBasis
    result: ThemesResult


def document(estimate: Themes) -> ThemesDocument:
    """Write the estimate down."""
    return ThemesDocument(
        schema=SCHEMA,
        seed=estimate.seed,
        rests_on=ThemesBasis(voices=estimate.voices, people=estimate.people, wordings=estimate.wordings),
        left_out=estimate.left_out,
        result=ThemesResult(
            notice=estimate.notice,
            least_people=estimate.least_people,
            compared_with=estimate.compared_with,
            themes=tuple(_row(theme, estimate.depth) for theme in estimate.themes),
            duplicates=estimate.duplicates,
            near_copies=estimate.near_copies,
            not_enough=estimate.not_enough,
        ),
    )


def restore_themes(stored: Mapping[str, Any]) -> ThemesDocument:
    """Read stored themes; raises ValueError where they are no whole document of this schema."""
    return restore_document(ThemesDocument, SCHEMA, stored)


def estimate_of(document: ThemesDocument) -> Themes:
    """Return the estimate that a document was made from, so that the next one can keep its ids."""
    result, rests_on = document.result, document.rests_on
    voices = _voices(result.themes)
    return Themes(
        seed=document.seed,
        themes=tuple(_theme(row, voices[row.id]) for row in result.themes),
        duplicates=result.duplicates,
        near_copies=result.near_copies,
        voices=rests_on.voices,
        people=rests_on.people,
        wordings=rests_on.wordings,
        left_out=dict(document.left_out),
        least_people=result.least_people,
        compared_with=result.compared_with,
        not_enough=result.not_enough,
    )


def _row(theme: Theme, depth: int) -> ThemeRow:
    return ThemeRow(
        id=theme.id,
        level=theme.level,
        parent=theme.parent,
        label=theme.label,
        terms=theme.terms,
        size=theme.size,
        people=theme.people,
        languages=tuple(
            LanguagePeople(language=language, people=people) for language, people in theme.languages
        ),
        one_language=theme.one_language,
        sections=theme.sections,
        quotes=theme.quotes,
        questions=theme.questions,
        new=theme.new,
        growth=theme.growth,
        voices=theme.voices if theme.level == depth else None,
    )


def _voices(rows: Sequence[ThemeRow]) -> dict[str, list[str]]:
    """Voices of every theme: the finest have their own, the broader ones those of the themes within."""
    voices = {row.id: list(row.voices or ()) for row in rows}
    for row in sorted(rows, key=lambda row: -row.level):
        if row.parent is not None:
            voices[row.parent] += voices[row.id]
    return voices


def _theme(row: ThemeRow, voices: Sequence[str]) -> Theme:
    return Theme(
        id=row.id,
        level=row.level,
        parent=row.parent,
        terms=row.terms,
        voices=tuple(sorted(voices)),
        people=row.people,
        languages=tuple((spoken.language, spoken.people) for spoken in row.languages),
        one_language=row.one_language,
        sections=row.sections,
        quotes=row.quotes,
        questions=row.questions,
        new=row.new,
        growth=row.growth,
    )
