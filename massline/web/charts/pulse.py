"""The pulse of events: what happened day by day, and how wide the next days may turn out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.interval_bands import Band, Place, draw_band, draw_trace
from massline.web.charts.svg_canvas import (
    NARROW,
    WIDE,
    close_svg,
    format_coordinate,
    line,
    shorten_text,
    text,
)

_TOP = 40


@dataclass(frozen=True, slots=True)
class ForecastFan:
    """The days ahead: the mean of each, and bands from the widest inwards."""

    mean: Sequence[float]
    bands: Sequence[Band] = ()


@dataclass(frozen=True, slots=True)
class PulseWords:
    """The words on the chart, in the reader's language."""

    first_day: str
    last_day: str
    alarm: str = "alarm"
    ahead: str = "what may come"


def draw_pulse_chart(
    counts: Sequence[int | None],
    fan: ForecastFan | None,
    *,
    words: PulseWords,
    title: str,
    desc: str,
    id: str,
    alarm_at: int | None = None,
    announced: Sequence[int] = (),
    narrow: bool = False,
) -> str:
    """Draw counts as bars (None is a day without a report), then the fan of the forecast.

    `alarm_at` and `announced` are positions in `counts`, and on into the days ahead.
    """
    width, height, floor = (NARROW, 230, 180) if narrow else (WIDE, 260, 210)
    step = width / max(len(counts) + (len(fan.mean) if fan else 0), 1)
    ceiling = _ceiling(counts, fan)

    def up(value: float) -> float:
        return floor - min(max(value, 0), ceiling) / ceiling * (floor - _TOP)

    def at(i: float) -> float:
        return (len(counts) + i + 0.5) * step

    body = _bars(counts, step, floor, up) + line(0, floor, width, floor, "axis")
    body += "".join(
        line((d + 0.5) * step, floor + 2, (d + 0.5) * step, floor + 9, "announced") for d in announced
    )
    if fan:
        body += _fan(fan, at, up) + text(width, floor + 22, words.ahead, "note", anchor="end")
    if alarm_at is not None:
        body += _alarm((alarm_at + 0.5) * step, floor, shorten_text(words.alarm, width / 2, 14), width)
    body += text(0, floor + 22, words.first_day, "note")
    body += text(len(counts) * step, floor + 40, words.last_day, "note", anchor="end")
    body += text(0, _TOP - 4, f"{ceiling:g}", "tick") + line(0, _TOP, 6, _TOP, "grid")
    body = f'<g class="g1">{body}</g>'
    return close_svg(
        body, width=width, height=height, title=title, desc=desc, id=id, kind="pulse", narrow=narrow
    )


def _ceiling(counts: Sequence[int | None], fan: ForecastFan | None) -> float:
    highs = [v for band in (fan.bands if fan else ()) for v in band.high if v is not None]
    return round_up(max([1.0, *(float(c or 0) for c in counts), *highs, *(fan.mean if fan else ())]))


def round_up(value: float) -> float:
    """The next number that is easily read from an axis: 1, 2, 3, 4, 5, 6, 8 or 10, times ten, a hundred and so on."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= value) * power


def _bars(counts: Sequence[int | None], step: float, floor: float, up: Place) -> str:
    """Draw all bars as a single path, so that a year of days stays light."""
    thick = max(step - 1.5, step * 0.6)
    path = "".join(
        f"M{format_coordinate(i * step)} {format_coordinate(floor)}V{format_coordinate(up(c))}h{format_coordinate(thick)}V{format_coordinate(floor)}z"
        for i, c in enumerate(counts)
        if c
    )
    unknown = "".join(
        f"M{format_coordinate((i + 0.5) * step)} {format_coordinate(floor - 3)}h0"
        for i, c in enumerate(counts)
        if c is None
    )
    silent = f'<path class="gap" d="{unknown}"/>' if unknown else ""
    return (f'<path class="count" d="{path}"/>' if path else "") + silent


def _fan(fan: ForecastFan, at: Place, up: Place) -> str:
    ribbons = (
        draw_band(band, at, up, "band" if depth == 0 else "band-core") for depth, band in enumerate(fan.bands)
    )
    return "".join(ribbons) + draw_trace(fan.mean, at, up, "trace")


def _alarm(x: float, floor: float, word: str, width: float) -> str:
    anchor, beside = ("end", -6) if x > width / 2 else ("start", 6)
    mark = line(x, _TOP - 24, x, floor, "alarm")
    return mark + text(x + beside, _TOP - 12, word, "name alarm-name", anchor=anchor)
