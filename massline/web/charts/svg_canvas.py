"""The canvas of every chart: one SVG with a name and a description, and text that cannot break out of it."""

import math
import re
import unicodedata
from collections.abc import Iterable
from html import escape

from massline.core.percentages import percent_text

WIDE = 640
NARROW = 360

# Characters that XML 1.0 forbids: a statement pasted from elsewhere may carry them, a printed SVG may not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


def escape_text(text: str) -> str:
    """Make any text safe inside an SVG element or attribute."""
    return escape(_FORBIDDEN.sub("", text))


def format_coordinate(value: float) -> str:
    """Write a coordinate with one decimal at most; a chart with a NaN in it is refused."""
    if not math.isfinite(value):
        raise ValueError(f"a chart cannot place the value {value!r}; leave it out or draw a gap")
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def format_percent(share: float) -> str:
    """Write a share as the readers of the page do: `72%` in English."""
    return percent_text(share)


def text_width(text: str) -> float:
    """Estimate how wide a text runs, in ems: no font is measured on a server."""
    ems = 0.0
    for char in text:
        if unicodedata.east_asian_width(char) in "WF":
            ems += 1.0
        elif not unicodedata.combining(char):
            ems += 0.56
    return ems


def shorten_text(text: str, room: float, size: float) -> str:
    """Shorten a text to a width, with an ellipsis; the table beside the chart has all words."""
    if text_width(text) * size <= room:
        return text
    while text and text_width(text + "…") * size > room:
        text = text[:-1]
    return text.rstrip() + "…"


def text(x: float, y: float, content: str, css: str, *, anchor: str = "start", down: str = "") -> str:
    """A line of text; `anchor` is start, middle or end, `down` shifts it in its own ems."""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    shift = f' dy="{down}"' if down else ""
    return f'<text class="{css}" x="{format_coordinate(x)}" y="{format_coordinate(y)}"{at}{shift}>{escape_text(content)}</text>'


def rect(x: float, y: float, width: float, height: float, css: str) -> str:
    return f'<rect class="{css}" x="{format_coordinate(x)}" y="{format_coordinate(y)}" width="{format_coordinate(max(width, 0))}" height="{format_coordinate(height)}"/>'


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    return f'<path class="{css}" d="M{format_coordinate(x1)} {format_coordinate(y1)}L{format_coordinate(x2)} {format_coordinate(y2)}"/>'


def polyline(points: Iterable[tuple[float, float]], css: str, *, closed: bool = False) -> str:
    path = "L".join(f"{format_coordinate(x)} {format_coordinate(y)}" for x, y in points)
    return f'<path class="{css}" d="M{path}{"Z" if closed else ""}"/>' if path else ""


def close_svg(
    body: str, *, width: float, height: float, title: str, desc: str, id: str, kind: str, narrow: bool = False
) -> str:
    """Close a drawing: `id` must be unique on the page, `kind` names the chart for the style sheet.

    No style attribute and no style element: it passes `style-src 'self'`. Coordinates run left to right also
    inside a right-to-left page; each text still finds its own direction (`unicode-bidi: plaintext`).
    """
    if not _ID.match(id):
        raise ValueError(f"a chart's id starts with a letter and holds letters, digits, - and _: {id!r}")
    css = f"chart chart-{kind}" + (" chart-narrow" if narrow else "")
    name = f'<title id="{id}-t">{escape_text(title)}</title><desc id="{id}-d">{escape_text(desc)}</desc>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="0 0 {format_coordinate(width)} {format_coordinate(height)}" '
        f'direction="ltr" role="img" aria-labelledby="{id}-t {id}-d">{name}{body}</svg>'
    )
