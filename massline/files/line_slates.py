"""Slates on the page of a line document: whom each reaches, overlooks and puts off."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.engine.line.document import LineResult, ProposedSlate
from massline.engine.line.interval_estimate import Id
from massline.files.html_page import (
    fold_details,
    fold_long_words,
    table,
)
from massline.files.line_demands import Demands, demand_text, interval_text
from massline.files.number_phrases import _, ngettext, number_phrase, percent_phrase


def slates_note(result: LineResult) -> str:
    if result.not_enough:
        return _("Packages need the single votes: give the file with --votes.")
    return _("Chosen so that every larger group gets something.")


def list_slates(result: LineResult, by_id: Demands) -> list[SafeString]:
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
        coverage=interval_text(slate.coverage), friction=interval_text(slate.friction)
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
