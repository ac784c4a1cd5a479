"""Lessons from other installations, read from an id in an address, for accounts that may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.sharing.models import ForeignLesson
from massline.desk.people.choices import Role


def access_received(request: DeskRequest, org: str, pk: int, *, need: Role) -> ForeignLesson:
    """Return a lesson that came in a signed file."""
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(ForeignLesson.objects.filter(organisation=organisation), pk=pk)
