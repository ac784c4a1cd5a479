"""Breadth against advance: which demands unite many, which go far, which do neither better than another."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.svg_canvas import (
    NARROW,
    WIDE,
    close_svg,
    format_coordinate,
    line,
    shorten_text,
    text,
    text_width,
)

_EDGE = 34
_NAMED = 8  # up to so many demands all are named and carry their intervals; among more, those of the frontier
_MARKS = {"barred": "m-5-5l10 10m0-10l-10 10", "dominated": "h0", "frontier": "h0"}


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A demand: both measures run from 0 to 1 with their intervals (low, value, high).

    `standing` is "frontier", "dominated" (another is broader and goes further) or "barred" (it breaks a
    principle).
    """

    label: str
    breadth: tuple[float, float, float]
    advance: tuple[float, float, float]
    standing: str = "frontier"


@dataclass(frozen=True, slots=True)
class FrontierWords:
    """The words on the axes and at the two ends of the frontier."""

    breadth: str = "unites more people →"
    advance: str = "goes further ↑"
    broadest: str = "the broadest"
    furthest: str = "the furthest"


def draw_frontier(
    demands: Sequence[FrontierPoint],
    *,
    title: str,
    desc: str,
    id: str,
    words: FrontierWords | None = None,
    narrow: bool = False,
) -> str:
    """Draw each demand as a mark with its two intervals; the frontier is a line, dominated ones are grey."""
    wording = words or FrontierWords()
    size = (NARROW, 380) if narrow else (WIDE, 460)
    for demand in demands:
        _check(demand)
    edge = sorted((d for d in demands if d.standing == "frontier"), key=lambda d: d.breadth[1])
    body = _axes(size, wording)
    if len(edge) > 1:
        spots = "L".join(
            f"{format_coordinate(x)} {format_coordinate(y)}" for x, y in (_spot(d, size) for d in edge)
        )
        body += f'<path class="edge" d="M{spots}"/>'
    order = list(_MARKS)
    named = [d for d in demands if d.standing == "frontier" or len(demands) <= _NAMED]
    for demand in sorted(demands, key=lambda d: order.index(d.standing)):
        body += _mark(demand, size, sure=demand in named)
    ends = [(edge[-1], wording.broadest), (edge[0], wording.furthest)] if len(edge) > 1 else []
    body += _words(named, ends, size)
    return close_svg(
        body, width=size[0], height=size[1], title=title, desc=desc, id=id, kind="frontier", narrow=narrow
    )


def _check(demand: FrontierPoint) -> None:
    if demand.standing not in _MARKS:
        raise ValueError(
            f"a demand stands on the frontier, is dominated or is barred, not {demand.standing!r}"
        )
    for low, value, high in (demand.breadth, demand.advance):
        if not 0 <= low <= value <= high <= 1:
            raise ValueError(f"low, value and high must rise within 0 and 1: {demand}")


def _place(across: float, up: float, size: tuple[int, int]) -> tuple[float, float]:
    width, height = size
    return _EDGE + across * (width - 2 * _EDGE), height - _EDGE - up * (height - 2 * _EDGE)


def _spot(demand: FrontierPoint, size: tuple[int, int]) -> tuple[float, float]:
    return _place(demand.breadth[1], demand.advance[1], size)


def _axes(size: tuple[int, int], wording: FrontierWords) -> str:
    (left, floor), (right, top) = _place(0, 0, size), _place(1, 1, size)
    axes = line(left, floor, right, floor, "axis") + line(left, floor, left, top, "axis")
    across = text(right, floor + 20, wording.breadth, "note", anchor="end")
    return axes + across + text(left - 4, top - 12, wording.advance, "note")


def _mark(demand: FrontierPoint, size: tuple[int, int], *, sure: bool) -> str:
    x, y = _spot(demand, size)
    (x1, y1), (x2, y2) = (_place(demand.breadth[i], demand.advance[i], size) for i in (0, 2))
    reach = line(x1, y, x2, y, "interval") + line(x, y1, x, y2, "interval") if sure else ""
    spot = (
        f'<path class="demand" d="M{format_coordinate(x)} {format_coordinate(y)}{_MARKS[demand.standing]}"/>'
    )
    return f'<g class="{demand.standing}">{reach}{spot}</g>'


def _words(
    named: Sequence[FrontierPoint], ends: Sequence[tuple[FrontierPoint, str]], size: tuple[int, int]
) -> str:
    """Names beside their marks and the two ends below theirs, each moved down until it covers no other."""
    taken: list[tuple[float, float, float]] = []
    out = []
    for demand in sorted(named, key=lambda d: (-d.advance[1], d.label)):
        x, y = _spot(demand, size)
        rightwards = x + 10 + text_width(demand.label) * 14 <= size[0] or x < size[0] / 2
        room = size[0] - x - 10 if rightwards else x - 10
        name = shorten_text(demand.label, min(room, size[0] * (0.45 if len(named) > _NAMED / 2 else 0.6)), 14)
        left = x + 10 if rightwards else x - 10 - text_width(name) * 14
        y = _free(left, left + text_width(name) * 14, y - 8, taken, size)
        out.append(text(max(left, 2), y, name, "name" if demand.standing == "frontier" else "note"))
    for demand, word in ends:
        x, y = _spot(demand, size)
        half = text_width(word) * 13 / 2
        x = min(max(x, half + 2), size[0] - half - 2)
        y = _free(x - half, x + half, y + 24, taken, size)
        out.append(text(x, y, word, "note end-word", anchor="middle"))
    return "".join(out)


def _free(
    left: float, right: float, y: float, taken: list[tuple[float, float, float]], size: tuple[int, int]
) -> float:
    """The first line from y down on which nothing is written yet; at the foot of the paper it may be."""
    while y < size[1] - _EDGE and any(
        abs(y - line) < 16 and left < end and start < right for start, end, line in taken
    ):
        y += 4
    taken.append((left, right, y))
    return y
