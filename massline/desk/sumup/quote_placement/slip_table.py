"""The table of slips: words still to be placed on one side, findings with what lies on each on the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from massline.desk.listen.rounds.models import Voice
from massline.desk.sumup.claims.models import Citation, Claim, SumUp
from massline.desk.sumup.claims.number_check import Unsupported, unsupported_numbers
from massline.desk.sumup.quote_placement.models import LeftOut
from massline.desk.sumup.source_material.round_material import Bench
from massline.desk.sumup.source_material.statements import BenchStatement

PAGE = 10
VOTES = "votes"
EVERYTHING = "all"
LEFT_OUT = "left-out"


@dataclass(frozen=True)
class Slip:
    """A voice or a statement as it lies on the table: `name` is `v` or `s` and its number."""

    name: str
    text: str
    source: str
    bar: str = ""
    trays: tuple[int, ...] = ()
    is_left_out: bool = False
    may_point_at_somebody: bool = False


@dataclass(frozen=True)
class View:
    """One way to look at the slips, with the address of the page that shows it."""

    name: str
    title: str
    query: str
    is_here: bool


@dataclass(frozen=True)
class Quote:
    """Words quoted under a finding, with where they come from; `pk` is the number of the quote's row."""

    pk: int
    text: str
    origin: str


@dataclass(frozen=True)
class Tray:
    """A finding, the slips on it, and what its numbers lack."""

    number: int
    claim: Claim
    quotes: Sequence[Quote]
    wrong: Sequence[Unsupported]


class SlipTable:
    """The slips of a round for one sum-up. `show` is a view's name or the number of a section."""

    def __init__(self, sum_up: SumUp, bench: Bench, claims: Sequence[Claim], *, show: str, page: int) -> None:
        self.sum_up, self.bench, self.claims = sum_up, bench, claims
        self.show, self.page = show, max(page, 1)

    @cached_property
    def trays(self) -> list[Tray]:
        return [
            Tray(
                number,
                claim,
                [Quote(citation.pk, citation.text, citation.origin) for citation in claim.citations.all()],
                () if claim.numbers_because.strip() else unsupported_numbers(claim, self.bench.evidence),
            )
            for number, claim in enumerate(self.claims, start=1)
        ]

    @cached_property
    def _lying_on(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the trays on which each slip lies."""
        lying: dict[str, tuple[int, ...]] = {}
        for number, claim in enumerate(self.claims, start=1):
            for citation in claim.citations.all():
                name = self._name_of(citation)
                lying[name] = (*lying.get(name, ()), number)
        return lying

    @cached_property
    def _numbers(self) -> dict[UUID, int]:
        return {row.statement.uuid: row.statement.pk for row in self._every_statement}

    def _name_of(self, row: Citation | LeftOut) -> str:
        """The name of a slip; a statement that is no longer shown has the number 0."""
        if row.voice_id:
            return f"v{row.voice_id}"
        return f"s{self._numbers.get(row.statement, 0) if row.statement else 0}"

    @cached_property
    def _left_out(self) -> set[str]:
        return {self._name_of(row) for row in LeftOut.objects.filter(sum_up=self.sum_up)}

    @property
    def _every_statement(self) -> list[BenchStatement]:
        return self.bench.every_statement

    @cached_property
    def _voices(self) -> "QuerySet[Voice]":
        """The voices of this view, newest first."""
        voices = Voice.objects.of_round(self.sum_up.round)
        if self.show.isdecimal():
            voices = voices.filter(report__section=int(self.show))
        numbers = {int(name[1:]) for name in self._left_out if name[0] == "v"}
        if self.show == LEFT_OUT:
            return voices.filter(pk__in=numbers)
        if self.show == EVERYTHING:
            return voices
        return voices.exclude(pk__in=numbers).exclude(citations__claim__sum_up=self.sum_up)

    @cached_property
    def _statements(self) -> list[BenchStatement]:
        """The statements of this view, the most broadly agreed first."""
        if self.show.isdecimal():
            return []
        rows = self._every_statement
        if self.show == EVERYTHING:
            return rows
        if self.show == LEFT_OUT:
            return [row for row in rows if f"s{row.statement.pk}" in self._left_out]
        placed = self._left_out | self._lying_on.keys()
        return [row for row in rows if f"s{row.statement.pk}" not in placed]

    @cached_property
    def voices_left(self) -> int:
        return 0 if self.show == VOTES else self._voices.count()

    @property
    def left(self) -> int:
        """Slips in this view."""
        return self.voices_left + len(self._statements)

    @cached_property
    def slips(self) -> list[Slip]:
        """One page of this view: voices, then statements."""
        start = PAGE * (self.page - 1)
        voices = [] if self.show == VOTES else list(self._voices[start : start + PAGE])
        first = max(start - self.voices_left, 0)
        statements = self._statements[first : first + PAGE - len(voices)]
        flagged = self.bench.flags(voices)
        return [self._of_voice(voice, voice.pk in flagged) for voice in voices] + [
            self._of_statement(row) for row in statements
        ]

    def _of_voice(self, voice: Voice, flagged: bool) -> Slip:
        section = [voice.report.section.name] if voice.report.section else []
        where = ", ".join([*section, str(voice.report.get_channel_display())])
        return self._slip(f"v{voice.pk}", voice.text, where, flagged=flagged)

    def _of_statement(self, row: BenchStatement) -> Slip:
        return self._slip(
            f"s{row.statement.pk}",
            row.statement.text,
            _("Online: %(answers)s") % {"answers": row.sentence}
            if row.enough
            else _("Online, answered by too few so far to show how"),
            bar=row.bar,
        )

    def _slip(self, name: str, text: str, source: str, *, bar: str = "", flagged: bool = False) -> Slip:
        return Slip(
            name,
            text,
            source,
            bar,
            self._lying_on.get(name, ()),
            name in self._left_out,
            flagged,
        )

    @property
    def views(self) -> list[View]:
        """To place, votes, each section with voices, everything, and what was left out."""
        names = [("", _("To place"))]
        names += [(VOTES, _("Votes"))] if self._every_statement else []
        sections = self.bench.evidence.voices_by_section
        names += [(str(pk), name or "") for pk, name, _n in sections if pk and len(sections) > 1]
        names += [(EVERYTHING, _("Everything"))]
        names += [(LEFT_OUT, _("Left out"))] if self._left_out else []
        return [View(name, title, self.query(show=name), name == self.show) for name, title in names]

    def query(self, *, show: str | None = None, page: int = 1) -> str:
        """The query string of a view and a page of it."""
        shown = self.show if show is None else show
        return urlencode({"show": shown} if page == 1 else {"show": shown, "page": page})

    @property
    def next_page(self) -> str:
        return self.query(page=self.page + 1) if self.left > PAGE * self.page else ""

    @property
    def previous_page(self) -> str:
        return self.query(page=self.page - 1) if self.page > 1 else ""

    @cached_property
    def total(self) -> int:
        """All slips of the round."""
        return self.bench.voices_count + len(self._every_statement)

    @property
    def placed(self) -> int:
        return len(self._lying_on)

    @property
    def numbers_wrong(self) -> int:
        return sum(bool(tray.wrong) for tray in self.trays)

    @property
    def first_wrong(self) -> int:
        """The number of the first finding whose numbers do not match, in the address of its tray; 0 for none."""
        return next((tray.claim.pk for tray in self.trays if tray.wrong), 0)
