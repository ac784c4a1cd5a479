"""Coverage chart: one bar per section, as long as the share of it that was spoken to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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

_ROW = 54


@dataclass(frozen=True, slots=True)
class CoverageBar:
    """A section: the share heard (0 to 1) with its interval, and the counts behind it ("23 of 80")."""

    label: str
    share: float
    detail: str
    low: float | None = None
    high: float | None = None
    next_up: bool = False


def draw_coverage_bars(
    sections: Sequence[CoverageBar],
    *,
    title: str,
    desc: str,
    id: str,
    unheard_word: str = "nobody yet",
    next_word: str = "go here next",
    share: Callable[[float], str] = format_percent,
    narrow: bool = True,
) -> str:
    """Draw how much of each section was heard; sections without a voice are outlined in the signal colour."""
    width = NARROW if narrow else WIDE
    height = max(len(sections), 1) * _ROW
    body = "".join(
        _head(section, i * _ROW, width, next_word) + _bar(section, i * _ROW + 20, width, unheard_word, share)
        for i, section in enumerate(sections)
    )
    return close_svg(
        body, width=width, height=height, title=title, desc=desc, id=id, kind="coverage", narrow=narrow
    )


def _head(section: CoverageBar, top: float, width: float, next_word: str) -> str:
    if not section.next_up:
        return text(0, top + 14, shorten_text(section.label, width, 14), "name")
    marked = f"{next_word} ←"
    label = text(0, top + 14, shorten_text(section.label, width - text_width(marked) * 14 - 8, 14), "name")
    return label + text(width, top + 14, marked, "name alarm-name", anchor="end")


def _bar(section: CoverageBar, y: float, width: float, unheard: str, share: Callable[[float], str]) -> str:
    if not 0 <= section.share <= 1:
        raise ValueError(f"a share heard lies between 0 and 1: {section}")
    if section.share == 0:
        nothing = rect(0.5, y, width - 1, 12, "unheard")
        return nothing + text(0, y + 26, f"{unheard} · {section.detail}", "note alarm-name")
    out = rect(0, y, width, 12, "pass") + rect(0, y, section.share * width, 12, "agree")
    if section.low is not None and section.high is not None:
        reach = f"M{format_coordinate(section.low * width)} {format_coordinate(y + 1)}v10m0-5H{format_coordinate(section.high * width)}m0-5v10"
        out += f'<path class="whisker-halo" d="{reach}"/><path class="whisker" d="{reach}"/>'
    return out + text(0, y + 26, f"{share(section.share)} · {section.detail}", "note")
