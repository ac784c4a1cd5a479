"""A line document as a page: breadth against advance, what is never offered, and slates to choose from."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.engine.line.document import LineDocument, LineResult, PlacedDemand, ProposedSlate
from massline.engine.line.interval_estimate import Id, IntervalEstimate
from massline.files.html_page import (
    build_page,
    figure,
    fold_details,
    fold_long_words,
    section,
    table,
    wide_and_narrow,
)
from massline.files.number_phrases import _, ngettext, number_phrase, percent_phrase
from massline.web.charts import FrontierPoint, FrontierWords, draw_frontier
from massline.web.charts.table_cells import frontier_cells

Demands = Mapping[Id, PlacedDemand]


def line_page(document: LineDocument) -> str:
    """Set the page of a `massline.line/1` document."""
    result = document.result
    by_id = {demand.id: demand for demand in result.demands}
    parts = [_frontier(result)] if _placed(result) else []
    parts.append(section(_("Every demand"), _demands(result.demands, by_id)))
    barred = [d for d in result.demands if not d.offered]
    if barred:
        parts.append(
            section(
                _("Not up for decision"),
                _barred(barred),
                note=_("Demands that break a principle are never up for decision."),
            )
        )
    parts.append(section(_("Packages to choose from"), *_slates(result, by_id), note=_slates_note(result)))
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


def demand_text(demand: PlacedDemand) -> str:
    return str(demand.text) or _("Statement {id}").format(id=demand.id)


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


def _demands(demands: Sequence[PlacedDemand], by_id: Demands) -> SafeString:
    ranked = sorted(demands, key=lambda d: (not d.offered, -(d.breadth.value if d.breadth else -1)))
    rows = [
        (
            fold_long_words(demand_text(d)),
            _interval(d.breadth),
            (d.breadth.part if d.breadth else "") or _("everybody"),
            _interval(d.support),
            _interval(d.advance),
            _beaten(d, by_id),
        )
        for d in ranked
    ]
    head = [
        _("Demand"),
        _("Support"),
        _("Lowest in"),
        _("Everyone together"),
        _("How far it goes"),
        _("Behind (on both counts)"),
    ]
    return fold_details(_("The numbers"), table(head, rows))


def _beaten(demand: PlacedDemand, by_id: Demands) -> str:
    if not demand.dominated:
        return "–"
    name = demand_text(by_id[demand.dominated.by])[:80]
    return _("clearly “{name}”").format(name=name) if demand.dominated.surely else f"“{name}”"


def _interval(measure: IntervalEstimate | None) -> str:
    if measure is None:
        return "–"
    return f"{percent_phrase(measure.value)} ({percent_phrase(measure.low)}–{percent_phrase(measure.high)})"


def _barred(demands: Sequence[PlacedDemand]) -> SafeString:
    reasons = {
        "breaks": _("breaks “{principle}”"),
        "unchecked": _("not checked against “{principle}” yet"),
        "few answers": _("too few people have answered"),
    }
    rows = [
        (
            fold_long_words(demand_text(d)),
            ", ".join(reasons[w.reason].format(principle=w.principle) for w in d.why),
        )
        for d in demands
    ]
    return table([_("Demand"), _("Reason")], rows)


def _slates_note(result: LineResult) -> str:
    if result.not_enough:
        return _("Packages need the single votes: give the file with --votes.")
    return _("Chosen so that every larger group gets something.")


def _slates(result: LineResult, by_id: Demands) -> list[SafeString]:
    """Each slate once, with every rule that chooses it."""
    rules = {
        "equal shares": _("method of equal shares"),
        "proportional approval": _("proportional approval voting"),
        "fewest left out": _("leaves the fewest people out"),
    }
    chosen: dict[frozenset[Id], list[ProposedSlate]] = {}
    for slate in result.slates:
        chosen.setdefault(frozenset(slate.demands), []).append(slate)
    return [
        _slate(alike[0], ", ".join(rules[slate.rule] for slate in alike), by_id) for alike in chosen.values()
    ]


def _slate(slate: ProposedSlate, rule: str, by_id: Demands) -> SafeString:
    reach = _("{coverage} support at least one of them; {friction} reject at least one.").format(
        coverage=_interval(slate.coverage), friction=_interval(slate.friction)
    )
    overlooked = ", ".join(demand_text(by_id[d])[:80] for d in slate.overlooked)
    return format_html(
        "<div class='item'><h3>{} {}</h3>{}<p>{}</p>{}{}{}</div>",
        ngettext("{n} demand", "{n} demands", slate.size).format(n=number_phrase(slate.size)),
        rule,
        table([_("Demand")], [(fold_long_words(demand_text(by_id[d])),) for d in slate.demands]),
        reach,
        format_html("<p>{} {}</p>", _best(slate), _due(slate, by_id)) if slate.best else "",
        format_html(
            "<p>{}</p>", _("Not in it, but wanted by a larger group: {names}.").format(names=overlooked)
        )
        if overlooked
        else "",
        fold_details(_("If you drop one"), _changes(slate, by_id)),
    )


def _best(slate: ProposedSlate) -> str:
    """How near its coverage is to that of the best list of its length."""
    if slate.best is None or slate.coverage.value >= slate.best.at_most:
        return _("No list of this length leaves fewer people out.")
    if slate.best.exact:
        return _("The best list of this length would reach {best}.").format(
            best=percent_phrase(slate.best.share)
        )
    return _("The best list found of this length would reach {best}; none reaches more than {most}.").format(
        best=percent_phrase(slate.best.share), most=percent_phrase(slate.best.at_most)
    )


def _due(slate: ProposedSlate, by_id: Demands) -> str:
    """Whether EJR+ holds, and for whom it does not."""
    if not slate.underrepresented:
        return _("Every large enough group of people who want the same has its due (EJR+).")
    names = ", ".join(f"“{demand_text(by_id[short.demand])[:80]}”" for short in slate.underrepresented)
    return _(
        "People who want the same have fewer of these demands than they are due (EJR+): {names}."
    ).format(names=names)


def _changes(slate: ProposedSlate, by_id: Demands) -> SafeString:
    rows = [
        (
            fold_long_words(demand_text(by_id[change.dropped])),
            " · ".join(demand_text(by_id[d])[:80] for d in change.demands) or "–",
            percent_phrase(change.coverage),
            percent_phrase(change.friction),
        )
        for change in slate.without
    ]
    return table([_("If you drop"), _("Then"), _("Still support something"), _("Reject something")], rows)
