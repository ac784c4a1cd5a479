"""From an id in an address to an event under review, or a lesson, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.act.models import Event
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.longer import Agreement, Correction, Hypothesis
from massline.desk.learn.models import AfterActionReview, Lesson
from massline.desk.learn.passing import ForeignLesson
from massline.desk.people.models import Organisation
from massline.desk.people.scope import everything, join_for_request
from massline.desk.people.states import Role


def access_event(request: DeskRequest, org: str, pk: int, *, need: Role) -> Event:
    organisation = access_organisation(request, org, need=need)
    join_for_request([organisation.parent_id], "the mass meeting of the whole can be what comes next")
    events = Event.objects.of(organisation).filter(cancelled=False)
    return get_object_or_404(
        events.select_related("organisation__parent", "call__decision", "next_event", "review__held_by"),
        pk=pk,
    )


def access_review(request: DeskRequest, org: str, event_pk: int) -> AfterActionReview:
    event = access_event(request, org, event_pk, need=Role.ORGANISER)
    reviews = AfterActionReview.objects.select_related("event__organisation__parent", "event__call")
    return get_object_or_404(reviews, event=event)


def access_lesson(request: DeskRequest, org: str, pk: int, *, need: Role) -> Lesson:
    """A lesson of one's own, or one that a sister chapter passed on."""
    organisation = access_organisation(request, org, need=need)
    with everything("a lesson says itself to whom it was passed on"):
        lessons = Lesson.objects.readable_by(organisation)
        return get_object_or_404(
            lessons.select_related(
                "review__event__organisation", "review__event__call__decision", "next_round"
            ),
            pk=pk,
        )


def lessons_received(organisation: Organisation) -> list[Lesson]:
    """The newest lessons that sister chapters passed on, with the event each was learnt at."""
    with everything("a lesson says itself to whom it was passed on"):
        received = Lesson.objects.received_by(organisation)
        return list(received.select_related("review__event__organisation")[:30])


def access_own_lesson(request: DeskRequest, org: str, pk: int) -> Lesson:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    lessons = Lesson.objects.of(organisation).select_related("review__event__organisation", "next_round")
    return get_object_or_404(lessons, pk=pk)


def access_received(request: DeskRequest, org: str, pk: int, *, need: Role) -> ForeignLesson:
    """A lesson that came in a signed file."""
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(ForeignLesson.objects.filter(organisation=organisation), pk=pk)


def access_agreement(request: DeskRequest, org: str, pk: int) -> Agreement:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    agreements = Agreement.objects.filter(review__event__organisation=organisation)
    return get_object_or_404(agreements.select_related("review__event__organisation"), pk=pk)


def access_correction(request: DeskRequest, org: str, pk: int) -> Correction:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    return get_object_or_404(Correction.objects.filter(organisation=organisation), pk=pk)


def access_hypothesis(request: DeskRequest, org: str, pk: int, *, need: Role) -> Hypothesis:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(Hypothesis.objects.filter(organisation=organisation), pk=pk)
