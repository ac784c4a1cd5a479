"""Delivery of an announcement: each notice is claimed before it is sent, and nobody gets two unasked messages a day.

The first message of a day is counted in the same commit that claims it. Whoever was written to that day already, about
whatever and by whatever way, gets this one the next morning, or not at all where the event is over by then.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as hour

from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.announcements.notice_texts import compose_notice
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.message import Message
from massline.desk.act.messages.models import DayReached, DeliveryState
from massline.desk.act.messages.send_queue import SendOutcome, SendQueue
from massline.desk.act.messages.send_times import QUIET_UNTIL, is_quiet_hour
from massline.desk.act.messages.senders import Senders
from massline.desk.people.models import Contact
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.sealing import envelope_binding, open_contents

STATE_OF = {
    SendOutcome.SENT: DeliveryState.SENT,
    SendOutcome.LATER: DeliveryState.WAITING,
    SendOutcome.REFUSED: DeliveryState.REFUSED,
    SendOutcome.GIVEN_UP: DeliveryState.REFUSED,
}


@dataclass(frozen=True)
class PreparedNotice:
    """A notice whose address is open, and to whom it goes."""

    notice: Notice
    to: ContactPoint
    opened: dict[str, str]

    @property
    def tries(self) -> int:
        return self.notice.tries


@dataclass
class _Run(SendQueue[PreparedNotice]):
    """One run over an announcement."""

    announcement: Announcement
    event: PublicEvent
    private_key: bytes

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
        self.put(PreparedNotice(notice, to, opened))

    def claim(self, ready: Sequence[PreparedNotice]) -> list[PreparedNotice]:
        return [prepared for prepared in ready if self._claim(prepared)]

    def compose(self, prepared: PreparedNotice) -> Message:
        return compose_notice(self.announcement, self.event, prepared.notice, prepared.to, prepared.opened)

    def store(self, outcomes: Sequence[tuple[PreparedNotice, SendOutcome]]) -> None:
        for prepared, outcome in outcomes:
            prepared.notice.record_result(STATE_OF[outcome])

    def _claim(self, prepared: PreparedNotice) -> bool:
        if not prepared.notice.claim():
            return False
        if self._is_first_of_day(prepared.notice, str(prepared.to)):
            return True
        self._put_off(prepared.notice)
        return False

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
    began, run = time.monotonic(), _Run(senders, announcement, event, private_key)
    try:
        for notice in announcement.notices.to_send().order_by("tries", "pk"):
            if time.monotonic() - began > seconds:
                return True
            run.add(notice)
    finally:
        run.finish()
        erase_after_commit("desk")
    return False
