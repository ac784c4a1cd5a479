"""Delivery of a mailing to each recipient once; `recipients.py` writes the list, this works through it.

Each delivery is claimed before its message is sent. What became of the last ones is recorded in the same commit that
claims the next ones: one wait for the disk for all connections together. If the worker dies, at most the messages of
its connections are in doubt. SMTP cannot say whether they were accepted, so after ten minutes they are sent again under
the same Message-ID: a change that somebody never hears of is worse than one they hear of twice.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from massline.core.contact_points import ContactPoint, parse_contact_point
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.form_letters import FormLetters
from massline.desk.act.messages.message import Message
from massline.desk.act.messages.models import (
    DayReached,
    Delivery,
    DeliveryProblem,
    DeliveryState,
    Mailing,
    Occasion,
)
from massline.desk.act.messages.occasion_texts import build_calendar_entry
from massline.desk.act.messages.recipients import Addresses
from massline.desk.act.messages.send_queue import SendOutcome, SendQueue
from massline.desk.act.messages.send_times import may_send_at
from massline.desk.act.messages.senders import Senders
from massline.desk.guard.keys.courier_keys import Address
from massline.square.calls.models import PublicEvent

PROBLEM_OF = {
    SendOutcome.REFUSED: DeliveryProblem.REFUSED,
    SendOutcome.GIVEN_UP: DeliveryProblem.GIVEN_UP,
}


def send_deliveries(
    mailing: Mailing,
    event: PublicEvent,
    senders: "Senders[PreparedDelivery]",
    addresses: Addresses,
    *,
    now: datetime,
    seconds: float = 45.0,
) -> bool:
    """Send the waiting deliveries for about `seconds`; True if more of them could go out straight away.

    Messages of other events get their turn after that, and those that need other channels than those of `senders` wait for a
    run of their own: a text gateway that is slow delays no letter.
    """
    occasion = Occasion(mailing.occasion)
    waiting = {delivery.digest: delivery for delivery in mailing.deliveries.to_send()}
    if not waiting or not may_send_at(occasion, event, now):
        return False
    began = time.monotonic()
    letters = FormLetters(mailing, event, build_calendar_entry(mailing, event))
    batch = DeliveryBatch(senders, mailing, letters)
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
                    batch.add(delivery, household)
    finally:
        batch.finish()
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
class PreparedDelivery:
    """A delivery, to whom it goes and by which sign-ups."""

    delivery: Delivery
    to: ContactPoint
    household: Sequence[Address]

    @property
    def tries(self) -> int:
        return self.delivery.tries


@dataclass
class DeliveryBatch(SendQueue[PreparedDelivery]):
    """A run of deliveries of one mailing, with the parts that its letters share."""

    mailing: Mailing
    letters: FormLetters

    def add(self, delivery: Delivery, household: Sequence[Address]) -> None:
        """Take one more delivery; it is sent as soon as a connection is free."""
        point = parse_contact_point(household[0].point)
        if point is None:
            delivery.set_aside(DeliveryProblem.ADDRESS, household[0].envelope)
            return
        if point.method not in self.senders:
            return
        self.put(PreparedDelivery(delivery, point, household))

    def claim(self, ready: Sequence[PreparedDelivery]) -> list[PreparedDelivery]:
        claimed = Delivery.objects.claim([prepared.delivery for prepared in ready])
        mine = [prepared for prepared in ready if prepared.delivery.pk in claimed]
        return [prepared for prepared in mine if self._may_write_today(prepared)]

    def compose(self, prepared: PreparedDelivery) -> Message:
        return self.letters.compose(prepared.to, prepared.household)

    def store(self, outcomes: Sequence[tuple[PreparedDelivery, SendOutcome]]) -> None:
        sent = [prepared.delivery.pk for prepared, outcome in outcomes if outcome is SendOutcome.SENT]
        if sent:
            Delivery.objects.filter(pk__in=sent).update(state=DeliveryState.SENT, at=timezone.now())
        for prepared, outcome in outcomes:
            if outcome in PROBLEM_OF:
                prepared.delivery.set_aside(PROBLEM_OF[outcome], prepared.household[0].envelope)
            elif outcome is SendOutcome.LATER:
                prepared.delivery.set_state(DeliveryState.WAITING)

    def _may_write_today(self, prepared: PreparedDelivery) -> bool:
        """False for an unasked message to somebody who had one today; it is let go."""
        is_unasked = self.mailing.occasion in (Occasion.AFTER, Occasion.WORDS)
        is_first_try = prepared.delivery.tries == 0  # a message that was not accepted has had its day already
        if not is_unasked or not is_first_try:
            return True
        if claim_first_message_of_day(self.mailing, prepared.household[0].point):
            return True
        prepared.delivery.set_state(DeliveryState.LET_GO)
        return False


def claim_first_message_of_day(mailing: Mailing, point: str) -> bool:
    """True the first time an organisation writes to this address today, unasked; it does so once a day at most."""
    organisation = mailing.event.organisation
    digest = digest_address_for_today(organisation, point)
    _row, made = DayReached.objects.get_or_create(
        organisation=organisation, day=timezone.localdate(), digest=digest
    )
    return made
