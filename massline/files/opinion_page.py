"""An opinion document as a page: what unites, what divides, and where people stand."""

from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.engine.opinion.map_schema import (
    MapDocument,
    MapResult,
)
from massline.engine.privacy.threshold import Threshold
from massline.files.html_page import (
    build_page,
    figure,
    join_parts,
    section,
    table,
    wide_and_narrow,
)
from massline.files.number_phrases import (
    _,
    agreement_phrase,
    ngettext,
    number_phrase,
    people_phrase,
    percent_phrase,
    statements_phrase,
    votes_phrase,
)
from massline.files.opinion_statements import every_statement, group_letter, statement_items, statement_text
from massline.files.opinion_trust_sentences import trust_sentences
from massline.files.opinion_verdict_sentences import count_groups, knot_detail, spectrum_heading, verdict
from massline.web.charts import GroupLabel, draw_opinion_map, draw_spectrum

_SHOWN = 5


def opinion_page(document: MapDocument, *, threshold: Threshold, topic: str = "") -> str:
    """Set the page of a `massline.opinion/1` document."""
    result = document.result
    shown = [row for row in result.statements if threshold.shows(row.seen)]
    uniting = sorted(shown, key=lambda row: (-row.bridging, str(row.id)))
    dividing = sorted(shown, key=lambda row: (-row.divisive, str(row.id)))
    parts = [where_we_stand(result, threshold)] if result.points else []
    if uniting:
        parts.append(
            section(
                _("What we agree on"),
                *statement_items(uniting[:_SHOWN], "u", threshold),
                note=_uniting_note(result),
            )
        )
        parts.append(
            section(
                _("What divides us"),
                *statement_items(dividing[:_SHOWN], "d", threshold),
                note=_dividing_note(result),
            )
        )
    parts.append(section(_("All statements"), every_statement(result.statements, threshold)))
    best = uniting[0] if uniting and uniting[0].agree_interval[0] > 0.5 else None
    if trust := trust_sentences(result, best):
        parts.append(
            section(
                _("How much to trust this"), *(format_html("<p>{}</p>", line) for line in trust), part="trust"
            )
        )
    rests = document.rests_on
    kicker = ", ".join(
        [people_phrase(rests.participants), statements_phrase(rests.statements), votes_phrase(rests.votes)]
    )
    return build_page(
        title=agreement_phrase(best.agree / best.seen) if best else (topic or _("What we think")),
        kicker=f"{topic} · {kicker}" if topic and best else kicker,
        quote=statement_text(best) if best else "",
        lead=summary(document, threshold=threshold),
        parts=parts,
        document=document,
    )


def summary(document: MapDocument, *, threshold: Threshold) -> list[str]:
    """The result in sentences that say what they rest on."""
    result = document.result
    sentences = []
    shown = [row for row in result.statements if threshold.shows(row.seen)]
    if shown:
        best = max(shown, key=lambda row: (row.bridging, str(row.id)))
        low, high = best.agree_interval
        sentences.append(
            _(
                "Of the {people} who answered, {share} agree with the statement that unites us most "
                "(probably {low} to {high})."
            ).format(
                share=percent_phrase(best.agree / best.seen),
                people=people_phrase(best.seen),
                low=percent_phrase(low),
                high=percent_phrase(high),
            )
        )
    sentences += verdict(result, threshold)
    sentences.append(_("These are the people we reached. This is not a poll of everybody."))
    return sentences


def where_we_stand(result: MapResult, threshold: Threshold) -> SafeString:
    """The map where there are groups, the spectrum where it was found that there are none."""
    if result.groups:
        large = threshold.shows_all(*(group.size for group in result.groups))
        return _map(result) if large else join_parts([])
    return _spectrum(result) if result.spectrum is not None else join_parts([])


def _map(result: MapResult) -> SafeString:
    labels = [
        GroupLabel(_("Group {letter}").format(letter=group_letter(g.id)), knot_detail(g))
        for g in result.groups
    ]
    count = count_groups(result)
    heading = ngettext("One point of view", "{n} points of view", count).format(n=number_phrase(count))
    note = _(
        "Each mark is a person. People who answered alike are close together; only the "
        "distance means something."
    )
    drawing = draw_opinion_map(result.points, labels, title=heading, desc=note, id="stand")
    rows = [(label.name, label.detail) for label in labels]
    return figure(drawing, heading=heading, note=note, table=table([_("Group"), _("Size")], rows))


def _spectrum(result: MapResult) -> SafeString:
    heading = spectrum_heading(result)
    note = _("How many people are where, along the line that divides opinion most.")
    draw = partial(
        draw_spectrum,
        [x for x, _y, _group in result.points],
        left="←",
        right="→",
        title=heading,
        desc=note,
        middle_label=_("half of us are here"),
    )
    return figure(
        wide_and_narrow(lambda narrow, id: draw(id=id, narrow=narrow), "stand"), heading=heading, note=note
    )


def _uniting_note(result: MapResult) -> str:
    if result.groups:
        return _("Sorted by the group that agrees least: at least this many agree even there.")
    return _("Sorted by how many agree, at the least.")


def _dividing_note(result: MapResult) -> str:
    if len(result.groups) > 1:
        return _("Where we are most sure that the groups differ.")
    return _("Where opinion is split most evenly.")
