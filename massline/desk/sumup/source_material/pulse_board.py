"""The trend of each tracked issue: daily counts, alarm, forecast for a week, and length of past waves."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.date_formats import format_day
from massline.desk.listen.watches.models import ALARM_STANDS
from massline.desk.listen.watches.trend_words import status_in_words, status_of_issue, trend_in_words
from massline.desk.people.models import Organisation
from massline.desk.sumup.estimates.models import PulseSnapshot
from massline.engine.pulse.document import IssueTrend, ShortTrend
from massline.engine.pulse.issue_status import AWAKE, FADES, STATUSES
from massline.web.charts import Band, ForecastFan, PulseWords, draw_pulse_chart, draw_spark_bars
from massline.web.templatetags.massline import on_day

Issue = IssueTrend | ShortTrend
AHEAD = 7
SPARK_DAYS = 42


@dataclass(frozen=True)
class WatchPulse:
    """The estimate of one tracked issue, in words and charts."""

    issue: Issue
    number: int

    @property
    def name(self) -> str:
        return self.issue.issue

    @property
    def status(self) -> str:
        return status_in_words(self.issue)

    @property
    def is_awake(self) -> bool:
        return self.issue.status in AWAKE - {FADES}

    @property
    def sentence(self) -> str:
        return trend_in_words(self.issue)

    @property
    def window(self) -> str:
        """Length of past waves in words, if a wave is under way."""
        days = self.issue.window_days if isinstance(self.issue, IssueTrend) else None
        if days is None:
            return ""
        return _(
            "Past waves like this were down by half after %(median).0f days; eight in ten took "
            "%(low80).0f to %(high80).0f days (%(past_waves)d past waves)."
        ) % asdict(days)

    @property
    def _alarm_since(self) -> date | None:
        return self.issue.alarm_since if isinstance(self.issue, IssueTrend) else None

    @property
    def alarm(self) -> str:
        return on_day(self._alarm_since) if self._alarm_since else ""

    @property
    def is_alarming(self) -> bool:
        """True while the alarm is young enough to act on, whatever the count of the last days."""
        return self._alarm_since is not None and self._alarm_since > timezone.localdate() - ALARM_STANDS

    @property
    def closes(self) -> str:
        """Days between which eight in ten of such waves had halved, counted from the alarm; empty if not known."""
        days = self.issue.window_days if isinstance(self.issue, IssueTrend) else None
        if days is None or self._alarm_since is None:
            return ""
        first, last = (self._alarm_since + timedelta(days=round(n)) for n in (days.low80, days.high80))
        return _("Eight in ten of such waves had halved between %(first)s and %(last)s.") % {
            "first": on_day(first),
            "last": on_day(last),
        }

    @property
    def last7(self) -> float:
        return self.issue.last7 if isinstance(self.issue, IssueTrend) else 0.0

    @property
    def countdown(self) -> str:
        """How long the window probably stays open: until half of such waves are over. Empty without a fresh alarm."""
        days = self.issue.window_days if isinstance(self.issue, IssueTrend) else None
        if days is None or self._alarm_since is None or not self.is_alarming:
            return ""
        closes = self._alarm_since + timedelta(days=round(days.median))
        left = (closes - timezone.localdate()).days
        if left <= 0:
            return _("Half of such waves are over by now. Do not count on more time.")
        sentence = ngettext(
            "%(n)d day left, probably: by %(day)s half of such waves are over.",
            "%(n)d days left, probably: by %(day)s half of such waves are over.",
            left,
        )
        return sentence % {"n": left, "day": on_day(closes)}

    @property
    def spark(self) -> str:
        """A small chart of the last six weeks, the days since the alarm standing out."""
        last = self.issue.last_day
        if last is None or self._alarm_since is None:
            return ""
        counts = self.issue.counts[-SPARK_DAYS:]
        first = last - timedelta(days=len(counts) - 1)
        return draw_spark_bars(
            counts,
            new_from=(self._alarm_since - first).days,
            first=format_day(first),
            last=format_day(last),
            title=f"{self.name} {self.status}",
            desc=self.sentence,
            id=f"spark-{self.number}",
        )

    @property
    def wide(self) -> str:
        return self._drawn(narrow=False)

    @property
    def narrow(self) -> str:
        return self._drawn(narrow=True)

    def _drawn(self, *, narrow: bool) -> str:
        first, last = self.issue.first_day, self.issue.last_day
        if first is None or last is None:
            return ""
        at = (self._alarm_since - first).days if self._alarm_since else None
        return draw_pulse_chart(
            self.issue.counts,
            _fan(self.issue),
            words=PulseWords(
                on_day(first),
                on_day(last),
                alarm=_("warning since %(day)s") % {"day": self.alarm},
                ahead=_("in each of the next seven days"),
            ),
            title=f"{self.name} {self.status}",
            desc=self.sentence,
            id=f"pulse-{self.number}{'-narrow' if narrow else ''}",
            alarm_at=at if at is not None and at >= 0 else None,
            announced=[i for i, n in enumerate(self.issue.announced) if n > 0],
            narrow=narrow,
        )


def _fan(issue: Issue) -> ForecastFan | None:
    """The week's forecast spread evenly over its days, since it is an estimate for the week, not for a day."""
    if isinstance(issue, ShortTrend):
        return None
    week = issue.next7

    def daily(events: float) -> list[float]:
        return [events / AHEAD] * AHEAD

    inner, outer = Band(daily(week.low50), daily(week.high50)), Band(daily(week.low90), daily(week.high90))
    return ForecastFan(daily(week.median), [outer, inner])


class PulseBoard:
    """The newest trends of an organisation's tracked issues, growing ones first."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    @cached_property
    def snapshot(self) -> PulseSnapshot | None:
        return PulseSnapshot.objects.filter(organisation=self.organisation).order_by("-pk").first()

    @property
    def watches(self) -> list[WatchPulse]:
        issues = self.snapshot.estimate.issues if self.snapshot else ()
        return [WatchPulse(issue, number) for number, issue in enumerate(sorted(issues, key=_rank))]

    @property
    def alarms(self) -> list[WatchPulse]:
        return [watch for watch in self.watches if watch.is_alarming]


def _rank(issue: Issue) -> tuple[int, float, str]:
    last7 = issue.last7 if isinstance(issue, IssueTrend) else 0.0
    return STATUSES.index(status_of_issue(issue)), -last7, issue.issue
