"""Mandates and rungs by their id in a URL, if this account may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.mandate_models import Mandate
from massline.desk.people.rung_models import Rung


def access_mandate(request: DeskRequest, org: str, pk: int) -> Mandate:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    mandates = Mandate.objects.filter(organisation=organisation, closed_on=None)
    return get_object_or_404(mandates.select_related("organisation"), pk=pk)


def access_rung(request: DeskRequest, org: str, pk: int) -> Rung:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    rungs = Rung.objects.filter(organisation=organisation).select_related("organisation")
    return get_object_or_404(rungs, pk=pk)
