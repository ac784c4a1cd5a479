"""The mark of each group: a shape beside its colour, so that colour alone never distinguishes groups."""

from collections.abc import Iterable

from massline.web.charts.svg_canvas import format_coordinate

COLOURS = 4

# Path tails, drawn from a mark's centre. The first is a dot: a line of no length with a round cap.
_TAILS = (
    "h0",
    "m0-3.6l3.4 5.8h-6.8z",
    "m-2.6-2.6h5.2v5.2h-5.2z",
    "m0-3.7l3.7 3.7-3.7 3.7-3.7-3.7z",
    "m-3.4 0h6.8m-3.4-3.4v6.8",
    "m-2.7-2.7l5.4 5.4m0-5.4l-5.4 5.4",
)
_FILLED = (1, 2, 3)
_GLYPHS = "●▲■◆✚✖"


def colour_class(group: int | None) -> str:
    """The class that sets a group's colour; people outside every group are drawn in the soft ink."""
    return "g0" if group is None else f"g{group % COLOURS + 1}"


def draw_marks(points: Iterable[tuple[float, float]], group: int | None) -> str:
    """All marks of one group as a single path, in an order that does not tell who came first.

    Points that fall on the same spot are drawn once.
    """
    shape = 0 if group is None else group % len(_TAILS)
    css = "marks-filled" if shape in _FILLED else "marks"
    spots = sorted({(round(x), round(y)) for x, y in points})
    path = "".join(f"M{x} {y}{_TAILS[shape]}" for x, y in spots)
    return f'<path class="{css}" d="{path}"/>' if path else ""


def draw_mark(x: float, y: float, group: int) -> str:
    """A mark, as the key before a group's name."""
    shape = group % len(_TAILS)
    css = "marks-filled" if shape in _FILLED else "marks"
    return f'<path class="key {css}" d="M{format_coordinate(x)} {format_coordinate(y)}{_TAILS[shape]}"/>'


def mark_glyph(group: int) -> str:
    """The same mark as a character, for use in text."""
    return _GLYPHS[group % len(_GLYPHS)]
