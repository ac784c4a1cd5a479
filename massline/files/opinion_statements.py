"""Statements on the page of an opinion document: each with its bars, and all of them in a table."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from massline.engine.opinion.map_schema import (
    AnswerCounts,
    StatementAnswers,
)
from massline.engine.privacy.threshold import Threshold
from massline.files.html_page import (
    fold_details,
    fold_long_words,
    join_parts,
    svg,
    table,
)
from massline.files.number_phrases import _, number_phrase, people_phrase, percent_phrase, statements_phrase
from massline.web.charts import VoteRow, draw_vote_bars


def statement_items(rows: Sequence[StatementAnswers], prefix: str, threshold: Threshold) -> list[SafeString]:
    """Statements in full, each with its bars."""
    out = []
    for i, row in enumerate(rows):
        bars = draw_vote_bars(
            bar_rows(row, threshold),
            title=statement_text(row)[:200],
            desc=answered_sentence(row),
            id=f"{prefix}{i}",
        )
        out.append(
            format_html(
                "<div class='item'><h3 dir='auto'>{}</h3>{}<p class='soft'>{}</p></div>",
                fold_long_words(statement_text(row)),
                svg(bars),
                answered_sentence(row),
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
    named = [_bar(_("Group {letter}").format(letter=group_letter(p.group)), p, p.group) for p in groups]
    return [everybody, *named]


def _bar(label: str, counts: AnswerCounts, group: int | None) -> VoteRow:
    low, high = counts.agree_interval
    return VoteRow(label, counts.agree, counts.passed, counts.disagree, low, high, group)


def answered_sentence(row: StatementAnswers) -> str:
    low, high = row.agree_interval
    return _("{people} answered; between {low} and {high} probably agree.").format(
        people=people_phrase(row.seen), low=percent_phrase(low), high=percent_phrase(high)
    )


def every_statement(rows: Sequence[StatementAnswers], threshold: Threshold) -> SafeString:
    """All statements, none cut off, those few have seen last."""
    ranked = sorted(rows, key=lambda row: (not threshold.shows(row.seen), -row.bridging, str(row.id)))
    cells = []
    for row in ranked:
        if not threshold.shows(row.seen):
            cells.append(
                (
                    fold_long_words(statement_text(row)),
                    _("fewer than {k}").format(k=threshold.k),
                    "–",
                    "–",
                    "–",
                )
            )
            continue
        low, high = row.agree_interval
        cells.append(
            (
                fold_long_words(statement_text(row)),
                number_phrase(row.seen),
                percent_phrase(row.agree / row.seen),
                f"{percent_phrase(low)}–{percent_phrase(high)}",
                percent_phrase(row.disagree / row.seen),
            )
        )
    head = [_("Statement"), _("Answered"), _("Agree"), _("Likely"), _("Disagree")]
    return join_parts(
        [
            fold_details(
                _("All {n}, most agreed on first").format(n=statements_phrase(len(rows))), table(head, cells)
            )
        ]
    )


def statement_text(row: StatementAnswers) -> str:
    return row.text or _("Statement {id}").format(id=row.id)


def group_letter(group: int) -> str:
    return chr(ord("A") + group % 26)
