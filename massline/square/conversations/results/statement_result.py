"""Results of a statement: all of us, and group by group.

Nothing is shown that fewer people answered than the threshold asks. Groups are shown beside a statement only where every
one of them is large enough: were one small group hidden alone, it could be had back by subtraction.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.percentages import percent_text
from massline.engine.opinion.map_schema import AnswerCounts, StatementAnswers
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Statement
from massline.square.conversations.results.tamper_sentences import Entrance
from massline.web.charts import VoteRow, VoteWords, draw_vote_bars

UNITES = 0.5


def group_letter(group: int) -> str:
    return chr(ord("A") + group % 26)


def group_name(group: int) -> str:
    return _("Group %(letter)s") % {"letter": group_letter(group)}


def format_share(value: float) -> str:
    return percent_text(value)


@dataclass(frozen=True)
class CountedAnswers:
    """A bar: who answered, and what."""

    label: str
    counts: AnswerCounts
    group: int | None = None

    @property
    def seen(self) -> int:
        return self.counts.seen

    @property
    def agree(self) -> str:
        return format_share(self.counts.agree / self.seen)

    @property
    def disagree(self) -> str:
        return format_share(self.counts.disagree / self.seen)

    @property
    def passed(self) -> str:
        return format_share(self.counts.passed / self.seen)

    @property
    def low(self) -> str:
        return format_share(self.counts.agree_interval[0])

    @property
    def high(self) -> str:
        return format_share(self.counts.agree_interval[1])

    def bar(self) -> VoteRow:
        low, high = self.counts.agree_interval
        return VoteRow(
            self.label,
            self.counts.agree,
            self.counts.passed,
            self.counts.disagree,
            low,
            high,
            self.group,
        )


@dataclass(frozen=True)
class StatementResult:
    """A statement and how it was answered."""

    statement: Statement
    answers: StatementAnswers
    threshold: Threshold
    entrance: Entrance | None = None

    @property
    def enough(self) -> bool:
        return self.threshold.shows(self.answers.seen)

    @cached_property
    def all_of_us(self) -> CountedAnswers:
        return CountedAnswers(_("Everyone"), self.answers)

    @cached_property
    def counted(self) -> list[CountedAnswers]:
        """All of us, then every group, or no group at all."""
        groups = self.answers.by_group
        if not self.threshold.shows_all(*(group.seen for group in groups)):
            return [self.all_of_us]
        return [
            self.all_of_us,
            *(CountedAnswers(group_name(group.group), group, group.group) for group in groups),
        ]

    @property
    def sentence(self) -> str:
        us = self.all_of_us
        return ngettext(
            "%(seen)s person answered; between %(low)s and %(high)s probably agree.",
            "%(seen)s people answered; between %(low)s and %(high)s probably agree.",
            us.seen,
        ) % {"seen": us.seen, "low": us.low, "high": us.high}

    @property
    def sections(self) -> list[tuple[str, int, str]]:
        """Section, how many of it answered, and about what share agrees; small ones are not told."""
        cells = self.answers.said_section
        if not self.threshold.shows_all(*(cell.seen for cell in cells)):
            return []  # stored under a lower threshold; the next map has them again
        bounds = {"at most": _("at most %(share)s"), "at least": _("at least %(share)s")}
        return [
            (
                cell.section,
                cell.seen,
                bounds.get(cell.bound, "%(share)s") % {"share": format_share(cell.agree)},
            )
            for cell in cells
        ]

    @property
    def drawn_evenly(self) -> str:
        """A sentence on the share if every statement had been shown alike; empty where it was."""
        even = self.answers.drawn_evenly
        if even is None:
            return ""
        return _(
            "Counted: %(plain)s agree. Some statements were shown more often than others; if all "
            "had been shown equally, about %(even)s would agree (probably %(low)s to %(high)s)."
        ) % {
            "plain": self.all_of_us.agree,
            "even": format_share(even.share),
            "low": format_share(even.low),
            "high": format_share(even.high),
        }

    @property
    def bars(self) -> str:
        return draw_vote_bars(
            [row.bar() for row in self.counted],
            title=_("How statement %(number)s was answered") % {"number": self.statement.shown_number},
            desc=self.sentence,
            id=f"bars-{self.statement.number}",
            answers=VoteWords(_("agree"), _("pass"), _("disagree"), _("no answers yet")),
        )

    @property
    def overturned_by(self) -> str:
        """A sentence on how many people could overturn the finding; empty without a finding or if not known."""
        if self.answers.by_group and len(self.counted) == 1:
            return ""  # It would give a group away that is too small to show.
        radii = self.answers.overturned_by
        people = next((radii[what] for what in ("unites", "against", "divides") if what in radii), 0)
        return self.entrance.sentence(people) if self.entrance and self.enough and people else ""

    @property
    def unites(self) -> bool:
        return self.answers.bridging >= UNITES

    @property
    def united_against(self) -> bool:
        """Most say no, and in no group that is shown may half say yes."""
        against = self.answers.disagree > 0.5 * self.answers.seen
        return against and all(row.counts.agree_interval[1] < UNITES for row in self.counted)


@dataclass(frozen=True)
class GroupResult:
    """An opinion group: how many, and the statements that set it apart."""

    number: int
    size: int
    share: float
    knot: bool
    apart: list[StatementResult]

    @property
    def name(self) -> str:
        return group_name(self.number)

    @property
    def detail(self) -> str:
        people = ngettext("%(n)s person", "%(n)s people", self.size) % {"n": self.size}
        detail = f"{people}, {format_share(self.share)}"
        return _("%(size)s: a small knot") % {"size": detail} if self.knot else detail

    @property
    def said(self) -> list[tuple[StatementResult, CountedAnswers]]:
        return [
            (row, row.counted[self.number + 1]) for row in self.apart if len(row.counted) > self.number + 1
        ]
