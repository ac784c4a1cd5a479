"""Long lists in parts, for queries that take so many parameters and no more."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of `size` items each, the last one shorter; nothing where there are none."""
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
