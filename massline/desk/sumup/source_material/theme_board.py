"""The themes of a round for display: labels and counts from the snapshot, texts from their own rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.engine.not_enough import NotEnough
from massline.engine.privacy.threshold import Threshold
from massline.engine.themes.document import SectionGrid, ThemeRow, ThemesBasis
from massline.square.conversations.models import Statement

QUOTES_BELOW = 1


@dataclass(frozen=True)
class Quote:
    """A text that represents a theme; `pick` if it has no checkbox elsewhere on the page."""

    text: str
    where: str
    pick: bool
    voice: Voice | None = None
    statement: Statement | None = None


@dataclass(frozen=True)
class SectionCount:
    """Number of a theme's texts from one section; None if it is hidden."""

    section: str
    count: int | None


@dataclass(frozen=True)
class ThemeShown:
    """A theme without counts or quotes from too few people."""

    id: str
    label: str
    texts: int
    people: int
    enough: bool
    languages: str
    new: bool
    growing: bool
    quotes: list[Quote]
    inside: "list[ThemeShown]"
    where: list[SectionCount]

    @property
    def counted(self) -> list[SectionCount]:
        """Sections whose counts may be shown, the largest first."""
        return sorted((cell for cell in self.where if cell.count), key=lambda cell: -(cell.count or 0))

    @property
    def some_hidden(self) -> bool:
        return any(cell.count is None for cell in self.where)

    @property
    def look(self) -> str:
        """Query string of the selection with this theme's voices alone."""
        return f"theme={self.id}"


class ThemeBoard:
    """The newest themes of a round with their quotes and counts."""

    def __init__(self, round_: ListeningRound, *, evidence: CitedData | None = None) -> None:
        self.round = round_
        self.evidence = evidence or CitedData(round_)
        self.placed_voices: set[int] = set()
        self.placed_statements: set[int] = set()

    @property
    def snapshot(self) -> ThemeSnapshot | None:
        return self.evidence.themes

    @property
    def rests_on(self) -> ThemesBasis | None:
        return self.snapshot.estimate.rests_on if self.snapshot else None

    @property
    def least(self) -> int:
        return self.evidence.threshold.k

    @property
    def not_enough(self) -> NotEnough | None:
        return self.snapshot.estimate.result.not_enough if self.snapshot else None

    @property
    def _rows(self) -> Sequence[ThemeRow]:
        return self.snapshot.estimate.result.themes if self.snapshot else ()

    @cached_property
    def _below(self) -> dict[str | None, list[ThemeRow]]:
        below: dict[str | None, list[ThemeRow]] = defaultdict(list)
        for row in self._rows:
            below[row.parent].append(row)
        return below

    @cached_property
    def themes(self) -> list[ThemeShown]:
        """The broad themes, each with the themes directly below it."""
        tops = self._below[None]
        shown = [(row, self._below[row.id]) for row in tops]
        names = [name for row, inside in shown for name in self._names(row, inside)]
        words = self._words(names)
        where = self._where()
        return [
            self._shown(
                row,
                words,
                where,
                [self._shown(inner, words, where, [], but=row.quotes) for inner in below],
            )
            for row, below in shown
        ]

    @property
    def new_count(self) -> int:
        return sum(theme.new for theme in self.themes)

    @property
    def compared(self) -> bool:
        return bool(self.snapshot and self.snapshot.estimate.result.compared_with)

    def names_of(self, theme: str) -> list[str]:
        """Names of all texts in a theme and the themes below it."""
        names: list[str] = []
        waiting = [theme]
        for row in self._rows:
            if row.id == theme:
                names += row.voices or ()
        while waiting:
            for row in self._below[waiting.pop()]:
                names += row.voices or ()
                waiting.append(row.id)
        return sorted(set(names))

    def label_of(self, theme: str) -> str:
        return next((_label(row) for row in self._rows if row.id == theme), "")

    def _names(self, row: ThemeRow, inside: Sequence[ThemeRow]) -> list[str]:
        return [*row.quotes, *(name for inner in inside for name in inner.quotes)]

    def _where(self) -> dict[str, list[SectionCount]]:
        grid = (self.snapshot.estimate.result.by_section if self.snapshot else None) or SectionGrid()
        counts = [count for row in grid.rows for count in row.cells if count]
        if not self.evidence.threshold.shows_all(*counts):
            return {}  # counted under a lower threshold; the next estimate counts them again
        names = [name or _("online") for name in grid.sections]
        return {
            row.theme: [SectionCount(name, count) for name, count in zip(names, row.cells, strict=True)]
            for row in grid.rows
        }

    def _shown(
        self,
        row: ThemeRow,
        words: dict[str, Quote],
        where: dict[str, list[SectionCount]],
        inside: "list[ThemeShown]",
        *,
        but: Sequence[str] = (),
    ) -> ThemeShown:
        """A theme for display; an inner theme shows a quote that the outer theme does not."""
        enough = self.evidence.threshold.shows(row.people)
        names = [name for name in row.quotes if enough and name in words and name not in but]
        return ThemeShown(
            id=row.id,
            label=_label(row),
            texts=row.size,
            people=row.people,
            enough=enough,
            languages=_languages(row, self.evidence.threshold),
            new=bool(row.new),
            growing=row.is_growing,
            quotes=[words[name] for name in (names[:QUOTES_BELOW] if but else names)],
            inside=inside,
            where=where.get(row.id, []),
        )

    def _words(self, names: Sequence[str]) -> dict[str, Quote]:
        """Quotes by name, fetched in two queries."""
        voices = [UUID(name[1:]) for name in names if name[0] == "v"]
        statements = [UUID(name[1:]) for name in names if name[0] == "s"]
        quotes: dict[str, Quote] = {}
        for voice in Voice.objects.filter(uuid__in=voices).select_related("report__section"):
            place = voice.report.section.name if voice.report.section else _("No section")
            pick = voice.pk not in self.placed_voices
            quotes[f"v{voice.uuid}"] = Quote(voice.text, place, pick, voice=voice)
        for statement in Statement.objects.shown().filter(uuid__in=statements):
            place, pick = (
                _("statement %(n)d") % {"n": statement.shown_number},
                statement.pk not in self.placed_statements,
            )
            quotes[f"s{statement.uuid}"] = Quote(statement.text, place, pick, statement=statement)
        return quotes


def _label(row: ThemeRow) -> str:
    return row.label or _("no words in common")


def _languages(row: ThemeRow, threshold: Threshold) -> str:
    """The languages of a theme; empty unless at least two have enough speakers to be shown."""
    spoken = [language.language for language in row.languages if threshold.shows(language.people)]
    return ", ".join(spoken) if len(spoken) > 1 else ""
