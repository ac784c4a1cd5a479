"""An opinion document as a page: what unites, what divides, and where people stand."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.engine.privacy.threshold import Threshold
from massline.files.html_page import (
    draw_both_layouts,
    fold_long_text,
    join_parts,
    mark_svg_safe,
    render_figure,
    render_page,
    render_section,
    render_summary,
    render_table,
)
from massline.files.opinion_trust import describe_trust
from massline.files.phrases import (
    _,
    format_in_ten,
    format_number,
    format_people,
    format_percent,
    format_statements,
    format_votes,
    ngettext,
)
from massline.web.charts import GroupLabel, VoteRow, draw_opinion_map, draw_spectrum, draw_vote_bars

Row = Mapping[str, Any]
_SHOWN = 5


def render_opinion_page(document: Mapping[str, Any], *, threshold: Threshold, topic: str = "") -> str:
    """Set the page of a `massline.opinion/1` document."""
    result = document["result"]
    shown = [row for row in result["statements"] if threshold.shows(row["seen"])]
    uniting = sorted(shown, key=lambda row: (-row["bridging"], str(row["id"])))
    dividing = sorted(shown, key=lambda row: (-row["divisive"], str(row["id"])))
    parts = [render_map_section(result, threshold)] if result.get("points") else []
    if uniting:
        parts.append(
            render_section(
                _("What unites us"),
                *render_statements(uniting[:_SHOWN], "u", threshold),
                note=_uniting_note(result),
            )
        )
        parts.append(
            render_section(
                _("What divides us"),
                *render_statements(dividing[:_SHOWN], "d", threshold),
                note=_dividing_note(result),
            )
        )
    parts.append(render_section(_("Every statement"), render_all_statements(result["statements"], threshold)))
    best = uniting[0] if uniting and uniting[0]["agree_interval"][0] > 0.5 else None
    if told := describe_trust(result, best):
        parts.append(
            render_section(_("How far to trust this"), *(format_html("<p>{}</p>", line) for line in told))
        )
    rests = document["rests_on"]
    kicker = ", ".join(
        [
            format_people(rests["participants"]),
            format_statements(rests["statements"]),
            format_votes(rests["votes"]),
        ]
    )
    return render_page(
        title=format_in_ten(best["agree"] / best["seen"]) if best else (topic or _("What we think")),
        kicker=f"{topic} · {kicker}" if topic and best else kicker,
        quote=statement_words(best) if best else "",
        lead=write_summary(document, threshold=threshold),
        parts=parts,
        document=document,
    )


def write_summary(document: Mapping[str, Any], *, threshold: Threshold) -> list[str]:
    """The result in sentences that say what they rest on."""
    result, rests = document["result"], document["rests_on"]
    sentences = []
    shown = [row for row in result["statements"] if threshold.shows(row["seen"])]
    if shown:
        best = max(shown, key=lambda row: (row["bridging"], str(row["id"])))
        low, high = best["agree_interval"]
        sentences.append(
            _(
                "{share} of {people} who answered it agree with the statement that unites most (likely {low} to {high})."
            ).format(
                share=format_percent(best["agree"] / best["seen"]),
                people=format_people(best["seen"]),
                low=format_percent(low),
                high=format_percent(high),
            )
        )
    sentences.append(_outcome(result, rests["participants"]))
    sentences.append(_("These are the people who reached us, not a poll."))
    return sentences


def _outcome(result: Row, voters: int) -> str:
    if "not_enough" in result:
        short = result["not_enough"]
        return _(
            "There is not enough yet to say whether there are groups: {have} of the {need} {what} it takes."
        ).format(**short)
    if "spectrum" in result:
        return _("From these votes, groups cannot be told from a spectrum yet.")
    count = len(result["groups"])
    return ngettext(
        "{n} group answers alike; it was tested against crowds without groups.",
        "{n} groups answer alike; they were tested against crowds without groups and are real.",
        count,
    ).format(n=format_number(count))


def render_map_section(result: Row, threshold: Threshold) -> SafeString:
    """The map where there are groups, the spectrum where it was found that there are none."""
    if result["groups"]:
        large = threshold.shows_all(*(group["size"] for group in result["groups"]))
        return _map(result) if large else join_parts([])
    return _spectrum(result["points"]) if "spectrum" in result else join_parts([])


def _map(result: Row) -> SafeString:
    labels = [
        GroupLabel(
            _("Group {letter}").format(letter=group_letter(g["id"])),
            f"{format_people(g['size'])}, {format_percent(g['share'])}",
        )
        for g in result["groups"]
    ]
    heading = ngettext("One way of seeing it", "{n} ways of seeing it", len(labels)).format(
        n=format_number(len(labels))
    )
    note = _(
        "Each mark is a person, near those who answered alike. Only the distance between them means something."
    )
    points = [(x, y, group) for x, y, group in result["points"]]
    drawing = draw_opinion_map(points, labels, title=heading, desc=note, id="stand")
    rows = [(label.name, label.detail) for label in labels]
    return render_figure(
        drawing, heading=heading, note=note, table=render_table([_("Group"), _("Size")], rows)
    )


def _spectrum(points: Sequence[Sequence[Any]]) -> SafeString:
    heading = _("A spectrum, not groups")
    note = _("How many people stand where on the strongest dimension of opinion.")
    draw = partial(
        draw_spectrum,
        [x for x, _y, _group in points],
        left="←",
        right="→",
        title=heading,
        desc=note,
        middle_label=_("half of us stand here"),
    )
    return render_figure(
        draw_both_layouts(lambda narrow, id: draw(id=id, narrow=narrow), "stand"), heading=heading, note=note
    )


def render_statements(rows: Sequence[Row], prefix: str, threshold: Threshold) -> list[SafeString]:
    """Statements in full, each with its bars."""
    out = []
    for i, row in enumerate(rows):
        bars = draw_vote_bars(
            vote_rows(row, threshold),
            title=statement_words(row)[:200],
            desc=describe_statement(row),
            id=f"{prefix}{i}",
        )
        out.append(
            format_html(
                "<div class='item'><h3 dir='auto'>{}</h3>{}<p class='soft'>{}</p></div>",
                fold_long_text(statement_words(row)),
                mark_svg_safe(bars),
                describe_statement(row),
            )
        )
    return out


def vote_rows(row: Row, threshold: Threshold) -> list[VoteRow]:
    """All of us, then each group; groups only where every one of them is large enough to be shown.

    Were one small group hidden alone, it could be had back by subtracting the others from the whole.
    """
    everybody = _bar(_("All of us"), row, None)
    groups = row["by_group"]
    if not threshold.shows_all(*(part["seen"] for part in groups)):
        return [everybody]
    named = [_bar(_("Group {letter}").format(letter=group_letter(p["group"])), p, p["group"]) for p in groups]
    return [everybody, *named]


def _bar(label: str, counts: Row, group: int | None) -> VoteRow:
    low, high = counts["agree_interval"]
    return VoteRow(label, counts["agree"], counts["pass"], counts["disagree"], low, high, group)


def describe_statement(row: Row) -> str:
    low, high = row["agree_interval"]
    return _("{people} answered; likely {low} to {high} agree.").format(
        people=format_people(row["seen"]), low=format_percent(low), high=format_percent(high)
    )


def render_all_statements(rows: Sequence[Row], threshold: Threshold) -> SafeString:
    """All statements, none cut off, those few have seen last."""
    ranked = sorted(
        rows, key=lambda row: (not threshold.shows(row["seen"]), -row["bridging"], str(row["id"]))
    )
    cells = []
    for row in ranked:
        if not threshold.shows(row["seen"]):
            cells.append(
                (
                    fold_long_text(statement_words(row)),
                    _("fewer than {k}").format(k=threshold.k),
                    "–",
                    "–",
                    "–",
                )
            )
            continue
        low, high = row["agree_interval"]
        cells.append(
            (
                fold_long_text(statement_words(row)),
                format_number(row["seen"]),
                format_percent(row["agree"] / row["seen"]),
                f"{format_percent(low)}–{format_percent(high)}",
                format_percent(row["disagree"] / row["seen"]),
            )
        )
    head = [_("Statement"), _("Answered"), _("Agree"), _("Likely"), _("Disagree")]
    return join_parts(
        [
            render_summary(
                _("All {n}, ranked by what unites").format(n=format_statements(len(rows))),
                render_table(head, cells),
            )
        ]
    )


def statement_words(row: Row) -> str:
    return str(row["text"]) or _("Statement {id}").format(id=row["id"])


def group_letter(group: int) -> str:
    return chr(ord("A") + group % 26)


def _uniting_note(result: Row) -> str:
    if result["groups"]:
        return _("Ranked by the group that agrees least: even there, at least this many agree.")
    return _("Ranked by how many agree at the least.")


def _dividing_note(result: Row) -> str:
    if len(result["groups"]) > 1:
        return _("Where the groups are surest to be apart.")
    return _("Where we split most evenly.")
