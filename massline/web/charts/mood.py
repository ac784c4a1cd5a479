"""Mood, section by section: small panels on one scale, so that a turn in one place stands out."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.interval_bands import Band, draw_band, draw_trace
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

_HEIGHT = 96
_HEAD, _FOOT, _GAP = 26, 28, 24


@dataclass(frozen=True, slots=True)
class MoodPanel:
    """A section: the mean per day (None is a gap), bands from the widest inwards, days on which it turned.

    `note` says what it rests on ("41 conversations"), `last` the latest value in words ("3.4").
    """

    label: str
    mean: Sequence[float | None]
    bands: Sequence[Band] = ()
    breaks: Sequence[int] = ()
    note: str = ""
    last: str = ""
    turning: bool = False


@dataclass(frozen=True, slots=True)
class _Scale:
    lowest: float
    highest: float
    ends: tuple[str, str]
    days: tuple[str, str]

    def up(self, value: float) -> float:
        share = (min(max(value, self.lowest), self.highest) - self.lowest) / (self.highest - self.lowest)
        return _HEAD + (1 - share) * _HEIGHT


def draw_mood_panels(
    panels: Sequence[MoodPanel],
    *,
    lowest: float,
    highest: float,
    low_word: str,
    high_word: str,
    first_day: str,
    last_day: str,
    title: str,
    desc: str,
    id: str,
    narrow: bool = False,
) -> str:
    """Draw each section's mood over the same days and the same scale.

    Pass bands from the widest (95 %) to the narrowest (50 %). `low_word` and `high_word` name the two ends of
    the scale; `turning` panels are drawn in the signal colour.
    """
    if not lowest < highest:
        raise ValueError("a mood scale runs from its lowest to its highest value")
    scale = _Scale(lowest, highest, (low_word, high_word), (first_day, last_day))
    columns, width = (1, NARROW) if narrow else (3, WIDE)
    room, tall = (width - _GAP * (columns - 1)) / columns, _HEAD + _HEIGHT + _FOOT
    body = []
    for i, panel in enumerate(panels):
        left, top = i % columns * (room + _GAP), i // columns * tall
        css = "g0 turning" if panel.turning else "g1"
        drawn = _panel(panel, room, scale)
        body.append(
            f'<g class="{css}" transform="translate({format_coordinate(left)} {format_coordinate(top)})">{drawn}</g>'
        )
    height = max(-(-len(panels) // columns), 1) * tall
    return close_svg(
        "".join(body), width=width, height=height, title=title, desc=desc, id=id, kind="mood", narrow=narrow
    )


def _panel(panel: MoodPanel, room: float, scale: _Scale) -> str:
    plot, floor = room - 36, _HEAD + _HEIGHT
    last = max(len(panel.mean) - 1, 1)

    def at(i: float) -> float:
        return i / last * plot

    label = shorten_text(panel.label, plot, 14)
    spare = plot - text_width(label) * 14 - 8
    out = text(0, 14, label, "name")
    if panel.note and text_width(panel.note) * 11 <= spare:
        out += text(plot, 14, panel.note, "tick", anchor="end")
    out += line(0, _HEAD, plot, _HEAD, "grid") + line(0, floor, plot, floor, "axis")
    for depth, band in enumerate(panel.bands):
        out += draw_band(band, at, scale.up, "band" if depth == 0 else "band-core")
    out += "".join(line(at(day), _HEAD, at(day), floor, "break") for day in panel.breaks)
    out += draw_trace(panel.mean, at, scale.up, "trace")
    out += text(3, _HEAD + 11, scale.ends[1], "tick halo") + text(3, floor - 4, scale.ends[0], "tick halo")
    out += text(0, floor + 14, scale.days[0], "tick") + text(
        plot, floor + 14, scale.days[1], "tick", anchor="end"
    )
    known = [value for value in panel.mean if value is not None]
    return out + (text(plot + 5, scale.up(known[-1]) + 5, panel.last, "name value") if known else "")
