"""How one statement was answered: by all of us, and group by group.

Nothing is shown that fewer people answered than the threshold asks. Groups are shown beside a statement only where every
one of them is large enough: were one small group hidden alone, it could be had back by subtraction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Statement
from massline.square.conversations.results.tampering import Entrance
from massline.web.charts import VoteRow, VoteWords, vote_bars

UNITES = 0.5
Found = Mapping[str, Any]


def letter(group: int) -> str:
    return chr(ord("A") + group % 26)


def group_name(group: int) -> str:
    return _("Group %(letter)s") % {"letter": letter(group)}


def share(value: float) -> str:
    return f"{value * 100:.0f} %"


@dataclass(frozen=True)
class CountedAnswers:
    """One bar: who answered, and what."""

    label: str
    found: Found
    group: int | None = None

    @property
    def seen(self) -> int:
        return int(self.found["seen"])

    @property
    def agree(self) -> str:
        return share(self.found["agree"] / self.seen)

    @property
    def disagree(self) -> str:
        return share(self.found["disagree"] / self.seen)

    @property
    def passed(self) -> str:
        return share(self.found["pass"] / self.seen)

    @property
    def low(self) -> str:
        return share(self.found["agree_interval"][0])

    @property
    def high(self) -> str:
        return share(self.found["agree_interval"][1])

    def bar(self) -> VoteRow:
        low, high = self.found["agree_interval"]
        return VoteRow(
            self.label,
            self.found["agree"],
            self.found["pass"],
            self.found["disagree"],
            low,
            high,
            self.group,
        )


@dataclass(frozen=True)
class StatementResult:
    """One statement and how it was answered."""

    statement: Statement
    found: Found
    threshold: Threshold
    entrance: Entrance | None = None

    @property
    def enough(self) -> bool:
        return self.threshold.shows(int(self.found["seen"]))

    @cached_property
    def all_of_us(self) -> CountedAnswers:
        return CountedAnswers(_("All of us"), self.found)

    @cached_property
    def counted(self) -> list[CountedAnswers]:
        """All of us, then every group, or no group at all."""
        groups = self.found["by_group"]
        if not self.threshold.shows_all(*(part["seen"] for part in groups)):
            return [self.all_of_us]
        return [
            self.all_of_us,
            *(CountedAnswers(group_name(part["group"]), part, part["group"]) for part in groups),
        ]

    @property
    def sentence(self) -> str:
        us = self.all_of_us
        return ngettext(
            "%(seen)s person answered; likely %(low)s to %(high)s agree.",
            "%(seen)s people answered; likely %(low)s to %(high)s agree.",
            us.seen,
        ) % {"seen": us.seen, "low": us.low, "high": us.high}

    @property
    def sections(self) -> list[tuple[str, int, str]]:
        """Section, how many of it answered, and about what share agrees; small ones are not told."""
        cells = self.found.get("said_section", ())
        if not self.threshold.shows_all(*(cell["seen"] for cell in cells)):
            return []  # told under a lower threshold; the next map tells them anew
        bounds = {"at most": _("at most %(share)s"), "at least": _("at least %(share)s")}
        return [
            (
                one["section"],
                one["seen"],
                bounds.get(one["bound"], "%(share)s") % {"share": share(one["agree"])},
            )
            for one in cells
        ]

    @property
    def drawn_evenly(self) -> str:
        """What the share would be had every statement been shown alike; empty where it was."""
        even = self.found.get("drawn_evenly")
        if even is None:
            return ""
        return _(
            "Counted: %(plain)s agree. Statements are not shown evenly; had they been, %(even)s would (likely %(low)s to %(high)s)."
        ) % {
            "plain": self.all_of_us.agree,
            "even": share(even["share"]),
            "low": share(even["low"]),
            "high": share(even["high"]),
        }

    @property
    def bars(self) -> str:
        return vote_bars(
            [row.bar() for row in self.counted],
            title=_("How statement %(number)s was answered") % {"number": self.statement.number},
            desc=self.sentence,
            id=f"bars-{self.statement.number}",
            answers=VoteWords(_("agree"), _("pass"), _("disagree"), _("nobody has answered yet")),
        )

    @property
    def overturned_by(self) -> str:
        """How many people could overturn what is said of this statement; empty where nothing is, or it is not known."""
        if self.found["by_group"] and len(self.counted) == 1:
            return ""  # It would give a group away that is too small to show.
        radii = self.found.get("overturned_by", {})
        people = next((radii[what] for what in ("unites", "against", "divides") if what in radii), 0)
        return self.entrance.sentence(people) if self.entrance and self.enough and people else ""

    @property
    def unites(self) -> bool:
        return bool(self.found["bridging"] >= UNITES)

    @property
    def united_against(self) -> bool:
        """Most say no, and in no group that is shown may half say yes."""
        against = self.found["disagree"] > 0.5 * self.all_of_us.seen
        return bool(against and all(row.found["agree_interval"][1] < UNITES for row in self.counted))


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
        detail = f"{people}, {share(self.share)}"
        return _("%(size)s: a small knot") % {"size": detail} if self.knot else detail

    @property
    def said(self) -> list[tuple[StatementResult, CountedAnswers]]:
        return [
            (row, row.counted[self.number + 1]) for row in self.apart if len(row.counted) > self.number + 1
        ]
