"""Events found by the id in an address, if this account may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.act.events.models import Event
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation


def access_event(request: DeskRequest, org: str, pk: int, *, need: Role) -> Event:
    organisation = access_organisation(request, org, need=need)
    events = Event.objects.of(organisation).select_related("organisation", "call", "next_event", "series")
    return get_object_or_404(events, pk=pk)


def find_template_event(request: DeskRequest, organisation: Organisation) -> Event | None:
    """The event that a new one shall be like, as the address says ("?like=7"); None without one."""
    like = request.GET.get("like", "")
    events = Event.objects.of(organisation).select_related("organisation")
    return (
        events.filter(pk=int(like)).first() if like.isascii() and like.isdigit() and len(like) < 10 else None
    )


def access_event_ahead(request: DeskRequest, org: str, pk: int, *, need: Role) -> Event:
    """An event, with a call or without, that is neither cancelled nor closed."""
    organisation = access_organisation(request, org, need=need)
    events = Event.objects.of(organisation).filter(cancelled=False, closed_at=None)
    return get_object_or_404(events.select_related("organisation", "series", "join_link"), pk=pk)


def access_planned_event(request: DeskRequest, org: str, pk: int, *, need: Role) -> Event:
    """An event that can be changed here: without a call, neither cancelled nor closed."""
    organisation = access_organisation(request, org, need=need)
    events = Event.objects.of(organisation).filter(call=None, cancelled=False, closed_at=None)
    return get_object_or_404(events.select_related("organisation", "series__organisation"), pk=pk)
