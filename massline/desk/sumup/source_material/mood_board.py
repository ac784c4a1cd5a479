"""The mood of each section over time as small charts on one scale, with changes that could not be detected yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.date_formats import format_day, format_short_day
from massline.core.disclosure_threshold import threshold
from massline.desk.listen.rounds.models import Mood
from massline.desk.people.models import Organisation
from massline.desk.sumup.estimates.models import MoodSnapshot
from massline.engine.mood.document import MoodBreak, MoodResult, MoodShortfall, NewestDay, SectionMood
from massline.engine.not_enough import NotEnough
from massline.web.charts import Band, MoodPanel, draw_mood_panels, draw_spark_turn

MOST = 24
CHANGE_IS_FRESH = timedelta(days=7)
SPARK_DAYS = timedelta(days=42)
SURE, LIKELY = 0.95, 0.5
"""Chances of a change from which it is called sure, and from which it is called probable."""


@dataclass(frozen=True)
class FreshTurn:
    """A section that turned within the last week: the sentence about it, its day, and a small chart as SVG."""

    sentence: str
    since: str
    spark: str


@dataclass(frozen=True)
class MoodRow:
    """The chart of one section in words: people heard, estimate, interval, and the newest day."""

    section: str
    heard: int
    now: str
    low: str
    high: str
    newest: str


class MoodBoard:
    """The newest mood estimate of an organisation, or the reason why there is none."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.threshold = threshold(organisation)

    @cached_property
    def snapshot(self) -> MoodSnapshot | None:
        rows = MoodSnapshot.objects.filter(organisation=self.organisation).order_by("-pk")
        return rows.first()

    @property
    def _result(self) -> MoodResult | None:
        result = self.snapshot.estimate.result if self.snapshot else None
        return result if isinstance(result, MoodResult) else None

    @property
    def sections(self) -> Sequence[SectionMood]:
        """Sections with enough people heard for the present threshold, which may have been lower at the estimate."""
        rows = self.snapshot.estimate.sections if self.snapshot else ()
        return [row for row in rows if self.threshold.shows(int(row.readings))]

    @property
    def not_enough(self) -> NotEnough | None:
        result = self.snapshot.estimate.result if self.snapshot else None
        return result.not_enough if isinstance(result, MoodShortfall) else None

    @property
    def few(self) -> Sequence[str]:
        if self.snapshot is None:
            return []
        shown = {row.section for row in self.sections}
        hidden = {row.section for row in self.snapshot.estimate.sections} - shown
        return sorted({*(self.snapshot.estimate.result.few or ()), *hidden})

    @property
    def blind(self) -> list[str]:
        """Sections in which even a large change could not have been detected."""
        return [row.section for row in self.sections if row.could_not_have_seen]

    @property
    def is_too_noisy(self) -> bool:
        """The reports contradict one another too much for the mood to be drawn."""
        return self._result is not None and self._result.too_noisy

    @property
    def changes(self) -> list[str]:
        """A sentence for each section that has changed, with how sure that is."""
        return [_change(row.section, row.breaks[0]) for row in self._ranked if row.breaks]

    @property
    def fresh_turns(self) -> list[FreshTurn]:
        """The sections that turned within the last week."""
        since = timezone.localdate() - CHANGE_IS_FRESH
        return [
            FreshTurn(
                sentence=_change(row.section, row.breaks[0]),
                since=format_day(row.breaks[0].since),
                spark=_spark(row, id=f"turn-{number}"),
            )
            for number, row in enumerate(self._ranked)
            if row.breaks and row.breaks[0].noticed >= since
        ]

    @property
    def at_odds(self) -> list[str]:
        """Sections in which the newest day contradicts the estimate."""
        return [row.section for row in self.sections if row.newest and row.newest.at_odds]

    @property
    def title(self) -> str:
        if self.is_too_noisy:
            return _("The reports contradict each other")
        turned = [row for row in self.sections if row.breaks]
        if len(turned) == 1:
            return _("The mood in %(section)s has changed") % {"section": turned[0].section}
        if turned:
            return ngettext(
                "The mood has changed in %(n)d section", "The mood has changed in %(n)d sections", len(turned)
            ) % {"n": len(turned)}
        return _("No lasting change of mood in any section")

    @property
    def wide(self) -> str:
        return self._drawn(id="mood", narrow=False)

    @property
    def narrow(self) -> str:
        return self._drawn(id="mood-narrow", narrow=True)

    @property
    def rows(self) -> list[MoodRow]:
        return [
            MoodRow(
                section=row.section,
                heard=round(row.readings),
                now=mood_label(row.series[-1].mean),
                low=mood_label(row.series[-1].low90),
                high=mood_label(row.series[-1].high90),
                newest=_newest(row.newest),
            )
            for row in self._ranked
        ]

    @property
    def heard(self) -> int:
        """People heard in the sections that are shown; with those in the others, one of them could be subtracted."""
        return sum(row.heard for row in self.rows)

    @property
    def _ranked(self) -> list[SectionMood]:
        return sorted(self.sections, key=lambda row: (not row.breaks, -row.readings, row.section))

    def _drawn(self, *, id: str, narrow: bool) -> str:
        shown = self._ranked[:MOST]
        if not shown or self.is_too_noisy:
            return ""
        days = [point.day for point in shown[0].series]
        draw = partial(
            draw_mood_panels,
            lowest=float(Mood.RESIGNED),
            highest=float(Mood.READY),
            low_word=str(Mood.RESIGNED.label),
            high_word=str(Mood.READY.label),
            first_day=format_short_day(days[0]),
            last_day=format_short_day(days[-1]),
        )
        desc = _("Line: the mood. Band: where it is, with 90% certainty. Dotted: a lasting change.")
        return draw([_panel(row, days) for row in shown], title=self.title, desc=desc, id=id, narrow=narrow)


def mood_label(value: float) -> str:
    """The label of the mood nearest to a value."""
    return str(Mood(min(max(round(value), Mood.RESIGNED), Mood.READY)).label)


def _change(section: str, change: MoodBreak) -> str:
    named = {"section": section, "day": format_short_day(change.since)}
    if change.chance >= SURE:
        return _("We are sure that the mood in %(section)s has changed since %(day)s.") % named
    if change.chance < LIKELY:
        return (
            _(
                "The mood in %(section)s may have changed since %(day)s. That is not likely yet: ask more people there."
            )
            % named
        )
    named["chance"] = str(round(change.chance * 100))
    return (
        _("The mood in %(section)s has probably changed since %(day)s. The chance of that is %(chance)s%%.")
        % named
    )


def _spark(row: SectionMood, *, id: str) -> str:
    """Draw the last six weeks of a section."""
    points = [point for point in row.series if point.day > row.series[-1].day - SPARK_DAYS]
    turned = sum(point.day < row.breaks[0].since for point in points)
    return draw_spark_turn(
        [point.mean for point in points],
        lowest=float(Mood.RESIGNED),
        highest=float(Mood.READY),
        new_from=turned,
        first=format_day(points[0].day),
        last=_("now: %(mood)s") % {"mood": mood_label(points[-1].mean)},
        title=row.section,
        desc=_("The mood over six weeks, from “%(from)s” to “%(to)s”.")
        % {"from": mood_label(points[0].mean), "to": mood_label(points[-1].mean)},
        id=id,
    )


def _newest(newest: NewestDay | None) -> str:
    """The newest day in words; empty if too few were heard in the last week."""
    if newest is None:
        return ""
    people = round(newest.people)
    return ngettext(
        "%(day)s: %(n)d person, on average “%(rung)s”",
        "%(day)s: %(n)d people, on average “%(rung)s”",
        people,
    ) % {
        "day": format_short_day(newest.day),
        "n": people,
        "rung": mood_label(newest.mean),
    }


def _panel(row: SectionMood, days: Sequence[date]) -> MoodPanel:
    series = row.series
    turns = [min(range(len(days)), key=lambda i: abs((days[i] - turn.since).days)) for turn in row.breaks]
    return MoodPanel(
        row.section,
        [point.mean for point in series],
        [Band([point.low90 for point in series], [point.high90 for point in series])],
        breaks=turns,
        note=_("%(n)d heard") % {"n": round(row.readings)},
        turning=bool(row.breaks),
    )
