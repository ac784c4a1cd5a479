"""Lessons, read from an id in an address, for accounts that may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.lessons.models import Lesson
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.desk.people.scope import scope_to_everything


def access_lesson(request: DeskRequest, org: str, pk: int, *, need: Role) -> Lesson:
    """Return a lesson of the organisation, or one that a sister chapter passed on to it."""
    organisation = access_organisation(request, org, need=need)
    with scope_to_everything("a lesson says itself to whom it was passed on"):
        lessons = Lesson.objects.readable_by(organisation)
        return get_object_or_404(
            lessons.select_related(
                "review__event__organisation", "review__event__call__decision", "next_round"
            ),
            pk=pk,
        )


def list_received_lessons(organisation: Organisation) -> list[Lesson]:
    """Return the newest lessons that sister chapters passed on, with the event each was learnt at."""
    with scope_to_everything("a lesson says itself to whom it was passed on"):
        received = Lesson.objects.received_by(organisation)
        return list(received.select_related("review__event__organisation")[:30])


def access_own_lesson(request: DeskRequest, org: str, pk: int) -> Lesson:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    lessons = Lesson.objects.of(organisation).select_related("review__event__organisation", "next_round")
    return get_object_or_404(lessons, pk=pk)
