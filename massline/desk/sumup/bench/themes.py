"""The themes of a round set for reading: labels and counts from the snapshot, words from their own rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.number_check import Evidence
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Statement

QUOTES_BELOW = 1


@dataclass(frozen=True)
class Quote:
    """Somebody's words that stand for a theme, with the row they are ticked by; `pick` where no other box does."""

    text: str
    where: str
    pick: bool
    voice: Voice | None = None
    statement: Statement | None = None


@dataclass(frozen=True)
class Where:
    """How many of a theme's texts came from one section; None where that is hidden."""

    section: str
    count: int | None


@dataclass(frozen=True)
class ThemeShown:
    """One theme as it may be shown: nothing is counted or quoted that too few people said."""

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
    where: list[Where]

    @property
    def counted(self) -> list[Where]:
        """The sections whose counts may be shown, those of most first."""
        return sorted((one for one in self.where if one.count), key=lambda one: -(one.count or 0))

    @property
    def some_hidden(self) -> bool:
        return any(one.count is None for one in self.where)

    @property
    def look(self) -> str:
        """How an address asks for its voices alone."""
        return f"theme={self.id}"


class ThemeBoard:
    """The newest themes of a round, with what they rest on."""

    def __init__(self, round_: ListeningRound, *, evidence: Evidence | None = None) -> None:
        self.round = round_
        self.evidence = evidence or Evidence(round_)
        self.placed_voices: set[int] = set()
        self.placed_statements: set[int] = set()

    @property
    def snapshot(self) -> ThemeSnapshot | None:
        return self.evidence.themes

    @property
    def least(self) -> int:
        return self.evidence.threshold.k

    @property
    def not_enough(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.snapshot.result.get("not_enough") if self.snapshot else None
        return found

    @cached_property
    def _below(self) -> dict[str | None, list[dict[str, Any]]]:
        below: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
        for row in self.snapshot.result["themes"] if self.snapshot else ():
            below[row["parent"]].append(row)
        return below

    @cached_property
    def themes(self) -> list[ThemeShown]:
        """The broad themes, each with those directly inside."""
        tops = self._below[None]
        shown = [(row, self._below[row["id"]]) for row in tops]
        names = [name for row, inside in shown for name in self._names(row, inside)]
        words = self._words(names)
        where = self._where()
        return [
            self._shown(
                row, words, where, [self._shown(one, words, where, [], but=row["quotes"]) for one in below]
            )
            for row, below in shown
        ]

    @property
    def new_count(self) -> int:
        return sum(theme.new for theme in self.themes)

    @property
    def compared(self) -> bool:
        return bool(self.snapshot and self.snapshot.result["compared_with"])

    def names_of(self, theme: str) -> list[str]:
        """Everything said in a theme, by name."""
        if self.snapshot is None:
            return []
        found, waiting = [], [theme]
        for row in self.snapshot.result["themes"]:
            if row["id"] == theme and "voices" in row:
                found += row["voices"]
        while waiting:
            for row in self._below[waiting.pop()]:
                found += row.get("voices", [])
                waiting.append(row["id"])
        return sorted(set(found))

    def label_of(self, theme: str) -> str:
        rows = self.snapshot.result["themes"] if self.snapshot else ()
        return next((_label(row) for row in rows if row["id"] == theme), "")

    def _names(self, row: dict[str, Any], inside: Sequence[dict[str, Any]]) -> list[str]:
        return [*row["quotes"], *(name for one in inside for name in one["quotes"])]

    def _where(self) -> dict[str, list[Where]]:
        grid = self.snapshot.result["by_section"] if self.snapshot else {"sections": [], "rows": []}
        told = [count for row in grid["rows"] for count in row["cells"] if count]
        if not self.evidence.threshold.shows_all(*told):
            return {}  # told under a lower threshold; the next themes tell them anew
        names = [name or _("on the square") for name in grid["sections"]]
        return {
            row["theme"]: [Where(name, count) for name, count in zip(names, row["cells"], strict=True)]
            for row in grid["rows"]
        }

    def _shown(
        self,
        row: dict[str, Any],
        words: dict[str, Quote],
        where: dict[str, list[Where]],
        inside: "list[ThemeShown]",
        *,
        but: Sequence[str] = (),
    ) -> ThemeShown:
        """A theme; those inside of another show one quote that the other does not."""
        enough = self.evidence.threshold.shows(row["people"])
        names = [name for name in row["quotes"] if enough and name in words and name not in but]
        return ThemeShown(
            id=row["id"],
            label=_label(row),
            texts=row["size"],
            people=row["people"],
            enough=enough,
            languages=_languages(row, self.evidence.threshold),
            new=bool(row["new"]),
            growing=bool((row["growth"] or {}).get("growing")),
            quotes=[words[name] for name in (names[:QUOTES_BELOW] if but else names)],
            inside=inside,
            where=where.get(row["id"], []),
        )

    def _words(self, names: Sequence[str]) -> dict[str, Quote]:
        """The words of these names, in two looks."""
        voices = [UUID(name[1:]) for name in names if name[0] == "v"]
        statements = [UUID(name[1:]) for name in names if name[0] == "s"]
        found: dict[str, Quote] = {}
        for voice in Voice.objects.filter(uuid__in=voices).select_related("report__section"):
            place = voice.report.section.name if voice.report.section else _("No section")
            pick = voice.pk not in self.placed_voices
            found[f"v{voice.uuid}"] = Quote(voice.text, place, pick, voice=voice)
        for one in Statement.objects.shown().filter(uuid__in=statements):
            place, pick = _("statement %(n)d") % {"n": one.number}, one.pk not in self.placed_statements
            found[f"s{one.uuid}"] = Quote(one.text, place, pick, statement=one)
        return found


def _label(row: dict[str, Any]) -> str:
    return str(row["label"]) or _("no words in common")


def _languages(row: dict[str, Any], threshold: Threshold) -> str:
    """The languages of a theme, where they are more than one and none is spoken by too few to say so."""
    spoken = [one["language"] for one in row["languages"] if threshold.shows(one["people"])]
    return ", ".join(spoken) if len(spoken) > 1 else ""
