"""A line document as a page: breadth against advance, what is never offered, and slates to choose from."""

from functools import partial

from django.utils.safestring import SafeString

from massline.engine.line.document import LineDocument, LineResult, PlacedDemand
from massline.engine.line.interval_estimate import IntervalEstimate
from massline.files.html_page import (
    build_page,
    figure,
    section,
    table,
    wide_and_narrow,
)
from massline.files.line_demands import Demands, demand_text, list_barred, list_demands
from massline.files.line_slates import list_slates, slates_note
from massline.files.number_phrases import _, ngettext, number_phrase, percent_phrase
from massline.web.charts import FrontierPoint, FrontierWords, draw_frontier
from massline.web.charts.table_cells import frontier_cells


def line_page(document: LineDocument) -> str:
    """Set the page of a `massline.line/1` document."""
    result = document.result
    by_id = {demand.id: demand for demand in result.demands}
    parts = [_frontier(result)] if _placed(result) else []
    parts.append(section(_("Every demand"), list_demands(result.demands, by_id)))
    barred = [d for d in result.demands if not d.offered]
    if barred:
        parts.append(
            section(
                _("Not up for decision"),
                list_barred(barred),
                note=_("Demands that break a principle are never up for decision."),
            )
        )
    parts.append(section(_("Packages to choose from"), *list_slates(result, by_id), note=slates_note(result)))
    rests = document.rests_on
    return build_page(
        title=_title(result, by_id),
        kicker=_("{demands} demands, {principles} principles, {comparisons} comparisons").format(
            demands=number_phrase(rests.demands),
            principles=number_phrase(rests.principles),
            comparisons=number_phrase(rests.comparisons),
        ),
        lead=summary(document),
        parts=parts,
        document=document,
    )


def summary(document: LineDocument) -> list[str]:
    """The line in sentences."""
    result = document.result
    by_id = {demand.id: demand for demand in result.demands}
    sentences = []
    if result.ends:
        broadest, furthest = by_id[result.ends.broadest], by_id[result.ends.furthest]
        sentences.append(
            _("The broadest is “{demand}”: even in the least convinced group, at least {low} agree.").format(
                demand=demand_text(broadest),
                low=percent_phrase(broadest.breadth.low if broadest.breadth else 0.0),
            )
        )
        sentences.append(
            _("The boldest that can be decided on is “{demand}”.").format(demand=demand_text(furthest))
        )
    barred = sum(not demand.offered for demand in result.demands)
    if barred:
        sentences.append(
            ngettext("{n} demand can’t be decided on.", "{n} demands can’t be decided on.", barred).format(
                n=number_phrase(barred)
            )
        )
    sentences.append(_("The software suggests, people decide."))
    return sentences


def _title(result: LineResult, by_id: Demands) -> str:
    if not result.ends:
        return _("Demands can’t be compared yet")
    count = len(result.frontier)
    return ngettext("One demand is ahead on both", "{n} demands to choose from", count).format(
        n=number_phrase(count)
    )


def _placed(result: LineResult) -> list[PlacedDemand]:
    return [demand for demand in result.demands if demand.breadth and demand.advance]


def _frontier(result: LineResult) -> SafeString:
    points = [
        FrontierPoint(demand_text(demand), _three(demand.breadth), _three(demand.advance), demand.status)
        for demand in result.demands
        if demand.breadth and demand.advance
    ]
    heading = _("How broad, how bold")
    note = _(
        "Further right: more agree, even in the least convinced group. Further up: it "
        "changes more, by our own comparisons. Crosses break a principle or still need votes "
        "or checks."
    )
    draw = partial(
        draw_frontier,
        points,
        title=heading,
        desc=note,
        words=FrontierWords(
            _("more people agree →"), _("changes more ↑"), _("the broadest"), _("the boldest")
        ),
    )
    drawing = wide_and_narrow(lambda narrow, id: draw(id=id, narrow=narrow), "line")
    head = [_("Demand"), _("Support"), _("Probably"), _("How far it goes"), _("Probably"), _("Status")]
    return figure(drawing, heading=heading, note=note, table=table(head, frontier_cells(points)))


def _three(measure: IntervalEstimate) -> tuple[float, float, float]:
    low, value, high = measure.low, measure.value, measure.high
    return min(low, value), value, max(high, value)
