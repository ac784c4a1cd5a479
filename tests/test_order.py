"""Long tests are shared out among the workers and come first; none is lost or run twice."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.order import spread

TESTS = Path("/tests")
FILES = {
    "desk/test_call.py": 9,
    "e2e/test_call.py": 2,
    "e2e/test_one_turn.py": 1,
    "e2e/test_watch.py": 1,
    "ops/test_up.py": 3,
    "square/test_calls.py": 8,
}


@dataclass(frozen=True)
class Item:
    path: Path
    number: int


ITEMS = [Item(TESTS / name, number) for name, count in FILES.items() for number in range(count)]


@pytest.mark.parametrize("workers", [1, 2, 3, 5])
def test_every_test_is_there_once(workers: int) -> None:
    ordered = spread(ITEMS, TESTS, workers)  # type: ignore[arg-type]
    assert len(ordered) == len(ITEMS)
    assert set(ordered) == set(ITEMS)  # type: ignore[comparison-overlap]


def test_each_part_begins_with_long_ones_and_the_longest_wait_comes_first() -> None:
    ordered = spread(ITEMS, TESTS, 3)  # type: ignore[arg-type]
    parts = [ordered[:8], ordered[8:16], ordered[16:]]
    assert [str(part[0].path.relative_to(TESTS)) for part in parts] == [
        "e2e/test_one_turn.py",
        "e2e/test_call.py",
        "e2e/test_watch.py",
    ]
    assert all(any(item.path.name == "test_up.py" for item in part) for part in parts)
