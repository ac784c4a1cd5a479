"""Messages on their way: made ready, claimed together, sent over free connections, and their outcomes stored together.

What became of the last messages is recorded in the same commit that claims the next ones: one wait for the disk for all
connections together. Mailings and announcements say what is claimed, composed and stored.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Generic, Protocol, TypeVar

from django.db import DatabaseError, transaction

from massline.core.contact_points import ContactMethod, ContactPoint
from massline.desk.act.messages.channel_interface import AddressRefused, TryLater
from massline.desk.act.messages.message import Message
from massline.desk.act.messages.senders import Senders, SendResult
from massline.desk.act.messages.service_patience import ServicePatience

log = logging.getLogger("massline.act")
MOST_TRIES = 20


class Prepared(Protocol):
    """A message whose address is open; `tries` counts the earlier attempts."""

    @property
    def to(self) -> ContactPoint: ...
    @property
    def tries(self) -> int: ...


class SendOutcome(Enum):
    """What became of a message: LATER is tried again, GIVEN_UP was tried too often."""

    SENT = auto()
    REFUSED = auto()
    LATER = auto()
    GIVEN_UP = auto()


P = TypeVar("P", bound=Prepared)


@dataclass
class SendQueue(ABC, Generic[P]):
    """What is ready, the patience with each service, and the outcomes not yet stored."""

    senders: Senders[P]
    patience: ServicePatience = field(default_factory=ServicePatience, kw_only=True)
    ready: list[P] = field(default_factory=list, kw_only=True)
    outcomes: list[tuple[P, SendOutcome]] = field(default_factory=list, kw_only=True)

    @abstractmethod
    def claim(self, ready: Sequence[P]) -> list[P]:
        """Claim messages inside a transaction; return those that go out now."""

    @abstractmethod
    def compose(self, prepared: P) -> Message:
        """Write one message."""

    @abstractmethod
    def store(self, outcomes: Sequence[tuple[P, SendOutcome]]) -> None:
        """Store what became of messages, inside a transaction."""

    def put(self, prepared: P) -> None:
        """Take one more; it is sent as soon as a connection is free."""
        self.wait_for_room(prepared.to.method)
        if prepared.to.method not in self.patience.unreachable:
            self.ready.append(prepared)

    def wait_for_room(self, method: ContactMethod) -> None:
        while not self._has_room(method):
            self._send_ready()
            self._collect()

    def finish(self) -> None:
        """Send what is ready, and store the outcome of every message that is on its way."""
        self._send_ready()
        while self.outcomes or self._collect():
            self._send_ready()

    def _has_room(self, method: ContactMethod) -> bool:
        waiting = sum(prepared.to.method == method for prepared in self.ready)
        return method in self.patience.unreachable or self.senders.free(method) > waiting

    def _send_ready(self) -> None:
        ready = [prepared for prepared in self.ready if prepared.to.method not in self.patience.unreachable]
        self.ready.clear()
        with transaction.atomic(using="desk"):
            self.store(self.outcomes)
            self.outcomes.clear()
            due = self.claim(ready)
        for prepared in due:
            self._start(prepared)

    def _start(self, prepared: P) -> None:
        """Send one message. Whatever goes wrong with it is its own trouble; the next one is sent all the same."""
        try:
            message = self.compose(prepared)
        except DatabaseError:
            raise
        except Exception as problem:  # noqa: BLE001 - one message must not stop the others; it is kept and logged
            self._take(SendResult(prepared, prepared.to.method, problem, 0.0))
        else:
            self.senders.start(prepared, message, seconds=self.patience.seconds(prepared.to.method))

    def _collect(self) -> bool:
        """Wait for the next outcomes; False where nothing is on its way any more."""
        came = self.senders.results(until_one=True)
        for result in came:
            self._take(result)
        return bool(came)

    def _take(self, result: SendResult[P]) -> None:
        outcome = SendOutcome.SENT
        if isinstance(result.problem, AddressRefused):
            self.patience.record_refused(result.method)
            outcome = SendOutcome.REFUSED
        elif result.problem is not None:
            log.info("A message was not accepted: %s", type(result.problem).__name__)
            self.patience.record_failure(result.method, result.problem, result.seconds)
            if not isinstance(result.problem, TryLater):
                log.warning("A message could not be made or sent: %s", type(result.problem).__name__)
            outcome = SendOutcome.GIVEN_UP if result.key.tries + 1 >= MOST_TRIES else SendOutcome.LATER
        else:
            self.patience.record_sent(result.method)
        self.outcomes.append((result.key, outcome))
