"""A thread that writes what many requests send: many rows in one commit, and nobody is thanked before it.

A commit that survives a power cut waits for the disk. What arrives while one is under way waits together for the next,
so that the disk is asked once for all of it. Each process has its own writer; between processes the database's lock
decides. The queue is bounded: where it is full the sender is told to come later, and keeps what was typed.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import OperationalError, connections

MOST_WAITING = 2_000
MOST_AT_ONCE = 400
LINGER_SECONDS = 0.004
IDLE_SECONDS = 2.0
PATIENCE_SECONDS = 25.0

Sent = TypeVar("Sent")
Outcome = TypeVar("Outcome")


class DeferredOutcome(Exception):
    """Nothing was kept: the queue is full, or the writer did not come round in time. Sending it again is safe."""


class UnknownOutcome(DeferredOutcome):
    """The writer has begun with it and did not end in time, so it may be kept or not. Sending it again is safe."""


@dataclass(eq=False)
class _Waiting(Generic[Sent, Outcome]):
    sent: Sent
    done: threading.Event = field(default_factory=threading.Event)
    outcome: Outcome | Exception | None = None


class BatchWriter(Generic[Sent, Outcome]):
    """A bounded queue for one database and the thread that empties it. The thread begins with the first entry.

    `settle` writes a batch in one transaction and returns the outcome of each entry, in their order.
    """

    def __init__(
        self,
        settle: Callable[[Sequence[Sent]], list[Outcome | Exception]],
        *,
        name: str,
        database: str = "square",
        most: int = MOST_WAITING,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._settle, self._name, self._database = settle, name, database
        self._most, self._patience = most, patience
        self._waiting: deque[_Waiting[Sent, Outcome]] = deque()
        self._some = threading.Condition()
        self._pause = threading.Event()
        self._thread: threading.Thread | None = None

    def write(self, sent: Sent) -> Outcome:
        """Wait until the entry is on the disk, and return its outcome.

        Raises
        ------
        DeferredOutcome
            Where the queue is full, or the writer has not begun with it after 25 seconds: nothing was kept.
        UnknownOutcome
            Where the writer has begun with it by then, and has not ended.
        """
        mine: _Waiting[Sent, Outcome] = _Waiting(sent)
        self._give_back_connection()
        with self._some:
            if len(self._waiting) >= self._most:
                raise DeferredOutcome
            self._waiting.append(mine)
            self._begin()
            self._some.notify()
        if not mine.done.wait(self._patience):
            raise DeferredOutcome if self._withdraw(mine) else UnknownOutcome
        if mine.outcome is None:
            raise UnknownOutcome
        if isinstance(mine.outcome, Exception):
            raise mine.outcome
        return mine.outcome

    def _withdraw(self, mine: _Waiting[Sent, Outcome]) -> bool:
        """Take an entry out of the queue; False where the writer has taken it already."""
        with self._some:
            if mine not in self._waiting:
                return False
            self._waiting.remove(mine)
            return True

    def _give_back_connection(self) -> None:
        """Return this thread's connection to the pool: requests that wait must not keep the last one from the writer."""
        connection = connections[self._database]
        if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
            connection.close()

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            batch = self._next()
            if batch:
                self._commit(batch)
            else:
                # Nothing keeps a file open, or a place in a pool, while nobody sends.
                connections[self._database].close()

    def _next(self) -> list[_Waiting[Sent, Outcome]]:
        """Wait for the first entry, linger a moment for its neighbours and leave the lock to others meanwhile."""
        with self._some:
            if not self._waiting and not self._some.wait(IDLE_SECONDS):
                return []
        self._pause.wait(LINGER_SECONDS)
        with self._some:
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]

    def _commit(self, batch: list[_Waiting[Sent, Outcome]]) -> None:
        outcomes: Sequence[Outcome | Exception]
        try:
            outcomes = self._settle([waiting.sent for waiting in batch])
        except Exception as problem:  # noqa: BLE001 - every request of the batch raises it: nobody is thanked
            connections[self._database].close()
            outcomes = [_copy(problem) for _ in batch]
        for waiting, outcome in zip(batch, outcomes, strict=True):
            waiting.outcome = outcome
            waiting.done.set()


def _copy(problem: Exception) -> Exception:
    """Return each request an error of its own: several threads must not raise one and the same."""
    kind = OperationalError if isinstance(problem, OperationalError) else type(problem)
    return kind(*problem.args)
