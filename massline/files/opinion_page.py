"""An opinion document as a page: what unites, what divides, and where people stand."""

from collections.abc import Sequence
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.engine.opinion.map_document import (
    AnswerCounts,
    MapDocument,
    MapResult,
    StatementAnswers,
)
from massline.engine.privacy.threshold import Threshold
from massline.files.html_page import both, figure, folded, joined, page, section, shortened, svg, table
from massline.files.opinion_trust import trust
from massline.files.opinion_verdict import count_groups, knot_detail, spectrum_heading, verdict
from massline.files.phrases import _, in_ten, ngettext, number, people, percent, statements, votes
from massline.web.charts import GroupLabel, VoteRow, draw_opinion_map, draw_spectrum, draw_vote_bars

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
            section(_("What unites us"), *items(uniting[:_SHOWN], "u", threshold), note=_uniting_note(result))
        )
        parts.append(
            section(
                _("What divides us"), *items(dividing[:_SHOWN], "d", threshold), note=_dividing_note(result)
            )
        )
    parts.append(section(_("Every statement"), every_statement(result.statements, threshold)))
    best = uniting[0] if uniting and uniting[0].agree_interval[0] > 0.5 else None
    if told := trust(result, best):
        parts.append(
            section(
                _("How far to trust this"), *(format_html("<p>{}</p>", line) for line in told), part="trust"
            )
        )
    rests = document.rests_on
    kicker = ", ".join([people(rests.participants), statements(rests.statements), votes(rests.votes)])
    return page(
        title=in_ten(best.agree / best.seen) if best else (topic or _("What we think")),
        kicker=f"{topic} · {kicker}" if topic and best else kicker,
        quote=words(best) if best else "",
        lead=summary(document, threshold=threshold),
        parts=parts,
        document=document,
    )


def summary(document: MapDocument, *, threshold: Threshold) -> list[str]:
    """The result in sentences that say what they rest on."""
    result = document.result
    said = []
    shown = [row for row in result.statements if threshold.shows(row.seen)]
    if shown:
        best = max(shown, key=lambda row: (row.bridging, str(row.id)))
        low, high = best.agree_interval
        said.append(
            _(
                "{share} of {people} who answered it agree with the statement that unites most (likely {low} to {high})."
            ).format(
                share=percent(best.agree / best.seen),
                people=people(best.seen),
                low=percent(low),
                high=percent(high),
            )
        )
    said += verdict(result, threshold)
    said.append(_("These are the people who reached us, not a poll."))
    return said


def where_we_stand(result: MapResult, threshold: Threshold) -> SafeString:
    """The map where there are groups, the spectrum where it was found that there are none."""
    if result.groups:
        large = threshold.shows_all(*(group.size for group in result.groups))
        return _map(result) if large else joined([])
    return _spectrum(result) if result.spectrum is not None else joined([])


def _map(result: MapResult) -> SafeString:
    labels = [
        GroupLabel(_("Group {letter}").format(letter=letter(g.id)), knot_detail(g)) for g in result.groups
    ]
    count = count_groups(result)
    heading = ngettext("One way of seeing it", "{n} ways of seeing it", count).format(n=number(count))
    note = _(
        "Each mark is a person, near those who answered alike. Only the distance between them means something."
    )
    drawing = draw_opinion_map(result.points, labels, title=heading, desc=note, id="stand")
    rows = [(label.name, label.detail) for label in labels]
    return figure(drawing, heading=heading, note=note, table=table([_("Group"), _("Size")], rows))


def _spectrum(result: MapResult) -> SafeString:
    heading = spectrum_heading(result)
    note = _("How many people stand where on the strongest dimension of opinion.")
    draw = partial(
        draw_spectrum,
        [x for x, _y, _group in result.points],
        left="←",
        right="→",
        title=heading,
        desc=note,
        middle_label=_("half of us stand here"),
    )
    return figure(both(lambda narrow, id: draw(id=id, narrow=narrow), "stand"), heading=heading, note=note)


def items(rows: Sequence[StatementAnswers], prefix: str, threshold: Threshold) -> list[SafeString]:
    """Statements in full, each with its bars."""
    out = []
    for i, row in enumerate(rows):
        bars = draw_vote_bars(
            bar_rows(row, threshold), title=words(row)[:200], desc=said(row), id=f"{prefix}{i}"
        )
        out.append(
            format_html(
                "<div class='item'><h3 dir='auto'>{}</h3>{}<p class='soft'>{}</p></div>",
                shortened(words(row)),
                svg(bars),
                said(row),
            )
        )
    return out


def bar_rows(row: StatementAnswers, threshold: Threshold) -> list[VoteRow]:
    """All of us, then each group; groups only where every one of them is large enough to be shown.

    Were one small group hidden alone, it could be had back by subtracting the others from the whole.
    """
    everybody = _bar(_("All of us"), row, None)
    groups = row.by_group
    if not threshold.shows_all(*(part.seen for part in groups)):
        return [everybody]
    named = [_bar(_("Group {letter}").format(letter=letter(p.group)), p, p.group) for p in groups]
    return [everybody, *named]


def _bar(label: str, counts: AnswerCounts, group: int | None) -> VoteRow:
    low, high = counts.agree_interval
    return VoteRow(label, counts.agree, counts.passed, counts.disagree, low, high, group)


def said(row: StatementAnswers) -> str:
    low, high = row.agree_interval
    return _("{people} answered; likely {low} to {high} agree.").format(
        people=people(row.seen), low=percent(low), high=percent(high)
    )


def every_statement(rows: Sequence[StatementAnswers], threshold: Threshold) -> SafeString:
    """All statements, none cut off, those few have seen last."""
    ranked = sorted(rows, key=lambda row: (not threshold.shows(row.seen), -row.bridging, str(row.id)))
    cells = []
    for row in ranked:
        if not threshold.shows(row.seen):
            cells.append((shortened(words(row)), _("fewer than {k}").format(k=threshold.k), "–", "–", "–"))
            continue
        low, high = row.agree_interval
        cells.append(
            (
                shortened(words(row)),
                number(row.seen),
                percent(row.agree / row.seen),
                f"{percent(low)}–{percent(high)}",
                percent(row.disagree / row.seen),
            )
        )
    head = [_("Statement"), _("Answered"), _("Agree"), _("Likely"), _("Disagree")]
    return joined(
        [folded(_("All {n}, ranked by what unites").format(n=statements(len(rows))), table(head, cells))]
    )


def words(row: StatementAnswers) -> str:
    return row.text or _("Statement {id}").format(id=row.id)


def letter(group: int) -> str:
    return chr(ord("A") + group % 26)


def _uniting_note(result: MapResult) -> str:
    if result.groups:
        return _("Ranked by the group that agrees least: even there, at least this many agree.")
    return _("Ranked by how many agree at the least.")


def _dividing_note(result: MapResult) -> str:
    if len(result.groups) > 1:
        return _("Where the groups are surest to be apart.")
    return _("Where we split most evenly.")
