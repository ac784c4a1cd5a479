"""The power map: each force's influence against its stance."""

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
)

_LINE = 22
_TOP = 18


@dataclass(frozen=True, slots=True)
class PowerMapForce:
    """A force by its number in the list beside: stance from 1 (against us), influence from 1 (little)."""

    number: int
    name: str
    stance: int
    influence: int


def draw_power_map(
    actors: Sequence[PowerMapForce],
    *,
    across: Sequence[str],
    up: Sequence[str],
    title: str,
    desc: str,
    id: str,
    narrow: bool = False,
) -> str:
    """Draw a grid of influence by stance; each force stands in its cell by number, and by name where there is room."""
    width = NARROW if narrow else WIDE
    column = width / len(across)
    cells: dict[tuple[int, int], list[PowerMapForce]] = {}
    for actor in actors:
        if not (1 <= actor.stance <= len(across) and 1 <= actor.influence <= len(up)):
            raise ValueError(f"this force stands outside the map: {actor}")
        cells.setdefault((actor.influence, actor.stance), []).append(actor)
    body, y = [], 4.0
    for influence in range(len(up), 0, -1):
        fullest = max(len(cells.get((influence, s), ())) for s in range(1, len(across) + 1))
        height = _TOP + max(fullest, 1) * _LINE + 8
        body.append(
            line(0, y, width, y, "grid") + text(0, y + 14, shorten_text(up[influence - 1], width, 13), "note")
        )
        for stance in range(1, len(across) + 1):
            for n, actor in enumerate(cells.get((influence, stance), ())):
                body.append(
                    _actor(actor, (stance - 1) * column, y + _TOP + (n + 1) * _LINE - 4, column, narrow)
                )
        y += height
    body.append(line(0, y, width, y, "axis"))
    for stance, label in enumerate(across):
        for n, part in enumerate(label.split(" ", 1)):
            body.append(
                text(
                    (stance + 0.5) * column,
                    y + 18 + 15 * n,
                    shorten_text(part, column, 12),
                    "tick",
                    anchor="middle",
                )
            )
    return close_svg(
        "".join(body), width=width, height=y + 40, title=title, desc=desc, id=id, kind="power", narrow=narrow
    )


def _actor(actor: PowerMapForce, x: float, y: float, column: float, narrow: bool) -> str:
    if narrow:
        return text(x + column / 2, y, str(actor.number), "name", anchor="middle")
    dot = f'<path class="key marks" d="M{format_coordinate(x + 6)} {format_coordinate(y - 4)}h0"/>'
    return dot + text(x + 14, y, shorten_text(f"{actor.number} {actor.name}", column - 16, 13), "name")
