"""A time limit for a whole exchange, however slowly the other server sends."""

import heapq
import http.client
import itertools
import os
import socket
import threading
import time
import weakref
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Self

_current: ContextVar["Deadline | None"] = ContextVar("deadline", default=None)


class DeadlineExceeded(TimeoutError):
    """The exchange did not end in time; its connections were closed."""


class Deadline:
    """A context manager that closes every watched connection once its seconds are over.

    The timeout of a socket begins again with each byte, so a server that sends one byte every few seconds could hold
    a reader for hours. Leaving the block after the deadline raises DeadlineOver, also where the closed connection
    looked like the end of an answer. A deadline inside another one ends with it at the latest.
    """

    def __init__(self, seconds: float) -> None:
        outer = _current.get()
        seconds = min(seconds, outer.seconds_left) if outer is not None else seconds
        self._ends_at = time.monotonic() + seconds
        self._seconds = seconds
        self._guard = threading.Lock()
        self._watched: list[socket.socket] = []
        self._token: Token[Deadline | None] | None = None
        self._has_ended = False
        self.is_over = False

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        _alarm.set(self._ends_at, self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._has_ended = True
        if self._token is not None:
            _current.reset(self._token)
        with self._guard:
            for connection in self._watched:
                connection.close()
            self._watched.clear()
        broken = (OSError, http.client.HTTPException, ValueError, EOFError)
        if self.is_over and (problem is None or isinstance(problem, broken)):
            raise DeadlineExceeded(f"No answer in {self._seconds:g} seconds.") from problem

    @property
    def seconds_left(self) -> float:
        return max(self._ends_at - time.monotonic(), 0.01)

    def watch(self, connection: socket.socket) -> None:
        """Watch a connection through a second handle, which stays valid when TLS takes over the first."""
        handle = socket.socket(fileno=socket.dup(connection.fileno()))
        with self._guard:
            self._watched.append(handle)
            if self.is_over:
                _shut(handle)

    def close_all(self) -> None:
        """Close what is watched, unless the block was left in time."""
        with self._guard:
            if self._has_ended:
                return
            self.is_over = True
            for connection in self._watched:
                _shut(connection)


class _Alarm:
    """One thread that ends all deadlines of the process; it begins with the first and ends while there are none."""

    IDLE_SECONDS = 30.0

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: list[tuple[float, int, weakref.ref[Deadline]]] = []
        self._numbers = itertools.count()
        self._is_running = False

    def set(self, at: float, deadline: "Deadline") -> None:
        with self._changed:
            heapq.heappush(self._due, (at, next(self._numbers), weakref.ref(deadline)))
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._watch, name="deadlines", daemon=True).start()
            elif self._due[0][0] == at:
                self._changed.notify()

    def _watch(self) -> None:
        while True:
            with self._changed:
                left = self._due[0][0] - time.monotonic() if self._due else self.IDLE_SECONDS
                if left > 0:
                    self._changed.wait(left)
                if not self._due:
                    self._is_running = False
                    return
                over = []
                while self._due and self._due[0][0] <= time.monotonic():
                    over.append(heapq.heappop(self._due)[2]())
            for deadline in over:
                if deadline is not None:
                    deadline.close_all()


_alarm = _Alarm()
# A forked process has none of its parent's threads.
os.register_at_fork(after_in_child=_alarm.__init__)  # type: ignore[misc]


def current_deadline() -> Deadline | None:
    """The innermost deadline of this thread."""
    return _current.get()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker
