"""A thread that writes the votes of all the others: many in one commit, and nobody is thanked before it.

A commit that survives a power cut waits for the disk. Votes that arrive while one is under way wait together for the
next, so that the disk is asked once for all of them. Each process has its own writer; between processes the database's
lock decides. The queue is bounded: where it is full the voter is told to come later, and keeps what was chosen.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import OperationalError, connections

from massline.square.conversations.voting.record import SentAnswer, VoteOutcome, record_votes

MOST_WAITING = 2_000
MOST_AT_ONCE = 400
LINGER_SECONDS = 0.004
IDLE_SECONDS = 2.0
PATIENCE_SECONDS = 25.0

Settle = Callable[[Sequence[SentAnswer]], list[VoteOutcome | Exception]]


class DeferredOutcome(Exception):
    """Nothing can be promised now: the queue is full, or the writer did not come round in time."""


@dataclass(eq=False)
class _Waiting:
    cast: SentAnswer
    done: threading.Event = field(default_factory=threading.Event)
    outcome: VoteOutcome | Exception | None = None


class Writer:
    """A bounded queue and the thread that empties it. The thread begins with the first vote."""

    def __init__(
        self, settle: Settle = record_votes, *, most: int = MOST_WAITING, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._settle, self._most, self._patience = settle, most, patience
        self._waiting: deque[_Waiting] = deque()
        self._some = threading.Condition()
        self._pause = threading.Event()
        self._thread: threading.Thread | None = None

    def cast(self, cast: SentAnswer) -> VoteOutcome:
        """Wait until the vote is on the disk, and say what became of it.

        Raises
        ------
        Later
            Where the queue is full (nothing was kept), or after 25 seconds (unknown; sending it again is safe).
        """
        mine = _Waiting(cast)
        with self._some:
            if len(self._waiting) >= self._most:
                raise DeferredOutcome
            self._waiting.append(mine)
            self._begin()
            self._some.notify()
        if not mine.done.wait(self._patience) or mine.outcome is None:
            raise DeferredOutcome
        if isinstance(mine.outcome, Exception):
            raise mine.outcome
        return mine.outcome

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._write, name="votes", daemon=True)
            self._thread.start()

    def _write(self) -> None:
        while True:
            batch = self._next()
            if batch:
                self._commit(batch)
            else:
                # Nothing keeps a file open, or a place in a pool, while nobody votes.
                connections["square"].close()

    def _next(self) -> list[_Waiting]:
        """Wait for the first vote, linger a moment for its neighbours and leave the lock to others meanwhile."""
        with self._some:
            if not self._waiting and not self._some.wait(IDLE_SECONDS):
                return []
        self._pause.wait(LINGER_SECONDS)
        with self._some:
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]

    def _commit(self, batch: list[_Waiting]) -> None:
        try:
            outcomes = self._settle([waiting.cast for waiting in batch])
        except Exception as problem:  # noqa: BLE001 - every request of the batch raises it: nobody is thanked
            connections["square"].close()
            outcomes = [_copy(problem) for _ in batch]
        for waiting, outcome in zip(batch, outcomes, strict=True):
            waiting.outcome = outcome
            waiting.done.set()


def _copy(problem: Exception) -> Exception:
    """Return each request an error of its own: several threads must not raise one and the same."""
    kind = OperationalError if isinstance(problem, OperationalError) else type(problem)
    return kind(*problem.args)


_ours = Writer()


def queue_vote(cast: SentAnswer) -> VoteOutcome:
    """Keep one vote. Inside somebody's transaction it is part of that, else it shares a commit with its neighbours."""
    if connections["square"].in_atomic_block:
        outcome = record_votes([cast])[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
    return _ours.cast(cast)
