"""Kept connections to the services, several messages on their way at once; each is sent by a thread of its own.

Threads only send: whatever is read or written in a database, and every text, is the caller's part.
"""

import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from django.conf import settings

from massline.core.connections.deadline import Deadline
from massline.core.contact_points import ContactMethod
from massline.desk.act.messages.channel_interface import Channel, ServiceUnreachable
from massline.desk.act.messages.message import Message

Key = TypeVar("Key")


@dataclass(frozen=True)
class SendResult(Generic[Key]):
    """What became of one message: the problem, if there was one, and how many seconds it took."""

    key: Key
    method: ContactMethod
    problem: Exception | None
    seconds: float


@dataclass(frozen=True)
class _Sending(Generic[Key]):
    """A message that a connection sends, or that waits for another connection."""

    key: Key
    message: Message
    seconds: float
    channel: Channel


class Senders(Generic[Key]):
    """Connections of a batch, by method: several for mail, one for each service that counts how often it is asked.

    Until a first message was accepted only one is on its way, so a server that is down is asked once. A server that
    turns one of several connections away is used by the others: the message goes by one of those, and no further
    connection is opened. Only when none is left do its messages come back as ServiceUnreachable.
    """

    def __init__(self, channels: Iterable[type[Channel]]) -> None:
        self._types = {channel.method: channel for channel in channels}
        most = max(settings.MAIL_CONNECTIONS, 1)
        self._most = {method: most if method == ContactMethod.MAIL else 1 for method in self._types}
        self._idle: dict[ContactMethod, deque[Channel]] = {method: deque() for method in self._types}
        self._going: dict[Future[SendResult[Key]], _Sending[Key]] = {}
        self._again: dict[ContactMethod, deque[_Sending[Key]]] = {method: deque() for method in self._types}
        self._proven: set[ContactMethod] = set()
        self._threads = ThreadPoolExecutor(sum(self._most.values()) or 1, "senders")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown()
        for channel in (
            *(sending.channel for sending in self._going.values()),
            *(channel for idle in self._idle.values() for channel in idle),
        ):
            channel.close()

    def __contains__(self, method: object) -> bool:
        return method in self._types

    def free(self, method: ContactMethod) -> int:
        """The number of messages that could be sent by this method now."""
        allowed = self._most[method] if method in self._proven else 1
        return max(allowed - self._going_by(method) - len(self._again[method]), 0)

    def start(self, key: Key, message: Message, *, seconds: float) -> None:
        """Send a message by a free connection; its result comes with `results`."""
        method = message.to.method
        idle = self._idle[method]
        channel = idle.popleft() if idle else self._types[method]()
        future = self._threads.submit(_send, key, channel, message, seconds)
        self._going[future] = _Sending(key, message, seconds, channel)

    def results(self, *, until_one: bool) -> list[SendResult[Key]]:
        """Collect the results that came since; with `until_one` wait for one, if any message is on its way."""
        collected: list[SendResult[Key]] = []
        while self._going and not collected:
            done, _rest = wait(self._going, timeout=None if until_one else 0, return_when=FIRST_COMPLETED)
            for future in done:
                collected += self._take(future.result(), self._going.pop(future))
            self._send_again()
            if not until_one:
                break
        return collected

    def _take(self, result: SendResult[Key], sending: _Sending[Key]) -> list[SendResult[Key]]:
        """Keep the connection and return the result, unless another connection can send what this one could not."""
        method = result.method
        if not isinstance(result.problem, ServiceUnreachable):
            self._idle[method].append(sending.channel)
            if result.problem is None:
                self._proven.add(method)
            return [result]
        left = self._going_by(method) + len(self._idle[method])
        if method in self._proven and left:
            sending.channel.close()
            self._most[method] = left
            self._again[method].append(sending)
            return []
        self._idle[method].append(sending.channel)
        also = [SendResult(waiting.key, method, result.problem, 0.0) for waiting in self._again[method]]
        self._again[method].clear()
        return [result, *also]

    def _send_again(self) -> None:
        for method, again in self._again.items():
            while again and self._idle[method]:
                sending = again.popleft()
                self.start(sending.key, sending.message, seconds=sending.seconds)

    def _going_by(self, method: ContactMethod) -> int:
        return sum(sending.channel.method == method for sending in self._going.values())


def _send(key: Key, channel: Channel, message: Message, seconds: float) -> SendResult[Key]:
    began, problem = time.monotonic(), None
    try:
        with Deadline(seconds):
            channel.send(message)
    except Exception as error:  # noqa: BLE001 - one message must not stop the others; the caller decides by its kind
        problem = error
    return SendResult(key, channel.method, problem, time.monotonic() - began)
