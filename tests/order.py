"""The order of tests: each worker of a run begins with its share of the long ones, so that none is left for the end."""

import math
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

# Stories in a browser stay together by file, which share a house; other long tests can run anywhere.
BROWSER = "e2e"
LONG = ("ops", "jobs", "wall/test_matrix", "desk/guard/backup", "wall/test_seizure")


def workers_of_this_run() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def spread(items: Sequence[pytest.Item], tests: Path, workers: int) -> list[pytest.Item]:
    """Order tests for workers that are each given an equal part of them, one after the other."""
    browser: dict[Path, list[pytest.Item]] = {}
    long, rest = [], []
    for item in items:
        place = item.path.relative_to(tests).as_posix()
        if place.startswith(BROWSER):
            browser.setdefault(item.path, []).append(item)
        elif place.startswith(LONG):
            long.append(item)
        else:
            rest.append(item)
    # Two of them wait for minutes until something has begun; while they do, others work.
    files = sorted(browser, key=lambda path: (not path.name.startswith("test_one_"), path))
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        share = [item for file in files[worker::workers] for item in browser[file]] + long[worker::workers]
        room = math.ceil((len(items) - len(ordered)) / (workers - worker)) - len(share)
        ordered += [*share, *rest[: max(room, 0)]]
        del rest[: max(room, 0)]
    return ordered + rest
