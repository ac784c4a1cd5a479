"""Worker jobs of the act stage: messages to people who signed up, deletion of needs, series planned ahead.

Addresses are decrypted here and in `announcements/jobs.py`, nowhere else.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from massline.core.contact_points import ContactMethod
from massline.core.expiry import blank_expired_columns
from massline.desk.act.attendance.contact_retention import (
    shorten_retention_of_moved_event,
    shorten_retention_where_reason_ended,
)
from massline.desk.act.events.join_link import JoinLink
from massline.desk.act.events.join_link_actions import TELL_LINK, seal_for_sign_ups
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Series
from massline.desk.act.events.series_actions import plan_due_events
from massline.desk.act.messages import bots, configured_channels
from massline.desk.act.messages.channel_interface import AddressRefused, TryLater
from massline.desk.act.messages.free_text_mailing import SEND_WORDS
from massline.desk.act.messages.mailing_delivery import PreparedDelivery, send_deliveries
from massline.desk.act.messages.method_queue import queue_by_method
from massline.desk.act.messages.models import Delivery, Mailing, Occasion
from massline.desk.act.messages.occasion_texts import summarise_change
from massline.desk.act.messages.recipients import add_recipients
from massline.desk.act.messages.send_times import is_overtaken, list_send_windows
from massline.desk.act.messages.senders import Senders
from massline.desk.guard.keys import courier_keys
from massline.desk.people.job_scope import organisation_key_of_row
from massline.jobs.lanes import BOTS, MESSAGES
from massline.jobs.models import enqueue
from massline.jobs.registry import every, job
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import CourierCopy, CourierKey

log = logging.getLogger("massline.act")
ANSWERERS: dict[ContactMethod, Callable[[Any], int]] = {
    ContactMethod.TELEGRAM: bots.answer_telegram,
    ContactMethod.MATRIX: bots.answer_matrix,
}
SILENT_SECONDS = 300.0
_silent_until: dict[ContactMethod, float] = {}
BEGIN, DELIVER, PLAN_SERIES = "act.begin_mailings", "act.deliver", "act.plan_series"
TELL_CHANGE, TELL_CANCELLED = "act.tell_change", "act.tell_cancelled"


def _owner_of_event(event: str, **_payload: object) -> int | None:
    return organisation_key_of_row(Event, uuid=UUID(event))


@every(minutes=1, database="desk", lane=MESSAGES)
def begin_and_continue_mailings() -> None:
    """Queue each event that somebody signed up for, and the deliveries that wait. Does nothing without a channel."""
    if not configured_channels.list_configured_channels():
        return
    for about in CourierKey.objects.exclude(about=None).values_list("about", flat=True):
        enqueue(BEGIN, using="desk", key=f"{BEGIN} {about}", event=str(about))
    for mailing in Mailing.objects.filter(pk__in=_waiting_mailings()):
        queue_by_method(DELIVER, mailing=mailing.pk)


@job(BEGIN, repeatable=True, lane=MESSAGES, owner=_owner_of_event)
def begin_due_mailings(event: str) -> None:
    """Begin the mailings of one event that are due now."""
    now = timezone.now()
    public = PublicEvent.objects.filter(uuid=UUID(event)).with_page().first()
    desk_event = Event.objects.filter(uuid=UUID(event)).first()
    if public is None or desk_event is None:
        return
    for window in list_send_windows(public):
        if window.contains(now):
            mailing, _made = Mailing.objects.get_or_create(
                event=desk_event, occasion=window.occasion, sequence=0
            )
            _fill_recipients(mailing, again=window.occasion == Occasion.WELCOME)
    if public.is_cancelled:
        for mailing in desk_event.mailings.filter(occasion=Occasion.CANCELLED):
            _fill_recipients(mailing, again=True)  # who signed up in the same moment
    elif now < public.starts_at:
        _begin_slot_mailing(desk_event, Occasion.MOVED_UP, Q(envelope__moved_up=True))
        _begin_slot_mailing(desk_event, Occasion.SLOT_LOST, ~Q(envelope__lost_slot=""))
    for mailing in desk_event.mailings.filter(pk__in=_waiting_mailings()):
        queue_by_method(DELIVER, mailing=mailing.pk)


@every(minutes=1 / 6, database="desk", lane=BOTS)
def answer_bot_questions() -> None:
    """Answer "what's next?" on every bot. A service that is unreachable is skipped for SILENT_SECONDS."""
    for channel in configured_channels.list_configured_channels():
        if channel.method in ANSWERERS and time.monotonic() >= _silent_until.get(channel.method, 0.0):
            try:
                ANSWERERS[channel.method](channel())
            except (AddressRefused, TryLater) as error:
                _silent_until[channel.method] = time.monotonic() + SILENT_SECONDS
                log.info("%s does not answer (%s).", channel.method, error)


def _begin_slot_mailing(event: Event, occasion: Occasion, whom: Q) -> None:
    """List people who moved up from the waiting list, or lost their slot. Each of them is written to once."""
    found = CourierCopy.objects.filter(whom, envelope__about=event.uuid)
    copies = set(found.values_list("uuid", flat=True))
    if copies:
        mailing, _made = Mailing.objects.get_or_create(event=event, occasion=occasion, sequence=0)
        _fill_recipients(mailing, again=True, only=copies)


def _waiting_mailings() -> set[int]:
    return set(Delivery.objects.to_send().values_list("mailing", flat=True))


def _fill_recipients(mailing: Mailing, *, again: bool = False, only: set[UUID] | None = None) -> None:
    """List the recipients of a mailing, once unless `again`.

    Only welcomes, move-ups and cancellations gain recipients later.
    """
    if mailing.known and not again:
        return
    try:
        methods = [channel.method for channel in configured_channels.list_configured_channels()]
        add_recipients(mailing, methods, courier_keys.open_addresses, only=only)
    except courier_keys.CourierGone as error:
        log.warning("Nobody was written to: %s", error)


@job(TELL_CHANGE, repeatable=True, lane=MESSAGES, owner=_owner_of_event)
def begin_change_mailing(event: str, was: dict[str, str]) -> None:
    """Write to everybody about a change, once for each sequence number of the calendar entry.

    Recipients still waiting for an earlier change get both in one message.
    """
    public = PublicEvent.objects.filter(uuid=UUID(event)).with_page().first()
    desk_event = Event.objects.filter(uuid=UUID(event)).first()
    if (
        public is None
        or desk_event is None
        or public.is_cancelled
        or not configured_channels.list_configured_channels()
    ):
        return
    unheard = desk_event.mailings.filter(occasion=Occasion.CHANGED, sequence__lt=public.sequence)
    unheard = unheard.filter(deliveries__state="waiting").order_by("sequence").distinct()
    before = unheard.first()
    was = before.was if before is not None else was
    if summarise_change(was, public):
        _begin_and_queue(desk_event, Occasion.CHANGED, public.sequence, was=was)
    for mailing in unheard:
        mailing.deliveries.filter(state="waiting").update(state="let_go")


@job(TELL_LINK, repeatable=True, lane=MESSAGES, owner=_owner_of_event)
def begin_link_mailing(event: str) -> None:
    """Seal a new link for those who have a place, and write to them, once for each version of it."""
    desk_event = Event.objects.filter(uuid=UUID(event)).select_related("organisation", "join_link").first()
    if desk_event is None or not hasattr(desk_event, "join_link"):
        return
    seal_for_sign_ups(desk_event)
    older = desk_event.mailings.filter(occasion=Occasion.LINK, sequence__lt=desk_event.join_link.version)
    for mailing in older:
        mailing.deliveries.filter(state="waiting").update(state="let_go")
    seated = CourierCopy.objects.filter(envelope__about=desk_event.uuid, envelope__awaits_place=False)
    copies = set(seated.values_list("uuid", flat=True))
    goes_out = desk_event.online_link and not desk_event.cancelled and not desk_event.is_over
    if copies and goes_out and configured_channels.list_configured_channels():
        mailing, _made = Mailing.objects.get_or_create(
            event=desk_event, occasion=Occasion.LINK, sequence=desk_event.join_link.version
        )
        _fill_recipients(mailing, only=copies)
        queue_by_method(DELIVER, mailing=mailing.pk)


@every(minutes=1, database="desk", lane=MESSAGES)
def seal_links_for_new_sign_ups() -> None:
    """Let those who signed up or moved up since find the link on their page, and nobody who has no place."""
    links = JoinLink.objects.filter(event__ends_at__gt=timezone.now() - timedelta(hours=1))
    for link in links.select_related("event__join_link"):
        seal_for_sign_ups(link.event)


@job(TELL_CANCELLED, repeatable=True, lane=MESSAGES, owner=_owner_of_event)
def begin_cancellation_mailing(event: str) -> None:
    public = PublicEvent.objects.filter(uuid=UUID(event)).with_page().first()
    desk_event = Event.objects.filter(uuid=UUID(event)).first()
    if (
        public is None
        or desk_event is None
        or not public.is_cancelled
        or not configured_channels.list_configured_channels()
    ):
        return
    for mailing in desk_event.mailings.exclude(occasion=Occasion.CANCELLED):
        mailing.deliveries.filter(state="waiting").update(state="let_go")
    _begin_and_queue(desk_event, Occasion.CANCELLED, public.sequence)


def _begin_and_queue(event: Event, occasion: Occasion, sequence: int, **facts: Any) -> None:
    mailing, _made = Mailing.objects.get_or_create(
        event=event, occasion=occasion, sequence=sequence, defaults=facts
    )
    _fill_recipients(mailing)
    queue_by_method(DELIVER, mailing=mailing.pk)


@job(
    SEND_WORDS,
    repeatable=True,
    lane=MESSAGES,
    owner=lambda mailing: organisation_key_of_row(Mailing, pk=mailing),
)
def begin_words_mailing(mailing: int) -> None:
    """List everybody who signed up so far, and write to them."""
    row = Mailing.objects.select_related("event__organisation").filter(pk=mailing).first()
    if row is not None and configured_channels.list_configured_channels():
        _fill_recipients(row)
        queue_by_method(DELIVER, mailing=row.pk)


@job(
    DELIVER,
    repeatable=True,
    lane=MESSAGES,
    owner=lambda mailing, **_way: organisation_key_of_row(Mailing, pk=mailing),
)
def deliver_mailing(mailing: int, method: str = "") -> None:
    """Send what waits of a mailing by one method. Without a method, a job is queued for each."""
    if not method:
        queue_by_method(DELIVER, mailing=mailing)
        return
    row = Mailing.objects.select_related("event__organisation").filter(pk=mailing).first()
    public = PublicEvent.objects.filter(uuid=row.event.uuid).with_page().first() if row else None
    if row is None or public is None:
        return
    if is_overtaken(Occasion(row.occasion), public):
        row.deliveries.to_send().update(state="let_go")
        return
    try:
        with Senders[PreparedDelivery](configured_channels.list_configured_channels(method)) as senders:
            more = send_deliveries(row, public, senders, courier_keys.open_addresses, now=timezone.now())
    except courier_keys.CourierGone as error:
        log.warning("Nobody was written to: %s", error)
        return
    if more:
        queue_by_method(DELIVER, method=method, mailing=row.pk)


@every(minutes=60, database="desk")
def delete_needs_after_events() -> None:
    blank_expired_columns("desk")


@job("act.shorten_retention", repeatable=True, owner=_owner_of_event)
def shorten_retention_after_move(event: str, was: dict[str, str]) -> None:
    """Keep those who come to an event that moved to an earlier day no longer than it gives a reason for now."""
    moved = Event.objects.filter(uuid=UUID(event)).select_related("organisation").first()
    if moved is not None:
        hours = {name: datetime.fromisoformat(was[name]) for name in ("starts_at", "ends_at")}
        shorten_retention_of_moved_event(moved, **hours)


@every(minutes=60, database="desk")
def shorten_retention() -> None:
    """Keep those who cancelled, or whose event was cancelled, no longer than they have another reason."""
    shorten_retention_where_reason_ended()


@every(minutes=60, database="desk")
def plan_series_ahead() -> None:
    for series in Series.objects.filter(ended_on=None).values_list("pk", flat=True):
        enqueue(PLAN_SERIES, using="desk", key=f"{PLAN_SERIES} {series}", series=series)


@job(PLAN_SERIES, repeatable=True, owner=lambda series: organisation_key_of_row(Series, pk=series))
def plan_one_series_ahead(series: int) -> None:
    row = Series.objects.filter(pk=series, ended_on=None).select_related("organisation").first()
    if row is not None:
        plan_due_events(row, by=None)
