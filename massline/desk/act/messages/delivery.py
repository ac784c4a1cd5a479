"""Delivery of a mailing to each recipient once: the list is written first, then worked through.

Each delivery is claimed before its message is sent, and its result is recorded in the same commit that claims the
next one: one wait for the disk per message. If the worker dies, at most one message is in doubt. SMTP cannot say
whether it was accepted, so after ten minutes it is sent again under the same Message-ID: a change that somebody
never hears of is worse than one they hear of twice.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.desk.act.messages.channels import AddressRefused, Channel, ServiceUnreachable
from massline.desk.act.messages.contact_points import ContactMethod, parse_contact_point
from massline.desk.act.messages.day_keys import digest_for_today
from massline.desk.act.messages.models import DayReached, Delivery, DeliveryState, Mailing, Occasion
from massline.desk.act.messages.send_times import may_send_at
from massline.desk.act.messages.texts import build_calendar_entry, compose_message
from massline.desk.guard.keys.courier import Address
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import CourierCopy

Addresses = Callable[[UUID], Iterable[Address]]
MOST_TRIES = 20
BATCH_SIZE = 500


def add_recipients(
    mailing: Mailing, methods: Iterable[ContactMethod], addresses: Addresses, *, only: set[UUID] | None = None
) -> int:
    """Add every address that signed up so far to the mailing, once each; return how many were added.

    `only` limits it to these sign-ups.
    """
    known = sign_up_fingerprint(mailing.event.uuid) + (f", {len(only)}" if only is not None else "")
    if known == mailing.known:
        return 0
    configured = set(methods)
    listed = set(mailing.deliveries.values_list("digest", flat=True)) | _already_informed(mailing)
    fresh = []
    for address in addresses(mailing.event.uuid):
        if address.digest not in listed and (only is None or address.copy in only):
            listed.add(address.digest)
            point = parse_contact_point(address.point)
            state = DeliveryState.WAITING if point and point.method in configured else DeliveryState.NO_WAY
            fresh.append(Delivery(mailing=mailing, digest=address.digest, state=state))
    for first in range(0, len(fresh), BATCH_SIZE):
        Delivery.objects.bulk_create(fresh[first : first + BATCH_SIZE], ignore_conflicts=True)
    Mailing.objects.filter(pk=mailing.pk).update(known=known)
    return len(fresh)


def sign_up_fingerprint(about: UUID) -> str:
    """Return a value that changes whenever somebody signs up, changes their address or cancels."""
    copies = CourierCopy.objects.filter(key__about=about)
    last = copies.order_by("-pk").values_list("pk", flat=True).first()
    return f"{copies.count()} until {last or 0}"


def _already_informed(mailing: Mailing) -> set[str]:
    """Digests of people welcomed today, even at a new address: they need no reminder on the same day."""
    if mailing.occasion not in (Occasion.DAY_BEFORE, Occasion.SAME_DAY):
        return set()
    today = timezone.now().astimezone(mailing.event.organisation.zone).replace(hour=0, minute=0, second=0)
    welcomed = Delivery.objects.filter(
        mailing__event=mailing.event, mailing__occasion=Occasion.WELCOME, state=DeliveryState.SENT
    )
    return set(welcomed.filter(at__gte=today).values_list("digest", flat=True))


def deliver(
    mailing: Mailing,
    event: PublicEvent,
    channels: Mapping[ContactMethod, Channel],
    addresses: Addresses,
    *,
    now: datetime,
    seconds: float = 120.0,
) -> bool:
    """Send the waiting deliveries for at most `seconds`; True if more of them could go out straight away."""
    occasion = Occasion(mailing.occasion)
    waiting = {delivery.digest: delivery for delivery in mailing.deliveries.to_send()}
    if not waiting or not may_send_at(occasion, event, now):
        return False
    began, batch = (
        time.monotonic(),
        DeliveryBatch(mailing, event, channels, build_calendar_entry(mailing, event)),
    )
    try:
        for address in addresses(event.uuid):
            delivery = waiting.pop(address.digest, None)
            if delivery is not None and time.monotonic() - began > seconds:
                return True
            if delivery is not None:
                batch.send(delivery, address)
    finally:
        batch.record_last_result()
    for delivery in waiting.values():
        delivery.set_state(DeliveryState.LET_GO)
    return False


@dataclass
class DeliveryBatch:
    """A run of deliveries: their shared parts, the methods unreachable now, and the last result not yet stored."""

    mailing: Mailing
    event: PublicEvent
    channels: Mapping[ContactMethod, Channel]
    entry: bytes
    unreachable: set[ContactMethod] = field(default_factory=set)
    last_result: tuple[Delivery, DeliveryState] | None = None

    def send(self, delivery: Delivery, address: Address) -> None:
        point = parse_contact_point(address.point)
        channel = self.channels.get(point.method) if point else None
        if point is None or channel is None or point.method in self.unreachable or not self._claim(delivery):
            return
        if self.mailing.occasion == Occasion.AFTER and not claim_first_message_of_day(
            self.mailing, address.point
        ):
            self.last_result = delivery, DeliveryState.LET_GO
            return
        try:
            channel.send(compose_message(self.mailing, self.event, point, address, self.entry))
        except AddressRefused:
            self.last_result = delivery, DeliveryState.REFUSED
        except ServiceUnreachable:
            self.unreachable.add(point.method)
            given_up = delivery.tries + 1 >= MOST_TRIES
            self.last_result = delivery, DeliveryState.REFUSED if given_up else DeliveryState.WAITING
        else:
            self.last_result = delivery, DeliveryState.SENT

    def _claim(self, delivery: Delivery) -> bool:
        with transaction.atomic(using="desk"):
            self.record_last_result()
            return delivery.claim()

    def record_last_result(self) -> None:
        """Store the result of the last delivery, if it is not stored yet."""
        if self.last_result is not None:
            delivery, state = self.last_result
            delivery.set_state(state)
            self.last_result = None


def claim_first_message_of_day(mailing: Mailing, point: str) -> bool:
    """True the first time an organisation writes to this address today, unasked; it does so once a day at most."""
    organisation = mailing.event.organisation
    digest = digest_for_today(f"{organisation.uuid} {point}")
    _row, made = DayReached.objects.get_or_create(
        organisation=organisation, day=timezone.localdate(), digest=digest
    )
    return made
