"""A line through time with how sure it is: nested bands, and gaps where nothing was heard."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from massline.web.charts.svg_canvas import format_coordinate, polyline

Place = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Band:
    """Lower and upper bound at each time; None where nothing is known."""

    low: Sequence[float | None]
    high: Sequence[float | None]


def draw_band(band: Band, at: Place, up: Place, css: str) -> str:
    """Fill between the bounds, one piece per stretch without a gap."""
    pieces = []
    both = [None if lo is None or hi is None else 0.0 for lo, hi in zip(band.low, band.high, strict=True)]
    for stretch in known_stretches(both):
        top = [(at(i), up(_known(band.high[i]))) for i in stretch]
        floor = [(at(i), up(_known(band.low[i]))) for i in reversed(stretch)]
        pieces.append(polyline(top + floor, css, closed=True))
    return "".join(pieces)


def draw_trace(values: Sequence[float | None], at: Place, up: Place, css: str) -> str:
    """Draw the line itself; a lonely value becomes a dot."""
    pieces = []
    for stretch in known_stretches(values):
        spots = [(at(i), up(_known(values[i]))) for i in stretch]
        if len(spots) == 1:
            pieces.append(
                f'<path class="{css}" d="M{format_coordinate(spots[0][0])} {format_coordinate(spots[0][1])}h0"/>'
            )
        else:
            pieces.append(polyline(spots, css))
    return "".join(pieces)


def known_stretches(values: Sequence[float | None]) -> Iterator[list[int]]:
    """The runs of times at which something is known."""
    run: list[int] = []
    for i, value in enumerate(values):
        if value is not None:
            run.append(i)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _known(value: float | None) -> float:
    if value is None:
        raise ValueError("a band cannot pass through an unknown value")
    return value
