"""A coverage document as a page: who was heard, who not, where to go next."""

from django.utils.safestring import SafeString

from massline.engine.coverage.document import CoverageDocument, CoverageResult
from massline.engine.coverage.estimate import SectionHeard
from massline.files.html_page import build_page, figure, section, table
from massline.files.number_phrases import _, ngettext, number_phrase, people_phrase, percent_phrase
from massline.web.charts import CoverageBar, draw_coverage_bars
from massline.web.charts.table_cells import coverage_cells


def coverage_page(document: CoverageDocument) -> str:
    """Set the page of a `massline.coverage/1` document."""
    result = document.result
    parts = [_bars(result)]
    if result.next:
        parts.append(section(_("Where to go next"), _next(result), note=_next_note(result)))
    if result.room:
        parts.append(section(_("Who came, compared with everyone"), _room(result)))
    if result.rounds:
        parts.append(section(_("Round by round"), _rounds(result), part="rounds"))
    return build_page(
        title=_title(result),
        kicker=_("{n} sections, {people}").format(
            n=number_phrase(document.rests_on.sections), people=people_phrase(document.rests_on.headcount)
        ),
        lead=summary(document)[1:],
        parts=parts,
        document=document,
    )


def summary(document: CoverageDocument) -> list[str]:
    """The coverage in sentences."""
    result, rests = document.result, document.rests_on
    sentences = [_title(result) + "."]
    if rests.people_heard is not None:
        sentences.append(
            _("{heard} of {all} have been heard.").format(
                heard=number_phrase(rests.people_heard), all=people_phrase(rests.headcount)
            )
        )
    if result.unheard:
        sentences.append(_("Nobody yet from: {names}.").format(names=", ".join(result.unheard)))
    if result.next:
        first = result.next[0]
        sentences.append(
            ngettext(
                "Talk to people in {name} next: it helps most there.",
                "{n} of the next conversations help most in {name}.",
                first.conversations,
            ).format(n=number_phrase(first.conversations), name=first.section)
        )
    return sentences


def _title(result: CoverageResult) -> str:
    silent = len(result.unheard)
    if silent:
        return ngettext("One section has not been heard", "{n} sections have not been heard", silent).format(
            n=number_phrase(silent)
        )
    return _("Every section has been heard") if result.sections else _("There are no sections yet")


def _bars(result: CoverageResult) -> SafeString:
    next_up = {step.section for step in result.next[:3]}
    shown = [row for row in result.sections if isinstance(row, SectionHeard)]
    bars = [
        CoverageBar(
            row.section,
            row.share,
            _("{heard} of {all}").format(heard=number_phrase(row.heard), all=number_phrase(row.headcount)),
            row.low,
            row.high,
            row.section in next_up,
        )
        for row in sorted(shown, key=lambda row: (row.share, row.section))
    ]
    heading = _("How much of each section we have heard")
    note = _("Share of each section’s people we have heard, with how sure we are.")
    hidden = len(result.sections) - len(shown)
    if hidden:
        note += " " + _("{n} sections are hidden because few people spoke there.").format(
            n=number_phrase(hidden)
        )
    drawing = draw_coverage_bars(
        bars,
        title=heading,
        desc=note,
        id="cover",
        unheard_word=_("nobody yet"),
        next_word=_("go here next"),
    )
    head = [_("Section"), _("Heard"), _("Probably"), _("People")]
    return figure(drawing, heading=heading, note=note, table=table(head, coverage_cells(bars)))


def _next(result: CoverageResult) -> SafeString:
    rows = [
        (
            step.section,
            number_phrase(step.conversations),
            f"± {percent_phrase(step.margin_before)}",
            f"± {percent_phrase(step.margin_after)}",
        )
        for step in result.next
    ]
    return table(
        [_("Section"), _("Conversations"), _("Could be off by, now"), _("Could be off by, afterwards")], rows
    )


def _next_note(result: CoverageResult) -> str:
    return _(
        "With these conversations, the largest gap for a section shrinks from ± {before} to ± {after} points."
    ).format(
        before=percent_phrase(result.widest_before or 0.0), after=percent_phrase(result.widest_after or 0.0)
    )


def _room(result: CoverageResult) -> SafeString:
    words = {
        "over": _("more than their share"),
        "under": _("fewer than their share"),
        "as expected": _("about their share"),
    }
    rows = [
        (
            row.section,
            number_phrase(row.came),
            percent_phrase(row.share),
            percent_phrase(row.expected),
            words[row.standing],
        )
        for row in result.room or ()
    ]
    return table(
        [_("Section"), _("Came"), _("Share of those who came"), _("Share of all people"), _("Compared")], rows
    )


def _rounds(result: CoverageResult) -> SafeString:
    rows = [
        (
            row.round,
            _("{heard} of {all}").format(
                heard=number_phrase(row.people_heard), all=number_phrase(row.headcount)
            ),
            number_phrase(len(row.unheard)),
            "–" if row.evenness is None else percent_phrase(row.evenness),
        )
        for row in result.rounds or ()
    ]
    return table([_("Round"), _("Heard"), _("Sections not heard"), _("In proportion")], rows)
