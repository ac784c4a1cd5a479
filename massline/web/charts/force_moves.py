"""Forces over time: a stepped line of each one's stance, with signs for what it did."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.svg_canvas import (
    NARROW,
    WIDE,
    close_svg,
    format_coordinate,
    line,
    polyline,
    shorten_text,
    text,
)

_ROW, _HEAD, _STEP, _EDGE = 58, 20, 7, 10
_SHAPES = {
    "dot": "M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "offer": "M{x} {y}m0 -6l6 6l-6 6l-6 -6z",
    "join": "M{x} {y}m-6 0h12m-6 -6v12",
    "rift": "M{x} {y}m-5 -5l10 10m0 -10l-10 10",
    "judged": "M{x} {y}m-4 -4h8v8h-8z",
}


@dataclass(frozen=True, slots=True)
class MoveMark:
    """A move: its day, counted from the first drawn, its sign, and the stance (1 to 5) since then, None for no change."""

    day: int
    sign: str
    stance: int | None


@dataclass(frozen=True, slots=True)
class ForceTrack:
    """A force: its stance today and its moves by day."""

    name: str
    stance: int
    moves: tuple[MoveMark, ...]


def draw_force_moves(
    tracks: Sequence[ForceTrack],
    *,
    days: int,
    signs: Sequence[tuple[str, str]],
    first: str,
    last: str,
    title: str,
    desc: str,
    id: str,
    narrow: bool = False,
) -> str:
    """Draw a band for each force over `days` days; the higher its line, the closer it stands to us."""
    width = NARROW if narrow else WIDE
    unit = (width - 2 * _EDGE) / days
    body, y = "", 4.0
    for track in tracks:
        body += _draw_track(track, y, unit, width)
        y += _ROW
    body += line(0, y, width, y, "axis")
    body += text(0, y + 16, first, "note") + text(width, y + 16, last, "note", anchor="end")
    y += 36
    for number, (sign, words) in enumerate(signs):
        x, row = (number % 2) * width / 2, y + (number // 2) * 20
        body += _draw_sign(sign, x + 8, row - 4) + text(x + 22, row, words, "note")
    y += 20 * ((len(signs) + 1) // 2)
    return close_svg(body, width=width, height=y, title=title, desc=desc, id=id, kind="moves", narrow=narrow)


def _draw_track(track: ForceTrack, top: float, unit: float, width: float) -> str:
    """The name, the line from the first known stance to today's, and a sign for each move."""
    known = [mark for mark in track.moves if mark.stance is not None]
    stance = known[0].stance if known and known[0].stance is not None else track.stance
    drawn = line(0, top, width, top, "grid") + text(0, top + 14, shorten_text(track.name, width, 13), "name")
    points, signs = [(float(_EDGE), _height(top, stance))], ""
    for mark in track.moves:
        x = _EDGE + mark.day * unit
        if mark.stance is not None and mark.stance != stance:
            points += [(x, _height(top, stance)), (x, _height(top, mark.stance))]
            stance = mark.stance
        signs += _draw_sign(mark.sign, x, _height(top, stance))
    return drawn + polyline([*points, (width - _EDGE, _height(top, stance))], "steps") + signs


def _height(top: float, stance: int) -> float:
    return top + _HEAD + (5 - stance) * _STEP + 3


def _draw_sign(sign: str, x: float, y: float) -> str:
    path = _SHAPES[sign].format(x=format_coordinate(x), y=format_coordinate(y))
    return f'<path class="sign-{sign}" d="{path}"/>'
