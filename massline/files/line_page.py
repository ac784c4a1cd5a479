"""A line document as a page: breadth against advance, what is never offered, and slates to choose from."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.files.html_page import both, figure, folded, page, section, shortened, table
from massline.files.phrases import _, ngettext, number, percent
from massline.web.charts import FrontierPoint, FrontierWords, draw_frontier
from massline.web.charts.rows import frontier_cells

Row = Mapping[str, Any]


def line_page(document: Mapping[str, Any]) -> str:
    """Set the page of a `massline.line/1` document."""
    result = document["result"]
    by_id = {demand["id"]: demand for demand in result["demands"]}
    parts = [_frontier(result)] if _placed(result) else []
    parts.append(section(_("Every demand"), _demands(result["demands"], by_id)))
    barred = [d for d in result["demands"] if not d["offered"]]
    if barred:
        parts.append(
            section(_("Not offered"), _barred(barred), note=_("What breaks a principle is never offered."))
        )
    parts.append(section(_("Slates to choose from"), *_slates(result, by_id), note=_slates_note(result)))
    rests = document["rests_on"]
    return page(
        title=_title(result, by_id),
        kicker=_("{demands} demands, {principles} principles, {comparisons} comparisons").format(
            demands=number(rests["demands"]),
            principles=number(rests["principles"]),
            comparisons=number(rests["comparisons"]),
        ),
        lead=summary(document),
        parts=parts,
        document=document,
    )


def summary(document: Mapping[str, Any]) -> list[str]:
    """The line in sentences."""
    result = document["result"]
    by_id = {demand["id"]: demand for demand in result["demands"]}
    said = []
    if result["ends"]:
        broadest, furthest = by_id[result["ends"]["broadest"]], by_id[result["ends"]["furthest"]]
        said.append(
            _("The broadest is “{demand}”: even where support is weakest, at least {low} agree.").format(
                demand=words(broadest), low=percent(broadest["breadth"]["low"])
            )
        )
        said.append(_("The furthest that may be offered is “{demand}”.").format(demand=words(furthest)))
    barred = sum(not demand["offered"] for demand in result["demands"])
    if barred:
        said.append(
            ngettext("{n} demand is not offered.", "{n} demands are not offered.", barred).format(
                n=number(barred)
            )
        )
    said.append(_("The software proposes, people decide."))
    return said


def words(demand: Row) -> str:
    return str(demand["text"]) or _("Statement {id}").format(id=demand["id"])


def _title(result: Row, by_id: Mapping[Any, Row]) -> str:
    if not result["ends"]:
        return _("The line cannot be drawn yet")
    count = len(result["frontier"])
    return ngettext("One demand leads", "{n} demands to choose between", count).format(n=number(count))


def _placed(result: Row) -> list[Row]:
    return [d for d in result["demands"] if d["breadth"] and d["advance"]]


def _frontier(result: Row) -> SafeString:
    points = [
        FrontierPoint(words(d), _three(d["breadth"]), _three(d["advance"]), _standing(d))
        for d in _placed(result)
    ]
    heading = _("Breadth against advance")
    note = _(
        "To the right: more agree where support is weakest. Up: goes further, by our own comparisons. Crosses break a principle or wait."
    )
    draw = partial(
        draw_frontier,
        points,
        title=heading,
        desc=note,
        words=FrontierWords(
            _("unites more people →"), _("goes further ↑"), _("the broadest"), _("the furthest")
        ),
    )
    drawing = both(lambda narrow, id: draw(id=id, narrow=narrow), "line")
    head = [_("Demand"), _("Breadth"), _("Likely"), _("Advance"), _("Likely"), _("Standing")]
    return figure(drawing, heading=heading, note=note, table=table(head, frontier_cells(points)))


def _three(measure: Row) -> tuple[float, float, float]:
    low, value, high = measure["low"], measure["value"], measure["high"]
    return min(low, value), value, max(high, value)


def _standing(demand: Row) -> str:
    if not demand["offered"]:
        return "barred"
    return "dominated" if demand["dominated"] else "frontier"


def _demands(demands: Sequence[Row], by_id: Mapping[Any, Row]) -> SafeString:
    ranked = sorted(
        demands, key=lambda d: (not d["offered"], -(d["breadth"]["value"] if d["breadth"] else -1))
    )
    rows = [
        (
            shortened(words(d)),
            _interval(d["breadth"]),
            (d["breadth"] or {}).get("part", "") or _("everybody"),
            _interval(d["support"]),
            _interval(d["advance"]),
            _beaten(d, by_id),
        )
        for d in ranked
    ]
    head = [_("Demand"), _("Breadth"), _("Weakest in"), _("Of everybody"), _("Advance"), _("Beaten by")]
    return folded(_("The numbers"), table(head, rows))


def _beaten(demand: Row, by_id: Mapping[Any, Row]) -> str:
    if not demand["dominated"]:
        return "–"
    name = words(by_id[demand["dominated"]["by"]])[:80]
    return _("surely “{name}”").format(name=name) if demand["dominated"]["surely"] else f"“{name}”"


def _interval(measure: Row | None) -> str:
    if measure is None:
        return "–"
    return f"{percent(measure['value'])} ({percent(measure['low'])}–{percent(measure['high'])})"


def _barred(demands: Sequence[Row]) -> SafeString:
    reasons = {
        "breaks": _("breaks “{principle}”"),
        "unchecked": _("not yet checked against “{principle}”"),
        "few answers": _("too few have answered"),
    }
    rows = [
        (
            shortened(words(d)),
            ", ".join(reasons[w["reason"]].format(principle=w["principle"]) for w in d["why"]),
        )
        for d in demands
    ]
    return table([_("Demand"), _("Why not")], rows)


def _slates_note(result: Row) -> str:
    if "not_enough" in result:
        return _("Slates need the votes themselves: name them with --votes.")
    return _("Chosen so that every large enough group gets its say.")


def _slates(result: Row, by_id: Mapping[Any, Row]) -> list[SafeString]:
    """Each slate once; where both rules choose the same demands, it says so."""
    rules = {"equal shares": _("by equal shares"), "proportional approval": _("by proportional approval")}
    chosen: dict[frozenset[Any], list[Row]] = {}
    for slate in result["slates"]:
        chosen.setdefault(frozenset(slate["demands"]), []).append(slate)
    return [
        _slate(alike[0], rules[alike[0]["rule"]] if len(alike) == 1 else _("by both rules"), by_id)
        for alike in chosen.values()
    ]


def _slate(slate: Row, rule: str, by_id: Mapping[Any, Row]) -> SafeString:
    reach = _("{coverage} support at least one of them; {friction} reject at least one.").format(
        coverage=_interval(slate["coverage"]), friction=_interval(slate["friction"])
    )
    overlooked = ", ".join(words(by_id[d])[:80] for d in slate["overlooked"])
    return format_html(
        "<div class='item'><h3>{} {}</h3>{}<p>{}</p>{}{}</div>",
        ngettext("{n} demand", "{n} demands", slate["size"]).format(n=number(slate["size"])),
        rule,
        table([_("Demand")], [(shortened(words(by_id[d])),) for d in slate["demands"]]),
        reach,
        format_html("<p>{}</p>", _("Overlooked: {names}.").format(names=overlooked)) if overlooked else "",
        folded(_("If one is dropped"), _changes(slate, by_id)),
    )


def _changes(slate: Row, by_id: Mapping[Any, Row]) -> SafeString:
    rows = [
        (
            shortened(words(by_id[change["dropped"]])),
            " · ".join(words(by_id[d])[:80] for d in change["demands"]) or "–",
            percent(change["coverage"]),
            percent(change["friction"]),
        )
        for change in slate["without"]
    ]
    return table([_("Dropped"), _("Then"), _("Reached"), _("Put off")], rows)
