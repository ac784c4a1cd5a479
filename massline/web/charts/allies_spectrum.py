"""The spectrum of allies: forces by their stance on one demand, as a half circle in wedges."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.svg_canvas import NARROW, WIDE, close_svg, format_coordinate, shorten_text, text

_LEAST = 0.10  # of the half circle: an empty wedge must still be seen
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wedge:
    """A standing towards the demand ("passive support"), and how many forces stand there."""

    label: str
    forces: int


def draw_spectrum_of_allies(
    wedges: Sequence[Wedge], *, title: str, desc: str, id: str, narrow: bool = False
) -> str:
    """Draw two to five standings, from most opposed (left) to most active with us (right)."""
    if not 2 <= len(wedges) <= 5:
        raise ValueError("a spectrum of allies has two standings at least and five at most")
    width, radius = (NARROW, 92.0) if narrow else (WIDE, 200.0)
    centre = (width / 2, radius + 50.0)
    total, free = sum(w.forces for w in wedges), 1 - _LEAST * len(wedges)
    body, start = [], math.pi
    for rank, wedge in enumerate(wedges):
        end = start - math.pi * (_LEAST + free * (wedge.forces / total if total else 1 / len(wedges)))
        body.append(_wedge(wedge, (start, end), centre, radius, rank))
        body.append(_name(wedge.label, (start + end) / 2, centre, radius + 14, width))
        start = end
    height = centre[1] + 16
    return close_svg(
        "".join(body), width=width, height=height, title=title, desc=desc, id=id, kind="allies", narrow=narrow
    )


def _at(angle: float, radius: float, centre: Point) -> Point:
    return centre[0] + radius * math.cos(angle), centre[1] - radius * math.sin(angle)


def _wedge(wedge: Wedge, turn: tuple[float, float], centre: Point, radius: float, rank: int) -> str:
    (x1, y1), (x2, y2) = _at(turn[0], radius, centre), _at(turn[1], radius, centre)
    shape = (
        f'<path class="wedge wedge-{rank}" d="M{format_coordinate(centre[0])} {format_coordinate(centre[1])}L{format_coordinate(x1)} {format_coordinate(y1)}'
        f'A{format_coordinate(radius)} {format_coordinate(radius)} 0 0 1 {format_coordinate(x2)} {format_coordinate(y2)}Z"/>'
    )
    x, y = _at(sum(turn) / 2, radius * 0.68, centre)
    return shape + text(x, y + 7, str(wedge.forces), "figure halo", anchor="middle")


def _name(label: str, angle: float, centre: Point, radius: float, width: float) -> str:
    """The stance's name outside its wedge, on two lines where it is beside the circle."""
    x, y = _at(angle, radius, centre)
    if abs(math.cos(angle)) < 0.35:
        return text(x, y, shorten_text(label, width, 13), "note", anchor="middle")
    anchor, room = ("start", width - x) if x > centre[0] else ("end", x)
    lines = label.split(" ", 1)
    return "".join(
        text(x, y + 4 + 15 * (i - (len(lines) - 1) / 2), shorten_text(part, room, 13), "note", anchor=anchor)
        for i, part in enumerate(lines)
    )
