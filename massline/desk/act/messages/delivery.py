"""Delivery of a mailing to each recipient once; `recipients.py` writes the list, this works through it.

Each delivery is claimed before its message is sent. What became of the last ones is recorded in the same commit that
claims the next ones: one wait for the disk for all connections together. If the worker dies, at most the messages of
its connections are in doubt. SMTP cannot say whether they were accepted, so after ten minutes they are sent again under
the same Message-ID: a change that somebody never hears of is worse than one they hear of twice.
"""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.desk.act.messages.channel_interface import AddressRefused, TryLater
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.form_letters import FormLetters
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
from massline.desk.act.messages.send_times import may_send_at
from massline.desk.act.messages.senders import Senders, SendResult
from massline.desk.act.messages.service_patience import ServicePatience
from massline.desk.guard.keys.courier_keys import Address
from massline.square.calls.models import PublicEvent

log = logging.getLogger("massline.act")
MOST_TRIES = 20


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
    batch = DeliveryBatch(mailing, letters, senders)
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


@dataclass
class DeliveryBatch:
    """A run of deliveries: their shared parts, the patience with each service, and the results not yet stored."""

    mailing: Mailing
    letters: FormLetters
    senders: Senders[PreparedDelivery]
    patience: ServicePatience = field(default_factory=ServicePatience)
    ready: list[PreparedDelivery] = field(default_factory=list)
    results: list[tuple[PreparedDelivery, DeliveryState, DeliveryProblem | None]] = field(
        default_factory=list
    )

    def add(self, delivery: Delivery, household: Sequence[Address]) -> None:
        """Take one more delivery; it is sent as soon as a connection is free."""
        point = parse_contact_point(household[0].point)
        if point is None:
            delivery.set_aside(DeliveryProblem.ADDRESS, household[0].envelope)
            return
        if point.method not in self.senders:
            return
        while not self._has_room(point.method):
            self._send_ready()
            self._collect(until_one=True)
        if point.method not in self.patience.unreachable:
            self.ready.append(PreparedDelivery(delivery, point, household))

    def _has_room(self, method: ContactMethod) -> bool:
        waiting = sum(prepared.to.method == method for prepared in self.ready)
        return method in self.patience.unreachable or self.senders.free(method) > waiting

    def finish(self) -> None:
        """Send what is ready, and store the result of every message that is on its way."""
        self._send_ready()
        while self.results or self._collect(until_one=True):
            self._send_ready()

    def _send_ready(self) -> None:
        ready = [prepared for prepared in self.ready if prepared.to.method not in self.patience.unreachable]
        self.ready.clear()
        with transaction.atomic(using="desk"):
            self._record_results()
            claimed = Delivery.objects.claim([prepared.delivery for prepared in ready])
            mine = [prepared for prepared in ready if prepared.delivery.pk in claimed]
            due = [prepared for prepared in mine if self._may_write_today(prepared)]
        for prepared in due:
            self._start(prepared)

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

    def _start(self, prepared: PreparedDelivery) -> None:
        """Send one message. Whatever goes wrong with it is its own trouble; the next one is sent all the same."""
        try:
            message = self.letters.compose(prepared.to, prepared.household)
        except DatabaseError:
            raise
        except Exception as problem:  # noqa: BLE001 - one message must not stop the others; it is kept and logged
            self._take(SendResult(prepared, prepared.to.method, problem, 0.0))
        else:
            self.senders.start(prepared, message, seconds=self.patience.seconds(prepared.to.method))

    def _collect(self, *, until_one: bool) -> bool:
        """Take the results that came; False where nothing is on its way any more."""
        came = self.senders.results(until_one=until_one)
        for result in came:
            self._take(result)
        return bool(came)

    def _take(self, result: SendResult[PreparedDelivery]) -> None:
        state, why = DeliveryState.SENT, None
        if isinstance(result.problem, AddressRefused):
            self.patience.record_refused(result.method)
            state, why = DeliveryState.REFUSED, DeliveryProblem.REFUSED
        elif result.problem is not None:
            log.info("A message was not accepted: %s", type(result.problem).__name__)
            self.patience.record_failure(result.method, result.problem, result.seconds)
            if not isinstance(result.problem, TryLater):
                log.warning("A message could not be made or sent: %s", type(result.problem).__name__)
            is_last = result.key.delivery.tries + 1 >= MOST_TRIES
            state = DeliveryState.REFUSED if is_last else DeliveryState.WAITING
            why = DeliveryProblem.GIVEN_UP if is_last else None
        else:
            self.patience.record_sent(result.method)
        self.results.append((result.key, state, why))

    def _record_results(self) -> None:
        """Store what became of the messages whose results came since."""
        sent = [prepared.delivery.pk for prepared, state, _why in self.results if state == DeliveryState.SENT]
        if sent:
            Delivery.objects.filter(pk__in=sent).update(state=DeliveryState.SENT, at=timezone.now())
        for prepared, state, why in self.results:
            if why is not None:
                prepared.delivery.set_aside(why, prepared.household[0].envelope)
            elif state != DeliveryState.SENT:
                prepared.delivery.set_state(state)
        self.results.clear()


def claim_first_message_of_day(mailing: Mailing, point: str) -> bool:
    """True the first time an organisation writes to this address today, unasked; it does so once a day at most."""
    organisation = mailing.event.organisation
    digest = digest_address_for_today(organisation, point)
    _row, made = DayReached.objects.get_or_create(
        organisation=organisation, day=timezone.localdate(), digest=digest
    )
    return made
