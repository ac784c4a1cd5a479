"""Contacts, next steps and sections by their id in a URL, if this account may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.models import Contact, NextStep, Section


def access_contact(request: DeskRequest, org: str, pk: int) -> Contact:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    return get_object_or_404(Contact.objects.of(organisation).select_related("organisation"), pk=pk)


def access_step(request: DeskRequest, org: str, pk: int) -> NextStep:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    return get_object_or_404(
        NextStep.objects.select_related("contact__organisation"), contact__organisation=organisation, pk=pk
    )


def access_section(request: DeskRequest, org: str, pk: int) -> Section:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    return get_object_or_404(Section.objects.select_related("organisation"), organisation=organisation, pk=pk)
