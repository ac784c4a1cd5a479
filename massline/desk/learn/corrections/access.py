"""A correction, read from an id in an address, for accounts that may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.corrections.models import Correction
from massline.desk.people.choices import Role


def access_correction(request: DeskRequest, org: str, pk: int) -> Correction:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    return get_object_or_404(Correction.objects.filter(organisation=organisation), pk=pk)
