"""The spectrum of allies over time: one column a month, with how many forces stood where at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.svg_canvas import NARROW, WIDE, close_svg, line, rect, shorten_text, text

_TOP, _HEIGHT, _FOOT = 12, 200, 24


@dataclass(frozen=True, slots=True)
class AlliesColumn:
    """A month: its short name, the forces at each standing from most opposed to most active with us, and those not known then."""

    label: str
    counts: Sequence[int]
    unknown: int = 0


def draw_allies_over_time(
    columns: Sequence[AlliesColumn],
    standings: Sequence[str],
    *,
    title: str,
    desc: str,
    id: str,
    narrow: bool = False,
) -> str:
    """Draw the columns, those with us at the top; each standing is named beside the last column."""
    if not columns or any(len(column.counts) != len(standings) for column in columns):
        raise ValueError("each month needs one count for each standing")
    width, names = (NARROW, 118) if narrow else (WIDE, 170)
    most = max(max(sum(column.counts) + column.unknown for column in columns), 1)
    unit, step = _HEIGHT / most, (width - names) / len(columns)
    floor, body = _TOP + _HEIGHT, ""
    for place, column in enumerate(columns):
        left, foot = place * step, float(floor)
        for rank, count in enumerate(column.counts):
            high = count * unit
            if count:
                body += rect(left, foot - high, step * 0.72, high, f"wedge wedge-{rank}")
                if high >= 18:
                    middle = left + step * 0.36
                    body += text(middle, foot - high / 2 + 5, str(count), "name halo", anchor="middle")
                if place == len(columns) - 1:
                    name = shorten_text(standings[rank], names - 8, 13)
                    body += text(width - names, foot - high / 2 + 4, name, "note")
            foot -= high
        if column.unknown:
            body += rect(left, foot - column.unknown * unit, step * 0.72, column.unknown * unit, "nothing")
        body += text(left + step * 0.36, floor + 16, column.label, "tick", anchor="middle")
    body += line(0, floor, step * len(columns), floor, "axis")
    height = floor + _FOOT
    return close_svg(
        body, width=width, height=height, title=title, desc=desc, id=id, kind="allies-time", narrow=narrow
    )
