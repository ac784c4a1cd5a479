"""Small charts of what has just changed: days as bars, or a line that turns; what is new stands out."""

from collections.abc import Sequence

from massline.web.charts.svg_canvas import close_svg, format_coordinate, line, text

_WIDTH, _HEIGHT, _TOP, _FLOOR = 400, 92, 6, 70


def draw_spark_bars(
    counts: Sequence[int | None],
    *,
    new_from: int,
    first: str,
    last: str,
    title: str,
    desc: str,
    id: str,
) -> str:
    """Draw one bar for each day (None is a day without a report); those from position `new_from` on stand out."""
    step = _WIDTH / max(len(counts), 1)
    ceiling = max([1, *(count or 0 for count in counts)])
    bars = {False: "", True: ""}
    for i, count in enumerate(counts):
        if count:
            up = (_FLOOR - _TOP) * count / ceiling
            bars[i >= new_from] += (
                f"M{format_coordinate(i * step)} {_FLOOR}v{format_coordinate(-up)}"
                f"h{format_coordinate(step * 0.75)}V{_FLOOR}z"
            )
    drawn = f'<path class="bar" d="{bars[False]}"/>' if bars[False] else ""
    hot = f'<path class="hot" d="{bars[True]}"/>' if bars[True] else ""
    body = line(0, _FLOOR, _WIDTH, _FLOOR, "axis") + drawn + hot
    return _close(body, first, last, title=title, desc=desc, id=id)


def draw_spark_turn(
    values: Sequence[float],
    *,
    lowest: float,
    highest: float,
    new_from: int,
    first: str,
    last: str,
    title: str,
    desc: str,
    id: str,
) -> str:
    """Draw values on a scale from lowest to highest; the line from position `new_from` on stands out."""
    step = (_WIDTH - 6) / max(len(values) - 1, 1)
    room = _FLOOR - _TOP

    def place(i: int) -> str:
        up = (values[i] - lowest) / (highest - lowest) * room
        return f"{format_coordinate(i * step)} {format_coordinate(_FLOOR - up)}"

    turn = min(max(new_from - 1, 0), len(values) - 1)
    old = "M" + "L".join(place(i) for i in range(turn + 1))
    new = "M" + "L".join(place(i) for i in range(turn, len(values)))
    x, y = place(len(values) - 1).split()
    body = f'<path class="trace" d="{old}"/><path class="turn" d="{new}"/><circle class="hot" cx="{x}" cy="{y}" r="5"/>'
    return _close(body, first, last, title=title, desc=desc, id=id)


def _close(body: str, first: str, last: str, *, title: str, desc: str, id: str) -> str:
    ends = text(0, _FLOOR + 18, first, "note") + text(_WIDTH, _FLOOR + 18, last, "note hot", anchor="end")
    return close_svg(
        body + ends, width=_WIDTH, height=_HEIGHT, title=title, desc=desc, id=id, kind="spark", narrow=False
    )
