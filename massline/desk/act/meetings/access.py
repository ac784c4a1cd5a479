"""Meetings, agenda items and speakers by their id in a URL, if this account may see them."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.desk.act.events.access import access_event
from massline.desk.act.meetings.models import Item, Meeting, Waiting
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role


def access_meeting(request: DeskRequest, org: str, pk: int, *, need: Role) -> Meeting:
    """Return the meeting of an event; raises Http404 if it has no agenda."""
    event = access_event(request, org, pk, need=need)
    meeting = Meeting.objects.filter(event=event).prefetch_related("items__motion").first()
    if meeting is None:
        raise Http404
    meeting.event = event
    return meeting


def access_item(request: DeskRequest, org: str, pk: int, item_pk: int, *, need: Role) -> Item:
    meeting = access_meeting(request, org, pk, need=need)
    item = get_object_or_404(Item.objects.select_related("motion"), meeting=meeting, pk=item_pk)
    item.meeting = meeting
    return item


def access_waiting_speaker(request: DeskRequest, org: str, pk: int, waiting_pk: int) -> Waiting:
    meeting = access_meeting(request, org, pk, need=Role.ORGANISER)
    return get_object_or_404(Waiting.objects.select_related("item"), item__meeting=meeting, pk=waiting_pk)
