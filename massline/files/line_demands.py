"""Demands on the page of a line document: their breadth and advance, and those that break a principle."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString

from massline.engine.line.document import PlacedDemand
from massline.engine.line.interval_estimate import Id, IntervalEstimate
from massline.files.html_page import (
    fold_details,
    fold_long_words,
    table,
)
from massline.files.number_phrases import _, percent_phrase

Demands = Mapping[Id, PlacedDemand]


def demand_text(demand: PlacedDemand) -> str:
    return str(demand.text) or _("Statement {id}").format(id=demand.id)


def list_demands(demands: Sequence[PlacedDemand], by_id: Demands) -> SafeString:
    ranked = sorted(demands, key=lambda d: (not d.offered, -(d.breadth.value if d.breadth else -1)))
    rows = [
        (
            fold_long_words(demand_text(d)),
            interval_text(d.breadth),
            (d.breadth.part if d.breadth else "") or _("everybody"),
            interval_text(d.support),
            interval_text(d.advance),
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


def interval_text(measure: IntervalEstimate | None) -> str:
    if measure is None:
        return "–"
    return f"{percent_phrase(measure.value)} ({percent_phrase(measure.low)}–{percent_phrase(measure.high)})"


def list_barred(demands: Sequence[PlacedDemand]) -> SafeString:
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
