"""Writing to everybody who is to hear of something, once: first the list, then one after another.

Each address is taken in hand before it is written to, and ticked off in the same commit that takes the next one in
hand: one wait for the disk a message. A worker that dies leaves at most the one message it had in its hands in doubt.
SMTP has no way to ask whether it was taken, so after ten minutes it is sent again, under the same Message-ID,
because a change that somebody never hears of is worse than one they hear of twice.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.desk.act.messages.cadence import may_go
from massline.desk.act.messages.channels import Carrier, Refused, Unreachable
from massline.desk.act.messages.contact_points import Way, point_of
from massline.desk.act.messages.day_keys import digest_of_today
from massline.desk.act.messages.models import DayReached, Delivery, DeliveryState, Mailing, Occasion
from massline.desk.act.messages.texts import attachment, compose
from massline.desk.guard.keys.courier import Address
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import CourierCopy

Addresses = Callable[[UUID], Iterable[Address]]
MOST_TRIES = 20
A_BATCH = 500


def list_everybody(
    mailing: Mailing, ways: Iterable[Way], addresses: Addresses, *, only: set[UUID] | None = None
) -> int:
    """Put every address that signed up so far on the mailing's list, once; give how many are new on it.

    `only` names the sign-ups it concerns, where it does not concern all.
    """
    known = known_now(mailing.event.uuid) + (f", {len(only)}" if only is not None else "")
    if known == mailing.known:
        return 0
    here = set(ways)
    listed = set(mailing.deliveries.values_list("digest", flat=True)) | _need_not_hear(mailing)
    fresh = []
    for address in addresses(mailing.event.uuid):
        if address.digest not in listed and (only is None or address.copy in only):
            listed.add(address.digest)
            point = point_of(address.point)
            state = DeliveryState.WAITING if point and point.way in here else DeliveryState.NO_WAY
            fresh.append(Delivery(mailing=mailing, digest=address.digest, state=state))
    for first in range(0, len(fresh), A_BATCH):
        Delivery.objects.bulk_create(fresh[first : first + A_BATCH], ignore_conflicts=True)
    Mailing.objects.filter(pk=mailing.pk).update(known=known)
    return len(fresh)


def known_now(about: UUID) -> str:
    """A mark that differs as soon as anybody signs up, changes an address or takes it back."""
    copies = CourierCopy.objects.filter(key__about=about)
    last = copies.order_by("-pk").values_list("pk", flat=True).first()
    return f"{copies.count()} until {last or 0}"


def _need_not_hear(mailing: Mailing) -> set[str]:
    """Who was counted in today, if only at a new address, needs no second message today."""
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
    carriers: Mapping[Way, Carrier],
    addresses: Addresses,
    *,
    now: datetime,
    seconds: float = 120.0,
) -> bool:
    """Send what waits, for so many seconds at most; give whether anything is left that could go on at once."""
    occasion = Occasion(mailing.occasion)
    waiting = {one.digest: one for one in mailing.deliveries.to_send()}
    if not waiting or not may_go(occasion, event, now):
        return False
    began, batch = time.monotonic(), Batch(mailing, event, carriers, attachment(mailing, event))
    try:
        for address in addresses(event.uuid):
            one = waiting.pop(address.digest, None)
            if one is not None and time.monotonic() - began > seconds:
                return True
            if one is not None:
                batch.send(one, address)
    finally:
        batch.tick_off()
    for gone in waiting.values():
        gone.becomes(DeliveryState.LET_GO)
    return False


@dataclass
class Batch:
    """What stays the same from one message to the next, which services do not answer now, and what became of the last."""

    mailing: Mailing
    event: PublicEvent
    carriers: Mapping[Way, Carrier]
    entry: bytes
    down: set[Way] = field(default_factory=set)
    last: tuple[Delivery, DeliveryState] | None = None

    def send(self, one: Delivery, address: Address) -> None:
        point = point_of(address.point)
        carrier = self.carriers.get(point.way) if point else None
        if point is None or carrier is None or point.way in self.down or not self._take(one):
            return
        if self.mailing.occasion == Occasion.AFTER and not first_today(self.mailing, address.point):
            self.last = one, DeliveryState.LET_GO
            return
        try:
            carrier.send(compose(self.mailing, self.event, point, address, self.entry))
        except Refused:
            self.last = one, DeliveryState.REFUSED
        except Unreachable:
            self.down.add(point.way)
            given_up = one.tries + 1 >= MOST_TRIES
            self.last = one, DeliveryState.REFUSED if given_up else DeliveryState.WAITING
        else:
            self.last = one, DeliveryState.SENT

    def _take(self, one: Delivery) -> bool:
        with transaction.atomic(using="desk"):
            self.tick_off()
            return one.claim()

    def tick_off(self) -> None:
        """Write down what became of the last one; nothing where that is done."""
        if self.last is not None:
            one, state = self.last
            one.becomes(state)
            self.last = None


def first_today(mailing: Mailing, point: str) -> bool:
    """Nobody hears of an organisation more than once a day without having asked for just that."""
    organisation = mailing.event.organisation
    digest = digest_of_today(f"{organisation.uuid} {point}")
    _row, made = DayReached.objects.get_or_create(
        organisation=organisation, day=timezone.localdate(), digest=digest
    )
    return made
