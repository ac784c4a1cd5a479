"""A mood document as a page: small panels on one scale, those that turned first."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from math import ceil, floor

from django.utils.safestring import SafeString

from massline.engine.mood.document import MoodDocument, MoodResult, SectionMood
from massline.engine.result_documents import Shortfall
from massline.files.html_page import build_page, figure, section, table, wide_and_narrow
from massline.files.number_phrases import _, ngettext, not_enough_phrase, number_phrase, percent_phrase
from massline.web.charts import Band, MoodPanel, draw_mood_panels

_MOST = 60


def mood_page(document: MoodDocument) -> str:
    """Set the page of a `massline.mood/1` document."""
    result = document.result
    parts: list[SafeString] = []
    if isinstance(result, MoodResult):
        parts.append(_newest(result) if result.too_noisy else _panels(result))
        if turned := _turned(result.sections):
            parts.append(section(_("What has changed"), _breaks(result, turned)))
        if blind := [row.section for row in result.sections if row.could_not_have_seen]:
            parts.append(
                section(
                    _("Where we could have missed a change"),
                    table([_("Section")], [(n,) for n in blind]),
                    note=_(
                        "Too few people were heard there lately: we would not have noticed even a big change."
                    ),
                )
            )
    sections = len(document.sections)
    return build_page(
        title=_title(result),
        kicker=ngettext("{n} section", "{n} sections", sections).format(n=number_phrase(sections)),
        lead=summary(document)[1:],
        parts=parts,
        document=document,
    )


def summary(document: MoodDocument) -> list[str]:
    """The mood in sentences."""
    result = document.result
    if not isinstance(result, MoodResult):
        return [_title(result) + ".", not_enough_phrase(result.not_enough)]
    if not result.sections:
        return [_title(result) + "."]
    if result.too_noisy:
        return [_title(result) + ".", _("We can’t draw the mood. This is what was heard last.")]
    ranked = sorted(result.sections, key=lambda row: (row.series[-1].mean, row.section))
    return [
        _title(result) + ".",
        _("Highest on {day}: {high}. Lowest: {low}.").format(
            day=ranked[0].series[-1].day, high=_last(ranked[-1], result), low=_last(ranked[0], result)
        ),
        _("These are the people we reached. This is not a poll of everybody."),
        *_at_odds(result),
    ]


def _at_odds(result: MoodResult) -> list[str]:
    """A sentence about sections whose newest day contradicts the estimate, if there are any."""
    names = [row.section for row in result.sections if row.newest and row.newest.at_odds]
    if not names:
        return []
    sentence = _(
        "What was heard last doesn’t fit the estimate in: {names}. Trust what was heard, and ask more people."
    )
    return [sentence.format(names=", ".join(names))]


def _title(result: MoodResult | Shortfall) -> str:
    if not isinstance(result, MoodResult):
        return _("Too early to tell the mood")
    turned = _turned(result.sections)
    if result.too_noisy:
        return _("The reports contradict each other")
    if len(turned) == 1:
        return _("The mood in {name} has changed").format(name=turned[0].section)
    return (
        _("The mood has changed in {n} sections").format(n=number_phrase(len(turned)))
        if turned
        else _("The mood has not changed")
    )


def _turned(sections: Sequence[SectionMood]) -> list[SectionMood]:
    return [row for row in sections if row.breaks]


def _value(value: float, result: MoodResult) -> str:
    return percent_phrase(value) if result.scale.kind == "share" else f"{value:.1f}"


def _last(row: SectionMood, result: MoodResult) -> str:
    last = row.series[-1]
    low, high = _value(last.low90, result), _value(last.high90, result)
    return f"{row.section} {_value(last.mean, result)} ({low}–{high})"


def _panels(result: MoodResult) -> SafeString:
    ranked = sorted(result.sections, key=lambda row: (not row.breaks, -row.readings, row.section))
    shown, days = ranked[:_MOST], [point.day for point in ranked[0].series]
    heading = _title(result)
    note = _("Line: the mood. Band: where it is, with 90% certainty. Dotted: a lasting change.")
    if len(ranked) > _MOST:
        note += " " + _("We show the {n} with most voices.").format(n=number_phrase(_MOST))
    lowest, highest = _reach(result)
    draw = partial(
        draw_mood_panels,
        [_panel(row, result, days) for row in shown],
        lowest=lowest,
        highest=highest,
        low_word=_value(lowest, result),
        high_word=_value(highest, result),
        first_day=days[0].isoformat(),
        last_day=days[-1].isoformat(),
        title=heading,
        desc=note,
    )
    drawing = wide_and_narrow(lambda narrow, id: draw(id=id, narrow=narrow), "mood")
    rows = [
        (row.section, number_phrase(round(row.readings)), _last(row, result), _heard_last(row, result))
        for row in ranked
    ]
    heads = [_("Section"), _("Heard"), _("Now"), _("Heard last")]
    return figure(drawing, heading=heading, note=note, table=table(heads, rows))


def _newest(result: MoodResult) -> SafeString:
    """The newest day of each section, in place of a drawing."""
    rows = [(row.section, _heard_last(row, result)) for row in result.sections]
    return section(_("Heard last"), table([_("Section"), _("Heard last")], rows))


def _heard_last(row: SectionMood, result: MoodResult) -> str:
    newest = row.newest
    if not newest:
        return "–"
    wording = _("{day}: {value} ({n} people)")
    value = _value(newest.mean, result)
    return wording.format(day=newest.day, value=value, n=number_phrase(round(newest.people)))


def _reach(result: MoodResult) -> tuple[float, float]:
    """The stretch of the scale that is drawn: where the bands lie, in whole tenths of the scale."""
    scale = result.scale
    tenth = (scale.highest - scale.lowest) / 10
    points = [point for row in result.sections for point in row.series]
    low = floor((min(p.low90 for p in points) - scale.lowest) / tenth)
    high = ceil((max(p.high90 for p in points) - scale.lowest) / tenth)
    return scale.lowest + min(low, high - 1) * tenth, scale.lowest + high * tenth


def _panel(row: SectionMood, result: MoodResult, days: Sequence[date]) -> MoodPanel:
    series = row.series
    turns = [min(range(len(days)), key=lambda i: abs((days[i] - b.since).days)) for b in row.breaks]
    return MoodPanel(
        row.section,
        [point.mean for point in series],
        [Band([point.low90 for point in series], [point.high90 for point in series])],
        breaks=turns,
        note=_("{n} heard").format(n=number_phrase(round(row.readings))),
        last=_value(series[-1].mean, result),
        turning=bool(row.breaks),
    )


def _breaks(result: MoodResult, turned: Sequence[SectionMood]) -> SafeString:
    share = result.scale.kind == "share"
    rows = [
        (
            row.section,
            b.since.isoformat(),
            b.noticed.isoformat(),
            f"{b.change * 100:+.0f} " + _("points") if share else f"{b.change:+.1f}",
        )
        for row in turned
        for b in row.breaks
    ]
    return table([_("Section"), _("Since about"), _("Noticed on"), _("Change of mood")], rows)
