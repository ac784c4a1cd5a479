"""The trend of a tracked issue in words: its status and what came and may come, said so that neither denies the other."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.engine.pulse.document import NOT_ENOUGH, IssueTrend, ShortTrend, TallDayMark
from massline.engine.pulse.issue_status import (
    AWAKE,
    BREAKING_OUT,
    FADES,
    GROWS,
    QUIET,
    TALL_DAY,
    TOO_YOUNG,
    UNCERTAIN,
)
from massline.web.templatetags.massline import on_day

Issue = IssueTrend | ShortTrend


def status_of_issue(issue: Issue) -> str:
    """The status of an issue; an issue that an earlier engine could not judge is too young, whatever it said."""
    too_young = isinstance(issue, IssueTrend) and issue.alarm_not_enough is not None
    return TOO_YOUNG if issue.status == NOT_ENOUGH or too_young else issue.status


def status_in_words(issue: Issue) -> str:
    """The status as it follows the issue's name."""
    phrases: dict[str, str] = {
        BREAKING_OUT: _("is breaking out"),
        GROWS: _("is growing"),
        UNCERTAIN: _("could go either way"),
        FADES: _("is fading"),
        TALL_DAY: _("had one day that stood out"),
        TOO_YOUNG: _("is too new to tell"),
        QUIET: _("is quiet"),
    }
    return phrases[status_of_issue(issue)]


def trend_in_words(issue: Issue) -> str:
    """What came in the last days and what may come in the next seven."""
    if isinstance(issue, ShortTrend):
        return _say_short(issue)
    seven = issue.next7
    counts = {"last": issue.last7, "low": seven.low90, "high": seven.high90}
    if issue.tall_day is not None:
        return f"{_say_tall_day(issue.tall_day)} {_say_counts(counts)}"
    status = status_of_issue(issue)
    if status == TOO_YOUNG:
        return f"{_say_seen(issue.events, issue.days)} {_say_counts(counts)}"
    if status not in AWAKE:
        return _say_counts(counts)
    return _(
        "%(last).0f in the last seven days; probably %(low).0f to %(high).0f in the next "
        "seven. Chance of more than before: %(p).0f%%."
    ) % (counts | {"p": 100 * issue.p_growing})


def _say_counts(counts: dict[str, float]) -> str:
    return (
        _("%(last).0f in the last seven days; probably %(low).0f to %(high).0f in the next seven.") % counts
    )


def _say_short(issue: ShortTrend) -> str:
    short = issue.not_enough
    watched = _("Tracked for %(have)d of the %(need)d days needed.") % {
        "have": short.have,
        "need": short.need,
    }
    return watched if issue.events is None else f"{_say_seen(issue.events, short.have)} {watched}"


def _say_seen(events: float, days: int) -> str:
    """The events seen so far, in words that need no plural of the days."""
    sentence = ngettext(
        "We have seen %(events)d event so far (days tracked: %(days)d).",
        "We have seen %(events)d events so far (days tracked: %(days)d).",
        round(events),
    )
    return sentence % {"events": round(events), "days": days}


def _say_tall_day(tall: TallDayMark) -> str:
    found = {"events": round(tall.events), "day": on_day(tall.day)}
    if tall.announced:
        return (
            _("%(day)s stood out with %(events)d, as announced. Such a day usually leaves little behind.")
            % found
        )
    return (
        _("%(day)s stood out with %(events)d. It looks like a single day of action, not the start of a wave.")
        % found
    )
