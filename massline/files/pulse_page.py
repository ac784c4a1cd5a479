"""A pulse document as a page: each watched issue with its days, its alarm and the week ahead."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.engine.pulse import DailyCounts
from massline.engine.pulse.counts import IssueCounts
from massline.engine.pulse.document import NOT_ENOUGH, IssueTrend, PulseDocument, PulseResult, ShortTrend
from massline.engine.pulse.issue_status import (
    AWAKE,
    BREAKING_OUT,
    FADES,
    GROWS,
    QUIET,
    RISING,
    STATUSES,
    TALL_DAY,
    TOO_YOUNG,
    UNCERTAIN,
)
from massline.engine.result_documents import Shortfall
from massline.files.html_page import build_page, section, table, wide_and_narrow
from massline.files.number_phrases import _, ngettext, not_enough_phrase, number_phrase, percent_phrase
from massline.web.charts import Band, ForecastFan, PulseWords, draw_pulse_chart

Issue = IssueTrend | ShortTrend
_DRAWN, _DAYS, _AHEAD = 12, 120, 7
_RANK = (*STATUSES, NOT_ENOUGH)
_ASLEEP = (TOO_YOUNG, QUIET, NOT_ENOUGH)


def pulse_page(document: PulseDocument, counts: DailyCounts) -> str:
    """Set the page of a `massline.pulse/1` document; the counts are drawn beside it."""
    issues = sorted(document.issues, key=_urgency)
    by_name = {issue.issue: issue for issue in counts.issues}
    drawn = [row for row in issues if row.status != QUIET or _last_seven(row) >= 1][:_DRAWN] or issues[:1]
    parts = [_issue(row, by_name[row.issue], f"i{n}") for n, row in enumerate(drawn)]
    if issues:
        parts.append(section(_("Every issue"), _table(issues)))
    return build_page(
        title=_title(document.result),
        kicker=ngettext("{n} issue we track", "{n} issues we track", len(issues)).format(
            n=number_phrase(len(issues))
        ),
        lead=summary(document)[1:],
        parts=parts,
        document=document,
    )


def summary(document: PulseDocument) -> list[str]:
    """The issues that are breaking out, in sentences."""
    result = document.result
    lines = [_title(result) + "."]
    if isinstance(result, Shortfall):
        return [*lines, not_enough_phrase(result.not_enough)]
    awake = [row for row in result.issues if row.status not in _ASLEEP]
    lines += [sentence(row) for row in sorted(awake, key=_urgency)[:5]]
    return [*lines, _("We count events that were reported, not how many people came.")]


def sentence(row: Issue) -> str:
    name = row.issue or _("Issues we track")
    if isinstance(row, ShortTrend):
        return f"{name}: {not_enough_phrase(row.not_enough)}"
    seven = row.next7
    phrase = (
        _(
            "{name}: {status}; {last} in the last seven days, probably {low} to {high} in the "
            "next seven; chance of more: {p}."
        )
        if row.status in AWAKE
        else _("{name}: {status}; {last} in the last seven days, probably {low} to {high} in the next seven.")
    )
    return phrase.format(
        name=name,
        status=_status(row),
        last=f"{row.last7:.0f}",
        low=f"{seven.low90:.0f}",
        high=f"{seven.high90:.0f}",
        p=percent_phrase(row.p_growing),
    )


def _urgency(row: Issue) -> tuple[int, float, str]:
    return _RANK.index(row.status), -_last_seven(row), row.issue


def _last_seven(row: Issue) -> float:
    return row.last7 if isinstance(row, IssueTrend) else 0.0


def _status(row: Issue) -> str:
    return {
        BREAKING_OUT: _("breaking out"),
        GROWS: _("growing"),
        UNCERTAIN: _("unclear"),
        FADES: _("fading"),
        TALL_DAY: _("one tall day"),
        TOO_YOUNG: _("too young to tell"),
        QUIET: _("quiet"),
        NOT_ENOUGH: _("not enough yet"),
    }[row.status]


def _title(result: PulseResult | Shortfall) -> str:
    if isinstance(result, Shortfall):
        return _("We can’t tell the trend yet")
    rising = [row for row in result.issues if row.status in RISING]
    if len(rising) == 1 and rising[0].issue:
        return _("{name} is rising").format(name=rising[0].issue)
    return (
        ngettext("One issue is rising", "{n} issues are rising", len(rising)).format(
            n=number_phrase(len(rising))
        )
        if rising
        else _("All is quiet")
        if any(row.status == QUIET for row in result.issues)
        else _("Nothing is rising, as far as we can tell")
    )


def _issue(row: Issue, counts: IssueCounts, id: str) -> SafeString:
    days = counts.count.tolist()[-_DAYS:]
    start = len(counts.count) - len(days)
    ahead = counts.announced.tolist()[start:]
    alarm = row.alarm_since if isinstance(row, IssueTrend) else None
    at = (alarm - counts.first).days - start if alarm else None
    draw = partial(
        draw_pulse_chart,
        [round(n) for n in days],
        _fan(row),
        words=PulseWords(
            date.fromordinal(counts.first.toordinal() + start).isoformat(),
            counts.last.isoformat(),
            alarm=_("warning since {day}").format(day=alarm),
            ahead=_("in each of the next seven days"),
        ),
        title=row.issue or _("Issues we track"),
        desc=sentence(row),
        alarm_at=at if at is not None and at >= 0 else None,
        announced=[i for i, n in enumerate(ahead) if n > 0],
    )
    return format_html(
        "<figure><figcaption><h2 dir='auto'>{}</h2><p class='soft'>{}</p></figcaption>{}</figure>",
        row.issue or _("Issues we track"),
        sentence(row),
        wide_and_narrow(lambda narrow, name: draw(id=name, narrow=narrow), id),
    )


def _fan(row: Issue) -> ForecastFan | None:
    """The week's forecast spread evenly over its days: the estimate is of the week, not of a day."""
    if isinstance(row, ShortTrend):
        return None
    seven = row.next7

    def daily(events: float) -> list[float]:
        return [events / _AHEAD] * _AHEAD

    inner, outer = (
        Band(daily(seven.low50), daily(seven.high50)),
        Band(daily(seven.low90), daily(seven.high90)),
    )
    return ForecastFan(daily(seven.median), [outer, inner])


def _table(issues: Sequence[Issue]) -> SafeString:
    head = [
        _("Issue"),
        _("Status"),
        _("Warning since"),
        _("Last seven days"),
        _("Next seven days"),
        _("Chance of more"),
    ]
    return table(head, [(row.issue or "–", _status(row), *_figures(row)) for row in issues])


def _figures(row: Issue) -> tuple[str, str, str, str]:
    if isinstance(row, ShortTrend):
        return "–", "–", "–", "–"
    return (
        row.alarm_since.isoformat() if row.alarm_since else "–",
        f"{row.last7:.0f}",
        f"{row.next7.low90:.0f}–{row.next7.high90:.0f}",
        percent_phrase(row.p_growing),
    )
