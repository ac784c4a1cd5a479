"""A channel that sends messages, and the ways in which it fails."""

from typing import Protocol

from massline.core.contact_points import ContactMethod
from massline.desk.act.messages.message import Message

SEND_SECONDS = 20


class AddressRefused(Exception):
    """The address accepts no message, and trying again will not help."""


class TryLater(Exception):
    """This message was not accepted now; others may be."""


class ServiceUnreachable(TryLater):
    """The service does not answer anybody now; every message stays queued."""


class Channel(Protocol):
    method: ContactMethod

    def send(self, message: Message) -> None:
        """Send one message. Raises AddressRefused or TryLater; otherwise it was accepted."""

    def close(self) -> None: ...
