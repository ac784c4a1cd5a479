"""Delivery of an announcement: each notice is claimed before it is sent, and nobody gets two unasked messages a day.

The first message of a day is counted in the same commit that claims it. Whoever was written to that day already, about
whatever and by whatever way, gets this one the next morning, or not at all where the event is over by then.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as hour

from django.db import DatabaseError, transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.core.connections.deadline import Deadline
from massline.core.contact_points import ContactMethod, parse_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.announcements.notice_texts import compose_notice
from massline.desk.act.messages.channel_interface import AddressRefused, Channel
from massline.desk.act.messages.daily_address_keys import digest_for_today
from massline.desk.act.messages.models import DayReached, DeliveryState
from massline.desk.act.messages.send_times import QUIET_UNTIL, is_quiet
from massline.desk.act.messages.service_patience import ServicePatience
from massline.desk.people.models import Contact
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.sealing import envelope_binding, unseal

log = logging.getLogger("massline.act")
MOST_TRIES = 20


@dataclass
class _Run:
    """One run over an announcement: its parts, and the patience with each service."""

    announcement: Announcement
    event: PublicEvent
    private_key: bytes
    channels: Mapping[ContactMethod, Channel]
    patience: ServicePatience = field(default_factory=ServicePatience)

    def send(self, notice: Notice) -> None:
        channel = self.channels.get(ContactMethod(notice.method))
        if channel is None or channel.method in self.patience.unreachable:
            return
        opened = self._open(notice)
        if opened is None:
            notice.set_state(DeliveryState.REFUSED)
            return
        if not self._still_wants(notice):
            notice.set_state(DeliveryState.LET_GO)
            return
        with transaction.atomic(using="desk"):
            if not notice.claim():
                return
            if not self._is_first_of_day(notice, opened["contact"]):
                self._put_off(notice)
                return
        notice.set_state(self._send_to(notice, opened, channel))

    def _still_wants(self, notice: Notice) -> bool:
        """False where they took their consent or their wish back since."""
        wishes = {f"subscription__{self.announcement.kind}": True}
        return Contact.objects.filter(pk=notice.contact_id, **wishes).with_consent().exists()

    def _open(self, notice: Notice) -> dict[str, str] | None:
        binding = envelope_binding(self.announcement.uuid, notice.uuid)
        try:
            return unseal(bytes(notice.sealed or b""), self.private_key, bound_to=binding)
        except (CryptoError, ValueError):
            return None

    def _is_first_of_day(self, notice: Notice, point: str) -> bool:
        today = timezone.localdate()
        if notice.counted_on == today:  # tried before, and not accepted
            return True
        _row, made = DayReached.objects.get_or_create(
            organisation=self.announcement.organisation, day=today, digest=digest_for_today(point)
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

    def _send_to(self, notice: Notice, opened: dict[str, str], channel: Channel) -> DeliveryState:
        """Send one message. Whatever goes wrong with it is its own trouble; the next one is sent all the same."""
        to = parse_contact_point(opened["contact"])
        began = time.monotonic()
        try:
            if to is None:
                return DeliveryState.REFUSED
            message = compose_notice(self.announcement, self.event, notice, to, opened)
            with Deadline(self.patience.seconds(channel.method)):
                channel.send(message)
        except AddressRefused:
            self.patience.record_refused(channel.method)
            return DeliveryState.REFUSED
        except DatabaseError:
            raise
        except Exception as problem:  # noqa: BLE001 - one message must not stop the others; it is kept and logged
            log.info("A message was not accepted: %s", type(problem).__name__)
            self.patience.record_failure(channel.method, problem, time.monotonic() - began)
            return DeliveryState.REFUSED if notice.tries + 1 >= MOST_TRIES else DeliveryState.WAITING
        self.patience.record_sent(channel.method)
        return DeliveryState.SENT


def send_notices(
    announcement: Announcement,
    event: PublicEvent,
    private_key: bytes,
    channels: Mapping[ContactMethod, Channel],
    *,
    now: datetime,
    seconds: float = 45.0,
) -> bool:
    """Send the waiting notices for about `seconds`; True if more of them could go out straight away."""
    if event.is_cancelled or event.is_over:
        for notice in announcement.notices.filter(state=DeliveryState.WAITING):
            notice.set_state(DeliveryState.LET_GO)
        return False
    if is_quiet(now, event.organisation.zone) and not announcement.may_ring_at_night:
        return False
    began, run = time.monotonic(), _Run(announcement, event, private_key, channels)
    try:
        for notice in announcement.notices.to_send().order_by("tries", "pk"):
            if time.monotonic() - began > seconds:
                return True
            run.send(notice)
    finally:
        erase_after_commit("desk")
    return False
