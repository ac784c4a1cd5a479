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
from massline.desk.act.messages.channel_interface import Channel
from massline.desk.act.messages.message import Message

Key = TypeVar("Key")


@dataclass(frozen=True)
class SendResult(Generic[Key]):
    """What became of one message: the problem, if there was one, and how many seconds it took."""

    key: Key
    method: ContactMethod
    problem: Exception | None
    seconds: float


class Senders(Generic[Key]):
    """Connections of a batch, by method: several for mail, one for each service that counts how often it is asked.

    Until a first message was accepted only one is on its way, so a server that is down is asked once.
    """

    def __init__(self, channels: Iterable[type[Channel]]) -> None:
        self._types = {channel.method: channel for channel in channels}
        most = max(settings.MAIL_CONNECTIONS, 1)
        self._most = {method: most if method == ContactMethod.MAIL else 1 for method in self._types}
        self._idle: dict[ContactMethod, deque[Channel]] = {method: deque() for method in self._types}
        self._going: dict[Future[SendResult[Key]], Channel] = {}
        self._proven: set[ContactMethod] = set()
        self._threads = ThreadPoolExecutor(sum(self._most.values()) or 1, "senders")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown()
        for channel in (
            *self._going.values(),
            *(channel for idle in self._idle.values() for channel in idle),
        ):
            channel.close()

    def __contains__(self, method: object) -> bool:
        return method in self._types

    def free(self, method: ContactMethod) -> int:
        """The number of messages that could be sent by this method now."""
        going = sum(channel.method == method for channel in self._going.values())
        return (self._most[method] if method in self._proven else 1) - going

    def start(self, key: Key, message: Message, *, seconds: float) -> None:
        """Send a message by a free connection; its result comes with `results`."""
        method = message.to.method
        idle = self._idle[method]
        channel = idle.popleft() if idle else self._types[method]()
        self._going[self._threads.submit(_send, key, channel, message, seconds)] = channel

    def results(self, *, until_one: bool) -> list[SendResult[Key]]:
        """Collect the results that came since; with `until_one` wait for one, if any message is on its way."""
        if not self._going:
            return []
        done, _rest = wait(self._going, timeout=None if until_one else 0, return_when=FIRST_COMPLETED)
        collected = []
        for future in done:
            channel = self._going.pop(future)
            self._idle[channel.method].append(channel)
            result = future.result()
            if result.problem is None:
                self._proven.add(result.method)
            collected.append(result)
        return collected


def _send(key: Key, channel: Channel, message: Message, seconds: float) -> SendResult[Key]:
    began, problem = time.monotonic(), None
    try:
        with Deadline(seconds):
            channel.send(message)
    except Exception as error:  # noqa: BLE001 - one message must not stop the others; the caller decides by its kind
        problem = error
    return SendResult(key, channel.method, problem, time.monotonic() - began)
