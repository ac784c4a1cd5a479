"""Calls and events found by the names in an address."""

from uuid import UUID

from django.http import Http404

from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.organisations.access import access_organisation


def access_call(org: str, slug: str) -> PublishedCall:
    organisation = access_organisation(org)
    calls = PublishedCall.objects.filter(organisation=organisation).with_owed()
    call = calls.select_related("event", "report__organisation").filter(slug=slug).first()
    if call is None:
        raise Http404
    call.organisation = call.event.organisation = organisation
    return call


def access_event(org: str, uuid: UUID) -> PublicEvent:
    organisation = access_organisation(org)
    event = PublicEvent.objects.filter(organisation=organisation, uuid=uuid).with_page().first()
    if event is None:
        raise Http404
    event.organisation = organisation
    return event


def access_code(code: str) -> PublishedCall:
    """Find a call by the code of its short address, in upper or lower case."""
    call = PublishedCall.objects.select_related("organisation").filter(code=code.lower()).first()
    if call is None:
        raise Http404
    return call
