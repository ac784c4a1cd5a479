"""Who came to our own events, new faces standing out, above the days of a tracked issue on the same axis of time."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.svg_canvas import NARROW, WIDE, close_svg, format_coordinate, line, text

_TOP, _FLOOR, _PULSE_TOP, _PULSE_FLOOR, _HEIGHT = 38, 136, 166, 216, 242


@dataclass(frozen=True)
class TurnoutBar:
    """An event: its day, counted from the first drawn, how many came, and how many of them were new."""

    day: int
    came: int
    new: int


def draw_momentum(
    bars: Sequence[TurnoutBar],
    pulse: Sequence[int],
    *,
    days: int,
    came_word: str,
    pulse_word: str,
    first: str,
    last: str,
    title: str,
    desc: str,
    id: str,
    narrow: bool = False,
) -> str:
    """Draw events as bars over `days` days, and below them the `pulse`, one count a day, empty for none."""
    width = NARROW if narrow else WIDE
    step = (width - 20) / max(days, 1)
    body = text(0, 12, came_word, "note") + line(0, _FLOOR, width, _FLOOR, "axis")
    most = max([1, *(bar.came for bar in bars)])
    for bar in bars:
        body += _bar(bar, 4 + bar.day * step, (_FLOOR - _TOP) / most)
    if pulse:
        ceiling = max(1, *pulse)
        body += text(0, _PULSE_TOP - 6, pulse_word, "note") + line(
            0, _PULSE_FLOOR, width, _PULSE_FLOOR, "axis"
        )
        path = "".join(
            f"M{format_coordinate(4 + i * step)} {_PULSE_FLOOR}"
            f"v{format_coordinate(-(_PULSE_FLOOR - _PULSE_TOP) * n / ceiling)}"
            for i, n in enumerate(pulse)
            if n
        )
        body += f'<path class="pulse-days" d="{path}"/>' if path else ""
    foot = _HEIGHT - 8 if pulse else _FLOOR + 18
    body += text(0, foot, first, "note") + text(width, foot, last, "note", anchor="end")
    return close_svg(
        body, width=width, height=foot + 8, title=title, desc=desc, id=id, kind="momentum", narrow=narrow
    )


def _bar(bar: TurnoutBar, x: float, unit: float) -> str:
    new, known = bar.new * unit, (bar.came - bar.new) * unit
    at = format_coordinate(x)
    drawn = (
        f'<path class="came" d="M{at} {_FLOOR}v{format_coordinate(-known)}h12V{_FLOOR}z"/>' if known else ""
    )
    if new:
        top = format_coordinate(_FLOOR - known)
        drawn += f'<path class="new" d="M{at} {top}v{format_coordinate(-new)}h12v{format_coordinate(new)}z"/>'
    label = text(x + 6, _FLOOR - known - new - 4, str(bar.came), "note", anchor="middle")
    return drawn + label
