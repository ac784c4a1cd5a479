"""Delivery of a mailing to each recipient once; `recipients.py` writes the list, this works through it.

Each delivery is claimed before its message is sent, and its result is recorded in the same commit that claims the
next one: one wait for the disk per message. If the worker dies, at most one message is in doubt. SMTP cannot say
whether it was accepted, so after ten minutes it is sent again under the same Message-ID: a change that somebody
never hears of is worse than one they hear of twice.
"""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from massline.core.connections.deadline import Deadline
from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.desk.act.messages.channel_interface import AddressRefused, Channel, TryLater
from massline.desk.act.messages.daily_address_keys import digest_for_today
from massline.desk.act.messages.models import (
    DayReached,
    Delivery,
    DeliveryProblem,
    DeliveryState,
    Mailing,
    Occasion,
)
from massline.desk.act.messages.occasion_texts import build_calendar_entry, compose_message
from massline.desk.act.messages.recipients import Addresses
from massline.desk.act.messages.send_times import may_send_at
from massline.desk.act.messages.service_patience import ServicePatience
from massline.desk.guard.keys.courier_keys import Address
from massline.square.calls.models import PublicEvent

log = logging.getLogger("massline.act")
MOST_TRIES = 20


def send_deliveries(
    mailing: Mailing,
    event: PublicEvent,
    channels: Mapping[ContactMethod, Channel],
    addresses: Addresses,
    *,
    now: datetime,
    seconds: float = 45.0,
) -> bool:
    """Send the waiting deliveries for about `seconds`; True if more of them could go out straight away.

    Messages of other events get their turn after that, and those that need other channels than `channels` wait for a
    run of their own: a text gateway that is slow delays no letter.
    """
    occasion = Occasion(mailing.occasion)
    waiting = {delivery.digest: delivery for delivery in mailing.deliveries.to_send()}
    if not waiting or not may_send_at(occasion, event, now):
        return False
    began = time.monotonic()
    batch = DeliveryBatch(mailing, event, channels, build_calendar_entry(mailing, event))
    fresh = {digest: delivery for digest, delivery in waiting.items() if not delivery.tries}
    failed_before = {digest: delivery for digest, delivery in waiting.items() if delivery.tries}
    households = _by_address(addresses(event.uuid), waiting)
    try:
        for group in (fresh, failed_before):
            for digest, household in households.items():
                delivery = group.pop(digest, None)
                if delivery is not None and time.monotonic() - began > seconds:
                    return True
                if delivery is not None:
                    batch.send(delivery, household)
    finally:
        batch.record_last_result()
    for delivery in (*fresh.values(), *failed_before.values()):
        delivery.set_state(DeliveryState.LET_GO)
    return False


def _by_address(addresses: Iterable[Address], waiting: Mapping[str, Delivery]) -> dict[str, list[Address]]:
    """The sign-ups behind each address that is written to: one message reaches a household, or who signed up twice."""
    households: dict[str, list[Address]] = {}
    for address in addresses:
        digest = address.digest if address.digest in waiting else address.written_digest
        if digest in waiting:
            households.setdefault(digest, []).append(address)
    return households


@dataclass(frozen=True)
class DeliveryResult:
    """The outcome of one delivery; with a problem it is set aside, and the desk names the sign-up."""

    state: DeliveryState
    problem: DeliveryProblem | None = None

    def record(self, delivery: Delivery, envelope: UUID | None) -> None:
        if self.problem is None:
            delivery.set_state(self.state)
        else:
            delivery.set_aside(self.problem, envelope)


@dataclass
class DeliveryBatch:
    """A run of deliveries: their shared parts, the patience with each service, and the last result not yet stored."""

    mailing: Mailing
    event: PublicEvent
    channels: Mapping[ContactMethod, Channel]
    entry: bytes
    patience: ServicePatience = field(default_factory=ServicePatience)
    last_result: tuple[Delivery, UUID | None, DeliveryResult] | None = None

    def send(self, delivery: Delivery, household: Sequence[Address]) -> None:
        address = household[0]
        point = parse_contact_point(address.point)
        channel = self.channels.get(point.method) if point else None
        if point is None:
            delivery.set_aside(DeliveryProblem.ADDRESS, address.envelope)
            return
        if channel is None or point.method in self.patience.unreachable or not self._claim(delivery):
            return
        is_unasked = self.mailing.occasion in (Occasion.AFTER, Occasion.WORDS)
        is_first_try = delivery.tries == 0  # a message that was not accepted has had its day already
        if is_unasked and is_first_try and not claim_first_message_of_day(self.mailing, address.point):
            result = DeliveryResult(DeliveryState.LET_GO)
        else:
            result = self._send_to(delivery, household, point, channel)
        self.last_result = delivery, address.envelope, result

    def _send_to(
        self, delivery: Delivery, household: Sequence[Address], point: ContactPoint, channel: Channel
    ) -> DeliveryResult:
        """Send one message. Whatever goes wrong with it is its own trouble; the next one is sent all the same."""
        began = time.monotonic()
        try:
            message = compose_message(self.mailing, self.event, point, household, self.entry)
            with Deadline(self.patience.seconds(point.method)):
                channel.send(message)
        except AddressRefused:
            self.patience.record_refused(point.method)
            return DeliveryResult(DeliveryState.REFUSED, DeliveryProblem.REFUSED)
        except DatabaseError:
            raise
        except Exception as problem:  # noqa: BLE001 - one message must not stop the others; it is kept and logged
            log.info("A message was not accepted: %s", type(problem).__name__)
            self.patience.record_failure(point.method, problem, time.monotonic() - began)
            if not isinstance(problem, TryLater):
                log.warning("A message could not be made or sent: %s", type(problem).__name__)
            given_up = delivery.tries + 1 >= MOST_TRIES
            return (
                DeliveryResult(DeliveryState.REFUSED, DeliveryProblem.GIVEN_UP)
                if given_up
                else DeliveryResult(DeliveryState.WAITING)
            )
        self.patience.record_sent(point.method)
        return DeliveryResult(DeliveryState.SENT)

    def _claim(self, delivery: Delivery) -> bool:
        with transaction.atomic(using="desk"):
            self.record_last_result()
            return delivery.claim()

    def record_last_result(self) -> None:
        """Store the result of the last delivery, if it is not stored yet."""
        if self.last_result is not None:
            delivery, envelope, result = self.last_result
            result.record(delivery, envelope)
            self.last_result = None


def claim_first_message_of_day(mailing: Mailing, point: str) -> bool:
    """True the first time an organisation writes to this address today, unasked; it does so once a day at most."""
    organisation = mailing.event.organisation
    digest = digest_for_today(f"{organisation.uuid} {point}")
    _row, made = DayReached.objects.get_or_create(
        organisation=organisation, day=timezone.localdate(), digest=digest
    )
    return made
