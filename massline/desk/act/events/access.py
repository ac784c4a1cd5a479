"""PLACEHOLDER from massline.desk.act.access: From an id in an address to an event, a deed, a contact or a step, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.act.events.models import Event
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def access_event(request: DeskRequest, org: str, pk: int, *, need: Role) -> Event:
    organisation = access_organisation(request, org, need=need)
    events = Event.objects.of(organisation).select_related("organisation", "call", "next_event", "series")
    return get_object_or_404(events, pk=pk)


def access_planned_event(request: DeskRequest, org: str, pk: int, *, need: Role) -> Event:
    """An event that no call stands behind and that is still on: it can be changed here."""
    organisation = access_organisation(request, org, need=need)
    events = Event.objects.of(organisation).filter(call=None, cancelled=False, closed_at=None)
    return get_object_or_404(events.select_related("organisation"), pk=pk)
