"""Delivery of an announcement: each notice is claimed before it is sent, and nobody gets two unasked messages a day.

The first message of a day is counted in the same commit that claims it. Whoever was written to that day already, about
whatever and by whatever way, gets this one the next morning, or not at all where the event is over by then.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as hour

from django.db import DatabaseError, transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.announcements.notice_texts import compose_notice
from massline.desk.act.messages.channel_interface import AddressRefused
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.models import DayReached, DeliveryState
from massline.desk.act.messages.send_times import QUIET_UNTIL, is_quiet_hour
from massline.desk.act.messages.senders import Senders, SendResult
from massline.desk.act.messages.service_patience import ServicePatience
from massline.desk.people.models import Contact
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.sealing import envelope_binding, open_contents

log = logging.getLogger("massline.act")
MOST_TRIES = 20


@dataclass(frozen=True)
class PreparedNotice:
    """A notice whose address is open, and to whom it goes."""

    notice: Notice
    to: ContactPoint
    opened: dict[str, str]


@dataclass
class _Run:
    """One run over an announcement: its parts, the patience with each service, and what is to be sent next."""

    announcement: Announcement
    event: PublicEvent
    private_key: bytes
    senders: Senders[PreparedNotice]
    patience: ServicePatience = field(default_factory=ServicePatience)
    ready: list[PreparedNotice] = field(default_factory=list)
    results: list[tuple[Notice, DeliveryState]] = field(default_factory=list)

    def add(self, notice: Notice) -> None:
        """Take one more notice; it is sent as soon as a connection is free."""
        method = ContactMethod(notice.method)
        if method not in self.senders:
            return
        opened = self._open(notice)
        to = parse_contact_point(opened["contact"]) if opened else None
        if opened is None or to is None:
            notice.set_state(DeliveryState.REFUSED)
            return
        if not self._still_wants(notice):
            notice.set_state(DeliveryState.LET_GO)
            return
        while not self._has_room(method):
            self._send_ready()
            self._collect(until_one=True)
        if method not in self.patience.unreachable:
            self.ready.append(PreparedNotice(notice, to, opened))

    def _has_room(self, method: ContactMethod) -> bool:
        waiting = sum(prepared.to.method == method for prepared in self.ready)
        return method in self.patience.unreachable or self.senders.free(method) > waiting

    def finish(self) -> None:
        """Send what is ready, and store the result of every notice that is on its way."""
        self._send_ready()
        while self.results or self._collect(until_one=True):
            self._send_ready()

    def _send_ready(self) -> None:
        ready = [prepared for prepared in self.ready if prepared.to.method not in self.patience.unreachable]
        self.ready.clear()
        with transaction.atomic(using="desk"):
            self._record_results()
            due = [prepared for prepared in ready if self._claim(prepared)]
        for prepared in due:
            self._start(prepared)

    def _claim(self, prepared: PreparedNotice) -> bool:
        if not prepared.notice.claim():
            return False
        if self._is_first_of_day(prepared.notice, str(prepared.to)):
            return True
        self._put_off(prepared.notice)
        return False

    def _start(self, prepared: PreparedNotice) -> None:
        """Send one message. Whatever goes wrong with it is its own trouble; the next one is sent all the same."""
        try:
            message = compose_notice(
                self.announcement, self.event, prepared.notice, prepared.to, prepared.opened
            )
        except DatabaseError:
            raise
        except Exception as problem:  # noqa: BLE001 - one message must not stop the others; it is kept and logged
            self._take(SendResult(prepared, prepared.to.method, problem, 0.0))
        else:
            self.senders.start(prepared, message, seconds=self.patience.seconds(prepared.to.method))

    def _collect(self, *, until_one: bool) -> bool:
        came = self.senders.results(until_one=until_one)
        for result in came:
            self._take(result)
        return bool(came)

    def _take(self, result: SendResult[PreparedNotice]) -> None:
        notice, state = result.key.notice, DeliveryState.SENT
        if isinstance(result.problem, AddressRefused):
            self.patience.record_refused(result.method)
            state = DeliveryState.REFUSED
        elif result.problem is not None:
            log.info("A message was not accepted: %s", type(result.problem).__name__)
            self.patience.record_failure(result.method, result.problem, result.seconds)
            state = DeliveryState.REFUSED if notice.tries + 1 >= MOST_TRIES else DeliveryState.WAITING
        else:
            self.patience.record_sent(result.method)
        self.results.append((notice, state))

    def _record_results(self) -> None:
        for notice, state in self.results:
            notice.record_result(state)
        self.results.clear()

    def _still_wants(self, notice: Notice) -> bool:
        """False where they took their consent or their wish back since."""
        wishes = {f"subscription__{self.announcement.kind}": True}
        return Contact.objects.filter(pk=notice.contact_id, **wishes).with_consent().exists()

    def _open(self, notice: Notice) -> dict[str, str] | None:
        binding = envelope_binding(self.announcement.uuid, notice.uuid)
        try:
            return open_contents(bytes(notice.sealed or b""), self.private_key, bound_to=binding)
        except (CryptoError, ValueError):
            return None

    def _is_first_of_day(self, notice: Notice, point: str) -> bool:
        today = timezone.localdate()
        if notice.counted_on == today:  # tried before, and not accepted
            return True
        organisation = self.announcement.organisation
        _row, made = DayReached.objects.get_or_create(
            organisation=organisation, day=today, digest=digest_address_for_today(organisation, point)
        )
        Notice.objects.filter(pk=notice.pk).update(counted_on=today if made else None)
        return made

    def _put_off(self, notice: Notice) -> None:
        """Leave it for tomorrow morning, or let it go where that is too late."""
        zone = self.event.organisation.zone
        tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
        morning = datetime.combine(tomorrow, QUIET_UNTIL or hour(8), tzinfo=zone)
        if morning >= self.event.ends_at:
            notice.set_state(DeliveryState.LET_GO)
            return
        Notice.objects.filter(pk=notice.pk).update(
            state=DeliveryState.WAITING, tries=0, not_before=morning, at=timezone.now()
        )


def send_notices(
    announcement: Announcement,
    event: PublicEvent,
    private_key: bytes,
    senders: Senders[PreparedNotice],
    *,
    now: datetime,
    seconds: float = 45.0,
) -> bool:
    """Send the waiting notices for about `seconds`; True if more of them could go out straight away."""
    if event.is_cancelled or event.is_over:
        for notice in announcement.notices.filter(state=DeliveryState.WAITING):
            notice.set_state(DeliveryState.LET_GO)
        return False
    if is_quiet_hour(now, event.organisation.zone) and not announcement.may_ring_at_night:
        return False
    began, run = time.monotonic(), _Run(announcement, event, private_key, senders)
    try:
        for notice in announcement.notices.to_send().order_by("tries", "pk"):
            if time.monotonic() - began > seconds:
                return True
            run.add(notice)
    finally:
        run.finish()
        erase_after_commit("desk")
    return False
