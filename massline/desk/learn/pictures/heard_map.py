"""Who has been heard in the newest question, as a map of blocks with its sentence and table."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.disclosure_threshold import threshold
from massline.desk.listen.rounds.coverage import SectionCoverage, section_coverage
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Organisation
from massline.web.charts.blocks import Block, draw_blocks


@dataclass(frozen=True)
class HeardRow:
    """A section in words: people, those heard at least, and how far off a fifty-fifty answer could be; None where too few."""

    section: str
    people: int
    heard: int | None
    points: int | None


class HeardMap:
    """The sections of the newest question whose number of people is known, the least heard first."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.least = threshold(organisation)

    @cached_property
    def round(self) -> ListeningRound | None:
        return ListeningRound.objects.of(self.organisation).filter(exposures=None).first()

    @cached_property
    def sections(self) -> list[SectionCoverage]:
        rows = section_coverage(self.round) if self.round else []
        return [row for row in rows if row.section.headcount and self.least.shows(row.section.headcount)]

    @property
    def rows(self) -> list[HeardRow]:
        return [
            HeardRow(row.section.name, row.section.headcount, row.reached, row.points)
            if self.least.shows(row.reached)
            else HeardRow(row.section.name, row.section.headcount, None, None)
            for row in self.sections
        ]

    @property
    def title(self) -> str:
        """What is to be seen: how many sections nobody listened to yet, or where most is missing."""
        silent = sum(1 for row in self.rows if row.heard is None)
        if silent:
            sentence = ngettext(
                "%(n)d section has hardly been heard", "%(n)d sections have hardly been heard", silent
            )
            return sentence % {"n": silent}
        return _("%(section)s is the least heard") % {"section": self.rows[0].section}

    @property
    def wide(self) -> str:
        return self._draw("heard-map", narrow=False)

    @property
    def narrow(self) -> str:
        return self._draw("heard-map-narrow", narrow=True)

    def _draw(self, id: str, *, narrow: bool) -> str:
        few = _("fewer than %(least)d") % {"least": self.least.k}
        blocks = [
            Block(
                row.section,
                row.people,
                None if row.heard is None else row.heard / row.people,
                few
                if row.heard is None
                else _("%(heard)d of %(people)d") % {"heard": row.heard, "people": row.people},
                is_next=place == 0,
            )
            for place, row in enumerate(self.rows)
        ]
        desc = _("Each block is as wide as it has people and filled as far as it was heard.")
        return draw_blocks(blocks, title=self.title, desc=desc, id=id, narrow=narrow)
