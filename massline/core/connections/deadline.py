"""A time limit for a whole exchange, however slowly the other server sends."""

import http.client
import socket
import threading
import time
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Self

_current: ContextVar["Deadline | None"] = ContextVar("deadline", default=None)


class DeadlineOver(TimeoutError):
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
        self._timer = threading.Timer(seconds, self._close_all)
        self._timer.daemon = True
        self._token: Token[Deadline | None] | None = None
        self.is_over = False

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._token is not None:
            _current.reset(self._token)
        with self._guard:
            for connection in self._watched:
                connection.close()
            self._watched.clear()
        broken = (OSError, http.client.HTTPException, ValueError, EOFError)
        if self.is_over and (problem is None or isinstance(problem, broken)):
            raise DeadlineOver(f"No answer in {self._seconds:g} seconds.") from problem

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

    def _close_all(self) -> None:
        with self._guard:
            self.is_over = True
            for connection in self._watched:
                _shut(connection)


def current_deadline() -> Deadline | None:
    """The innermost deadline of this thread."""
    return _current.get()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker
