"""Setting the link to an online room, and sealing it for those who have a place."""

from django.db import transaction

from massline.core.db.erasure import erase_after_commit
from massline.desk.act.events.join_link import JoinLink
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import AppliesTo, Series
from massline.desk.act.events.series_actions import list_other_dates
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.jobs.models import enqueue
from massline.square.envelopes.join_links import seal_join_link

TELL_LINK = "act.tell_link"


def set_join_link(*, event: Event, link: str, by: Account | None, applies_to: str = "this") -> int:
    """Set the link of one date of a series, this and all that follow, or all to come; return of how many it changed.

    Those who have a place find it on their page, and are written to. The activity log does not hold the link.
    """
    changed = 0
    with transaction.atomic(using="desk"):
        for date in (event, *list_other_dates(event, applies_to)):
            changed += _set_link(date, link, by)
        if event.series is not None and applies_to != AppliesTo.THIS:
            event.series.set_online_link(link)
            event.series.save(update_fields=["sealed_link"])
        erase_after_commit("desk")
    return changed


def set_series_link(*, series: Series, link: str, by: Account | None) -> None:
    """Set the link of a new series: of the dates that are planned, and of those that come later."""
    with transaction.atomic(using="desk"):
        series.set_online_link(link)
        series.save(update_fields=["sealed_link"])
        for date in series.events.select_related("organisation"):
            _set_link(date, link, by)


def _set_link(event: Event, link: str, by: Account | None) -> bool:
    row = JoinLink.objects.select_for_update().filter(event=event).first() or JoinLink(event=event)
    if row.address == link and (row.version or not link):
        return False
    row.set_address(link)
    row.save()
    chain.append_line(event.organisation, by, "changed the link to join online", event)
    enqueue(TELL_LINK, using="desk", event=str(event.uuid))
    return True


def seal_for_sign_ups(event: Event) -> int:
    """Bring what the square holds of the link up to date: sealed to each who has a place, gone for everybody else."""
    row = JoinLink.objects.select_related("event").filter(event=event).first()
    if row is None:
        return 0
    # The link and its version come from one reading: `event` may have been read before somebody changed the link.
    takes_place_online = row.event.is_online and not row.event.cancelled
    return seal_join_link(event.uuid, row.address if takes_place_online else "", row.version)
