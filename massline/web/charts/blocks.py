"""Who has been heard, as a map of blocks: each section an area as large as it has people, filled as far as it was heard."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.web.charts.svg_canvas import (
    NARROW,
    WIDE,
    close_svg,
    format_percent,
    line,
    rect,
    shorten_text,
    text,
)

_GAP, _NAME, _FOOT = 12, 20, 26
_ROW_HEIGHT = 96
_LEAST_WIDTH = 0.3  # of the widest: a small section must still be seen


@dataclass(frozen=True, slots=True)
class Block:
    """A section: how many people it has, and the share heard from 0 to 1; None where too few were heard to say how many.

    `note` says the same in words ("25 of 210").
    """

    label: str
    people: int
    share: float | None
    note: str = ""
    is_next: bool = False


def draw_blocks(blocks: Sequence[Block], *, title: str, desc: str, id: str, narrow: bool = False) -> str:
    """Draw the blocks in rows, in the order given; the one to go to next has a line around it in the signal colour."""
    width, in_row = (NARROW, 2) if narrow else (WIDE, 4)
    most, room = max([1, *(block.people for block in blocks)]), (width - _GAP * (in_row - 1)) / in_row
    body, tall = "", _NAME + _ROW_HEIGHT + _FOOT
    for place, block in enumerate(blocks):
        wide = room * max(block.people / most, _LEAST_WIDTH)
        body += _block(block, place % in_row * (room + _GAP), place // in_row * tall, wide, room)
    top = max(-(-len(blocks) // in_row), 1) * tall
    return close_svg(
        body, width=width, height=top, title=title, desc=desc, id=id, kind="blocks", narrow=narrow
    )


def _block(block: Block, left: float, top: float, wide: float, room: float) -> str:
    roof, floor = top + _NAME, top + _NAME + _ROW_HEIGHT
    out = text(left, top + 14, shorten_text(block.label, room, 14), "name")
    if block.share is None:
        out += rect(left, roof, wide, _ROW_HEIGHT, "unheard")
    else:
        high = min(block.share, 1.0) * _ROW_HEIGHT
        out += rect(left, roof, wide, _ROW_HEIGHT, "ground") + rect(left, floor - high, wide, high, "heard")
        out += line(left, floor, left + wide, floor, "axis")
        out += text(left + 6, roof + 20, format_percent(block.share), "name halo")
    if block.is_next:
        out += rect(left, roof, wide, _ROW_HEIGHT, "go-next")
    return out + text(left, floor + 16, shorten_text(block.note, room, 12), "tick")
