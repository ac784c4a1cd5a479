"""The opinion map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from massline.web.charts.group_marks import colour_class, draw_marks, mark_glyph
from massline.web.charts.group_outline import Point, convex_hull, nearest_points
from massline.web.charts.svg_canvas import (
    NARROW,
    WIDE,
    close_svg,
    format_coordinate,
    polyline,
    shorten_text,
    text,
    text_width,
)

_RIM = 6
_NAME, _NOTE, _APART = 16, 13, 44  # sizes of the words on the map, and the room each pair of lines needs
MOST = 1500  # marks drawn: more would be neither readable nor light


@dataclass(frozen=True, slots=True)
class GroupLabel:
    """The label of a group: its name, and below it the people behind it ("260 people, 48 %")."""

    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Places opinion coordinates on the paper: one scale for both axes, so that distances mean something."""

    width: float
    height: float
    scale: float
    middle: Point

    def place(self, x: float, y: float) -> Point:
        across = self.width / 2 + (x - self.middle[0]) * self.scale
        down = self.height / 2 - (y - self.middle[1]) * self.scale
        return (
            min(max(across, _RIM), self.width - _RIM),
            min(max(down, _RIM), self.height - _RIM),
        )


def draw_opinion_map(
    points: Sequence[tuple[float, float, int | None]],
    groups: Sequence[GroupLabel],
    *,
    title: str,
    desc: str,
    id: str,
    you: tuple[float, float] | None = None,
    you_label: str = "You are here",
    narrow: bool = False,
) -> str:
    """Draw people as marks, near those who answered alike; the few farthest out (1 %) stand at the rim.

    Parameters
    ----------
    points : (x, y, group) per person; `group` indexes `groups`, None is outside every group.
        Above 1,500 people an even sample is drawn: say so in `desc`.
    groups : the words on each group.
    you : where the reader stands, in the same coordinates.
    narrow : lay it out for a page 360 px wide.
    """
    if any(g is not None and not 0 <= g < len(groups) for _, _, g in points):
        raise ValueError("a point names a group that has no label")
    if not all(math.isfinite(x) and math.isfinite(y) for x, y, _ in points):
        raise ValueError("a map cannot place somebody whose position is not a number")
    shown = _thin(points)
    frame = _frame([(x, y) for x, y, _ in shown] + ([you] if you else []), narrow)
    by_group: dict[int | None, list[Point]] = {}
    for x, y, group in shown:
        by_group.setdefault(group, []).append(frame.place(x, y))
    order = [None, *range(len(groups))]
    cloud = "".join(_cloud(by_group[g], g) for g in order if g in by_group)
    named = {g: label for g, label in enumerate(groups) if g in by_group}
    body = (
        cloud + _labels(by_group, named, frame) + (_you(frame.place(*you), you_label, frame) if you else "")
    )
    return close_svg(
        body, width=frame.width, height=frame.height, title=title, desc=desc, id=id, kind="map", narrow=narrow
    )


def _thin(points: Sequence[tuple[float, float, int | None]]) -> list[tuple[float, float, int | None]]:
    ordered = sorted(points, key=lambda p: (-1 if p[2] is None else p[2], p[0], p[1]))
    if len(ordered) <= MOST:
        return ordered
    return [ordered[i * len(ordered) // MOST] for i in range(MOST)]


def _frame(points: Sequence[Point], narrow: bool) -> _Frame:
    width, height, margin = (NARROW, 380, 30) if narrow else (WIDE, 440, 40)
    left, right = _reach([x for x, _ in points])
    bottom, top = _reach([y for _, y in points])
    across, up = right - left, top - bottom
    scale = min(
        (width - 2 * margin) / across if across else math.inf,
        (height - 2 * margin) / up if up else math.inf,
    )
    return _Frame(
        width, height, scale if math.isfinite(scale) else 0.0, ((left + right) / 2, (bottom + top) / 2)
    )


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """The stretch that holds all but the outermost 1 %, so that one far-off person shrinks nobody."""
    ordered = sorted(values) or [0.0]
    cut = len(ordered) // 200
    return ordered[cut], ordered[-1 - cut]


def _cloud(spots: Sequence[Point], group: int | None) -> str:
    outline = "" if group is None else polyline(convex_hull(nearest_points(spots)), "hull", closed=True)
    return f'<g class="{colour_class(group)}">{outline}{draw_marks(spots, group)}</g>'


def _labels(spots: dict[int | None, list[Point]], named: dict[int, GroupLabel], frame: _Frame) -> str:
    """Names outward from the middle of the map, then pushed apart until none covers another."""
    placed = sorted(
        ((*_outward(spots[group], frame), group) for group in named), key=lambda spot: (spot[1], spot[2])
    )
    out, floor = [], 24.0
    for rank, (x, y, group) in enumerate(placed):
        label = named[group]
        name = f"{mark_glyph(group)} {shorten_text(label.name, frame.width * 0.7, _NAME)}"
        half = max(text_width(name) * _NAME, text_width(label.detail) * _NOTE) / 2 + 6
        x = min(max(x, half), frame.width - half)
        y = min(max(y, floor), frame.height - 26 - _APART * (len(placed) - 1 - rank))
        floor = y + _APART
        words = text(x, y, name, "name", anchor="middle") + text(
            x, y, label.detail, "note", anchor="middle", down="1.3em"
        )
        out.append(f'<g class="{colour_class(group)}">{words}</g>')
    return "".join(out)


def _outward(spots: Sequence[Point], frame: _Frame) -> Point:
    x, y = median(x for x, _ in spots), median(y for _, y in spots)
    return x + (x - frame.width / 2) / 4, y + (y - frame.height / 2) / 4


def _you(spot: Point, label: str, frame: _Frame) -> str:
    x, y = spot
    anchor, beside = ("end", -14) if x > frame.width * 0.7 else ("start", 14)
    ring = f'<circle class="you" cx="{format_coordinate(x)}" cy="{format_coordinate(y)}" r="9"/>'
    dot = f'<circle class="you-core" cx="{format_coordinate(x)}" cy="{format_coordinate(y)}" r="3.5"/>'
    return ring + dot + text(x + beside, y + 5, label, "name you-name", anchor=anchor)
