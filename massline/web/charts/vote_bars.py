"""Vote chart: agree, pass and disagree, with the interval of the share that agrees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from massline.web.charts.group_marks import colour_class, draw_mark
from massline.web.charts.svg_canvas import (
    NARROW,
    WIDE,
    close_svg,
    format_coordinate,
    format_percent,
    rect,
    shorten_text,
    text,
    text_width,
)

_ROW = 58


@dataclass(frozen=True, slots=True)
class VoteWords:
    """The words of the answers, in the reader's language."""

    agree: str = "agree"
    passed: str = "pass"
    disagree: str = "disagree"
    nobody: str = "nobody has answered yet"


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A bar: counts (or shares), the interval of the share that agrees, and the group it speaks for."""

    label: str
    agree: float
    passed: float
    disagree: float
    low: float | None = None
    high: float | None = None
    group: int | None = None

    @property
    def total(self) -> float:
        return self.agree + self.passed + self.disagree


ENGLISH = VoteWords()


def draw_vote_bar(
    agree: float,
    passed: float,
    disagree: float,
    *,
    label: str,
    id: str,
    low: float | None = None,
    high: float | None = None,
    group: int | None = None,
    desc: str = "",
    answers: VoteWords = ENGLISH,
    share: Callable[[float], str] = format_percent,
    narrow: bool = True,
) -> str:
    """Draw one statement's answers as one stacked bar; `low` and `high` bound the share that agrees (0 to 1).

    `group` gives the bar its group's colour and mark; `answers` and `share` put words and numbers into the
    reader's language. Without `desc` the description says the shares.
    """
    row = VoteRow(label, agree, passed, disagree, low, high, group)
    return draw_vote_bars(
        [row],
        title=label,
        desc=desc or describe_row(row, answers, share),
        id=id,
        answers=answers,
        share=share,
        narrow=narrow,
    )


def draw_vote_bars(
    rows: Sequence[VoteRow],
    *,
    title: str,
    desc: str,
    id: str,
    answers: VoteWords = ENGLISH,
    share: Callable[[float], str] = format_percent,
    narrow: bool = True,
) -> str:
    """Draw one bar per row, on one scale: the groups' answers to a statement under each other.

    The narrow layout is the usual one: it reads well on a phone and in a column; `narrow=False` fills a page.
    """
    width = NARROW if narrow else WIDE
    body = "".join(_bar(row, i * _ROW, width, answers, share) for i, row in enumerate(rows))
    return close_svg(
        body,
        width=width,
        height=max(len(rows), 1) * _ROW,
        title=title,
        desc=desc,
        id=id,
        kind="votes",
        narrow=narrow,
    )


def describe_row(
    row: VoteRow, answers: VoteWords = ENGLISH, share: Callable[[float], str] = format_percent
) -> str:
    """Describe a row in words, for the chart's description and the table beside it."""
    if not row.total:
        return answers.nobody
    yes, unsure, no = _said(row, answers, share)
    return f"{yes}, {unsure}, {no}"


def _said(row: VoteRow, answers: VoteWords, share: Callable[[float], str]) -> tuple[str, str, str]:
    sure = f" ({share(row.low)}–{share(row.high)})" if row.low is not None and row.high is not None else ""
    return (
        f"{share(row.agree / row.total)} {answers.agree}{sure}",
        f"{share(row.passed / row.total)} {answers.passed}",
        f"{share(row.disagree / row.total)} {answers.disagree}",
    )


def _bar(row: VoteRow, top: float, width: float, answers: VoteWords, share: Callable[[float], str]) -> str:
    _check(row)
    indent = 0 if row.group is None else 16
    key = "" if row.group is None else draw_mark(6, top + 10, row.group)
    label = text(indent, top + 15, shorten_text(row.label, width - indent - 4, 14), "name")
    if not row.total:
        body = rect(0, top + 22, width, 14, "nothing") + text(0, top + 51, answers.nobody, "note")
    else:
        body = _segments(row, top + 22, width) + _numbers(row, top + 51, width, answers, share)
    return f'<g class="{colour_class(row.group)}">{key}{label}{body}</g>'


def _check(row: VoteRow) -> None:
    if min(row.agree, row.passed, row.disagree) < 0:
        raise ValueError(f"a bar cannot show fewer than no votes: {row}")
    for end in (row.low, row.high):
        if end is not None and not 0 <= end <= 1:
            raise ValueError(f"an interval of a share lies between 0 and 1: {row}")


def _segments(row: VoteRow, y: float, width: float) -> str:
    yes, unsure = row.agree / row.total * width, row.passed / row.total * width
    out = rect(0, y, yes, 14, "agree") + rect(yes, y, unsure, 14, "pass")
    out += rect(yes + unsure, y, width - yes - unsure, 14, "disagree")
    if row.low is None or row.high is None:
        return out
    left, right = row.low * width, row.high * width
    reach = f"M{format_coordinate(left)} {format_coordinate(y + 2)}v10m0-5H{format_coordinate(right)}m0-5v10"
    return out + f'<path class="whisker-halo" d="{reach}"/><path class="whisker" d="{reach}"/>'


def _numbers(row: VoteRow, y: float, width: float, answers: VoteWords, share: Callable[[float], str]) -> str:
    left, middle, right = _said(row, answers, share)
    if (text_width(left + middle + right) + 3) * 13 <= width:
        right = f"{middle} · {right}"
    return text(0, y, left, "note") + text(width, y, right, "note", anchor="end")
