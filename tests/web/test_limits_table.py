"""docs/run.md states every limit on tries and every lane of the worker as they are in the code."""

import re
from importlib import import_module
from pathlib import Path

from massline.jobs.lanes import LANES
from massline.web.rate_limits import all_limiters

RUN = Path(__file__).parents[2] / "docs" / "run.md"
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def table(heading: str) -> set[tuple[str, int, int]]:
    section = RUN.read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return {(name, int(first), int(second)) for name, first, second in ROW.findall(section)}


def test_the_limits_are_those_of_the_code() -> None:
    for door in ("square", "desk"):
        import_module(f"massline.urls_{door}").urlpatterns  # noqa: B018 - loads every page, and with it every limit
    ours = {
        (limiter.name, limiter.per, int(limiter.seconds))
        for limiter in all_limiters()
        if limiter.name not in {"door", "window"}  # of other tests
    }
    assert table("Limits on tries") == ours


def test_the_lanes_are_those_of_the_code() -> None:
    lanes = {(lane.name, lane.threads, int(lane.seconds)) for lane in LANES}
    assert table("What the worker does side by side") == lanes
