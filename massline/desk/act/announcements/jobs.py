"""Worker jobs of announcements: what waits is written, one way at a time. Addresses are opened here and nowhere else."""

import logging

from django.utils import timezone

from massline.desk.act.announcements.actions import DELIVER, end_unsubscribed_news
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.announcements.notice_delivery import PreparedNotice, send_notices
from massline.desk.act.messages import configured_channels
from massline.desk.act.messages.method_queue import queue_by_method
from massline.desk.act.messages.senders import Senders
from massline.desk.guard.keys import courier_keys
from massline.desk.people.job_scope import organisation_key_of_row
from massline.jobs.lanes import MESSAGES
from massline.jobs.registry import every, job
from massline.square.calls.models import PublicEvent

log = logging.getLogger("massline.act")


@every(minutes=1, database="desk", lane=MESSAGES)
def continue_announcements() -> None:
    """End what people stopped, then queue every announcement with messages that wait."""
    end_unsubscribed_news()
    if not configured_channels.list_configured_channels():
        return
    waiting = set(Notice.objects.to_send().values_list("announcement", flat=True))
    for announcement in Announcement.objects.filter(pk__in=waiting):
        queue_by_method(DELIVER, announcement=announcement.pk)


@job(
    DELIVER,
    repeatable=True,
    lane=MESSAGES,
    owner=lambda announcement, **_way: organisation_key_of_row(Announcement, pk=announcement),
)
def deliver_announcement(announcement: int, method: str = "") -> None:
    """Write to those who asked to be told, by one method and for a while; the rest goes on after other messages.

    Without a method, a job is queued for each.
    """
    if not method:
        queue_by_method(DELIVER, announcement=announcement)
        return
    rows = Announcement.objects.select_related("organisation", "event", "call")
    row = rows.filter(pk=announcement).first()
    public = PublicEvent.objects.filter(uuid=row.event.uuid).with_page().first() if row else None
    if row is None or public is None:
        return
    try:
        private = courier_keys.read_private_key(row.uuid)
    except courier_keys.CourierGone as error:
        log.warning("Nobody was told: %s", error)
        return
    if private is None:
        return
    with Senders[PreparedNotice](configured_channels.list_configured_channels(method)) as senders:
        more = send_notices(row, public, private, senders, now=timezone.now())
    if more:
        queue_by_method(DELIVER, method=method, announcement=row.pk)
