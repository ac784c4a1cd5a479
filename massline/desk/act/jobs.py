"""What the worker does for acting: it writes to those who come. Addresses are opened here and nowhere else."""

import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from massline.core.expiry import blank_outlived
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Series
from massline.desk.act.events.series_actions import plan_ahead
from massline.desk.act.messages import bots, channels
from massline.desk.act.messages.cadence import windows
from massline.desk.act.messages.contact_points import Way
from massline.desk.act.messages.delivery import deliver, list_everybody
from massline.desk.act.messages.models import Delivery, Mailing, Occasion
from massline.desk.act.messages.texts import told
from massline.desk.guard.keys import courier
from massline.jobs.models import enqueue
from massline.jobs.registry import every, job
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import CourierCopy, CourierKey

log = logging.getLogger("massline.act")
ASKED: dict[Way, Callable[[Any], int]] = {
    Way.TELEGRAM: bots.answer_telegram,
    Way.MATRIX: bots.answer_matrix,
}
SILENT_SECONDS = 300.0
_silent_until: dict[Way, float] = {}
TELL_CHANGE, TELL_CANCELLED, DELIVER = "act.tell_change", "act.tell_cancelled", "act.deliver"


@every(minutes=1, database="desk")
def look_after_messages() -> None:
    """Begin what is due, and go on with what waits. Nothing is begun where nothing can be sent."""
    if not channels.configured():
        return
    now = timezone.now()
    keyed = CourierKey.objects.exclude(about=None).values_list("about", flat=True)
    for event in PublicEvent.objects.filter(uuid__in=list(keyed)).with_page():
        ours = Event.objects.filter(uuid=event.uuid).first()
        for window in windows(event) if ours else ():
            if window.holds(now):
                mailing, _made = Mailing.objects.get_or_create(
                    event=ours, occasion=window.occasion, sequence=0
                )
                _begin(mailing, again=window.occasion == Occasion.WELCOME)
        if ours and now < event.starts_at:
            _tell_who_moved_up(ours)
    for mailing in Mailing.objects.filter(pk__in=_waiting()):
        enqueue(DELIVER, using="desk", key=f"{DELIVER} {mailing.pk}", mailing=mailing.pk)


@every(minutes=1 / 6, database="desk")
def answer_who_asks() -> None:
    """What's next? A service that does not answer is left alone for a while: other work waits behind it."""
    for carrier in channels.configured():
        if carrier.way in ASKED and time.monotonic() >= _silent_until.get(carrier.way, 0.0):
            try:
                ASKED[carrier.way](carrier())
            except channels.Unreachable as problem:
                _silent_until[carrier.way] = time.monotonic() + SILENT_SECONDS
                log.info("%s does not answer (%s).", carrier.way, problem)


def _tell_who_moved_up(event: Event) -> None:
    """Write to those who have what they waited for. Each place they move up to is news once."""
    lucky = CourierCopy.objects.filter(envelope__moved_up=True, envelope__about=event.uuid)
    copies = set(lucky.values_list("uuid", flat=True))
    if copies:
        mailing, _made = Mailing.objects.get_or_create(event=event, occasion=Occasion.MOVED_UP, sequence=0)
        _begin(mailing, again=True, only=copies)


def _waiting() -> set[int]:
    return set(Delivery.objects.to_send().values_list("mailing", flat=True))


def _begin(mailing: Mailing, *, again: bool = False, only: set[UUID] | None = None) -> None:
    """List who is to hear. Only who is counted in is looked for again: nobody else comes too late to old news."""
    if mailing.known and not again:
        return
    try:
        ways = [one.way for one in channels.configured()]
        list_everybody(mailing, ways, courier.open_addresses, only=only)
    except courier.CourierGone as problem:
        log.warning("Nobody was written to: %s", problem)


@job(TELL_CHANGE, repeatable=True)
def tell_change(event: str, was: dict[str, Any]) -> None:
    """Write to everybody that something changed, once for each number of the calendar.

    Where an earlier change is still on its way, those who have not heard of it hear of both at once.
    """
    public = PublicEvent.objects.filter(uuid=UUID(event)).with_page().first()
    ours = Event.objects.filter(uuid=UUID(event)).first()
    if public is None or ours is None or public.is_cancelled or not channels.configured():
        return
    unheard = ours.mailings.filter(occasion=Occasion.CHANGED, sequence__lt=public.sequence)
    unheard = unheard.filter(deliveries__state="waiting").order_by("sequence").distinct()
    before = unheard.first()
    was = before.was if before is not None else was
    if told(was, public):
        _tell(ours, Occasion.CHANGED, public.sequence, was=was)
    for mailing in unheard:
        mailing.deliveries.filter(state="waiting").update(state="let_go")


@job(TELL_CANCELLED, repeatable=True)
def tell_cancelled(event: str) -> None:
    public = PublicEvent.objects.filter(uuid=UUID(event)).with_page().first()
    ours = Event.objects.filter(uuid=UUID(event)).first()
    if public is None or ours is None or not public.is_cancelled or not channels.configured():
        return
    for mailing in ours.mailings.exclude(occasion=Occasion.CANCELLED):
        mailing.deliveries.filter(state="waiting").update(state="let_go")
    _tell(ours, Occasion.CANCELLED, public.sequence)


def _tell(event: Event, occasion: Occasion, sequence: int, **facts: Any) -> None:
    mailing, _made = Mailing.objects.get_or_create(
        event=event, occasion=occasion, sequence=sequence, defaults=facts
    )
    _begin(mailing)
    enqueue(DELIVER, using="desk", key=f"{DELIVER} {mailing.pk}", mailing=mailing.pk)


@job(DELIVER, repeatable=True)
def deliver_mailing(mailing: int) -> None:
    found = Mailing.objects.select_related("event__organisation").filter(pk=mailing).first()
    public = PublicEvent.objects.filter(uuid=found.event.uuid).with_page().first() if found else None
    if found is None or public is None:
        return
    try:
        with channels.opened() as open_carriers:
            more = deliver(found, public, open_carriers, courier.open_addresses, now=timezone.now())
    except courier.CourierGone as problem:
        log.warning("Nobody was written to: %s", problem)
        return
    if more:
        enqueue(DELIVER, using="desk", key=f"{DELIVER} {found.pk}", mailing=found.pk)


@every(minutes=60, database="desk")
def forget_what_people_needed() -> None:
    blank_outlived("desk")


@every(minutes=60, database="desk")
def plan_what_comes_again() -> None:
    for series in Series.objects.filter(ended_on=None).select_related("organisation"):
        plan_ahead(series, by=None)
