"""Values that are made anew for every request, unless very many ask at once: then one that is a moment old is enough.

    pages: BusyValues[str] = BusyValues()
    page = pages.get(key, lambda: render_page(...))

Nothing is older than about a second, and what few people ask for is never old. Each process remembers for itself.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import DatabaseError, connections

Value = TypeVar("Value")

OFTEN_A_SECOND = 8
MOST_KEYS = 200


@dataclass
class _Entry(Generic[Value]):
    value: Value | None = None
    made_at: float = float("-inf")
    second: int = 0
    asked: int = 0
    asked_before: int = 0
    making: threading.Lock = field(default_factory=threading.Lock)

    def newer_than(self, moment: float) -> Value | None:
        return self.value if self.made_at >= moment else None

    def count(self, now: float) -> bool:
        """Count a request; True where there were many in this second or the one before."""
        second = int(now)
        if second != self.second:
            self.asked_before = self.asked if second == self.second + 1 else 0
            self.second, self.asked = second, 0
        self.asked += 1
        return max(self.asked, self.asked_before) > OFTEN_A_SECOND


class Microcache(Generic[Value]):
    """Values by key, at most 200; safe across threads. One request makes a value anew while the others take the old one."""

    def __init__(
        self,
        *,
        seconds: float = 1.0,
        shared_in_transactions: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.seconds, self._clock, self._shared = seconds, clock, shared_in_transactions
        self._guard = threading.Lock()
        self._entries: OrderedDict[Hashable, _Entry[Value]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of `key`; `make` may raise, and then nothing is remembered.

        Inside somebody's transaction it is made anew, unless those are shared too.
        """
        if not self._shared and connections["square"].in_atomic_block:
            return make()
        now = self._clock()
        with self._guard:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > MOST_KEYS:
                self._entries.popitem(last=False)
            is_busy = entry.count(now)
            if is_busy and entry.value is not None:
                if now - entry.made_at <= self.seconds:
                    return entry.value
                entry.made_at = now  # the others are content with the old one until this one is made
        if not is_busy or entry.value is not None:
            return self._make(entry, make)
        with (
            entry.making
        ):  # nobody has one yet: one makes it, and does not share the database with all the others
            made = entry.newer_than(self._clock() - self.seconds)
            return self._make(entry, make) if made is None else made

    def _make(self, entry: _Entry[Value], make: Callable[[], Value]) -> Value:
        """Make and remember a value. What cannot be made is not there any more, so the old value goes.

        A database that is busy says nothing about the value: the old one stays until its second is over.
        """
        try:
            value = make()
        except DatabaseError:
            raise
        except BaseException:
            with self._guard:
                entry.value, entry.made_at = None, float("-inf")
            raise
        with self._guard:
            entry.value, entry.made_at = value, self._clock()
        return value
