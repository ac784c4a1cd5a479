"""The same numbers as cells of a table, for those who read rather than look."""

from collections.abc import Callable, Sequence

from massline.web.charts.coverage import CoverageBar
from massline.web.charts.frontier import FrontierPoint
from massline.web.charts.svg_canvas import format_percent

Share = Callable[[float], str]


def coverage_cells(
    sections: Sequence[CoverageBar], share: Share = format_percent
) -> list[tuple[str, str, str, str]]:
    """Cells of a section: share heard, its interval, and the counts behind it."""
    return [(s.label, share(s.share), format_interval(s.low, s.high, share), s.detail) for s in sections]


def frontier_cells(demands: Sequence[FrontierPoint], share: Share = format_percent) -> list[tuple[str, ...]]:
    """Cells of a demand: breadth and advance with their intervals, and its place in the frontier."""
    return [
        (
            d.label,
            share(d.breadth[1]),
            format_interval(d.breadth[0], d.breadth[2], share),
            share(d.advance[1]),
            format_interval(d.advance[0], d.advance[2], share),
            d.standing,
        )
        for d in demands
    ]


def format_interval(low: float | None, high: float | None, share: Share = format_percent) -> str:
    """An interval in words, or a dash where there is none."""
    return f"{share(low)}–{share(high)}" if low is not None and high is not None else "–"
