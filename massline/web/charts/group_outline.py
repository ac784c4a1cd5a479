"""The outline of a group on the map."""

from collections.abc import Sequence
from statistics import median

Point = tuple[float, float]


def nearest_points(points: Sequence[Point], share: float = 0.9) -> list[Point]:
    """The `share` of the points nearest to their middle: a few far-off people do not stretch the outline."""
    cx, cy = median(x for x, _ in points), median(y for _, y in points)
    ranked = sorted(points, key=lambda p: ((p[0] - cx) ** 2 + (p[1] - cy) ** 2, p))
    return ranked[: max(1, round(share * len(ranked)))]


def convex_hull(points: Sequence[Point]) -> list[Point]:
    """Convex hull, anticlockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _half(ordered)[:-1] + _half(ordered[::-1])[:-1]


def _half(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for p in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
