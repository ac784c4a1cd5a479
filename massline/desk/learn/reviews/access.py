"""Events under review and their reviews, read from an id in an address, for accounts that may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.act.events.models import Event
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.reviews.models import AfterActionReview, Agreement
from massline.desk.people.choices import Role
from massline.desk.people.scope import widen_for_request


def access_event(request: DeskRequest, org: str, pk: int, *, need: Role) -> Event:
    organisation = access_organisation(request, org, need=need)
    widen_for_request([organisation.parent_id], "the mass meeting of the whole can be what comes next")
    events = Event.objects.of(organisation).filter(cancelled=False)
    return get_object_or_404(
        events.select_related("organisation__parent", "call__decision", "next_event", "review__held_by"),
        pk=pk,
    )


def access_review(request: DeskRequest, org: str, event_pk: int) -> AfterActionReview:
    event = access_event(request, org, event_pk, need=Role.ORGANISER)
    reviews = AfterActionReview.objects.select_related("event__organisation__parent", "event__call")
    return get_object_or_404(reviews, event=event)


def access_agreement(request: DeskRequest, org: str, pk: int) -> Agreement:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    agreements = Agreement.objects.filter(review__event__organisation=organisation)
    return get_object_or_404(agreements.select_related("review__event__organisation"), pk=pk)
