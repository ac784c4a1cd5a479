"""The opinion chart without groups: one line from end to end."""

from collections.abc import Sequence
from statistics import quantiles

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

_MARGIN = 20
_END = 15


def draw_spectrum(
    positions: Sequence[float],
    *,
    left: str,
    right: str,
    title: str,
    desc: str,
    id: str,
    you: float | None = None,
    you_label: str = "You are here",
    middle_label: str = "half of us stand here",
    narrow: bool = False,
) -> str:
    """Draw people along one line: a hill of how many stand where, with the middle half marked below.

    `left` and `right` are the words for the two ends.
    """
    if len(positions) < 2:
        raise ValueError("a spectrum needs at least two people")
    width, height, base = (NARROW, 210, 140) if narrow else (WIDE, 240, 165)
    everyone = [*positions, you] if you is not None else list(positions)
    low, high = min(everyone), max(everyone)

    def at(value: float) -> float:
        return _MARGIN + (value - low) / ((high - low) or 1.0) * (width - 2 * _MARGIN)

    hill = _hill([at(p) for p in positions], 24 if narrow else 40, width, base)
    first, _, third = quantiles(positions, n=4, method="inclusive")
    body = hill + line(_MARGIN, base, width - _MARGIN, base, "axis")
    body += line(at(first), base + 12, at(third), base + 12, "middle")
    body += _held(at((first + third) / 2), base + 32, middle_label, "note", width)
    body += text(_MARGIN, height - 12, shorten_text(left, width / 2 - _MARGIN - 8, _END), "end")
    body += text(
        width - _MARGIN, height - 12, shorten_text(right, width / 2 - _MARGIN - 8, _END), "end", anchor="end"
    )
    if you is not None:
        body += line(at(you), 34, at(you), base, "you-line") + _held(
            at(you), 24, you_label, "name you-name", width
        )
    return close_svg(
        body, width=width, height=height, title=title, desc=desc, id=id, kind="spectrum", narrow=narrow
    )


def _hill(places: Sequence[float], count: int, width: float, base: float) -> str:
    step = (width - 2 * _MARGIN) / count
    columns = [0] * count
    for place in places:
        columns[min(int((place - _MARGIN) / step), count - 1)] += 1
    rise = (base - 40) / max(columns)
    path = "".join(
        f"M{format_coordinate(_MARGIN + i * step + 1)} {format_coordinate(base)}v{format_coordinate(-n * rise)}h{format_coordinate(step - 2)}V{format_coordinate(base)}z"
        for i, n in enumerate(columns)
        if n
    )
    return f'<path class="hill" d="{path}"/>'


def _held(x: float, y: float, words: str, css: str, width: float) -> str:
    """Centre words on a place without letting them run off the paper."""
    half = text_width(words) * 14 / 2 + 4
    return text(min(max(x, half), width - half), y, words, css, anchor="middle")
