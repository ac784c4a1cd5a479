"""The one place where a short name in an address becomes an organisation of the square."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from massline.square.organisations.models import PublicOrganisation


def access_organisation(slug: str) -> PublicOrganisation:
    """Return the organisation, and activate its time zone."""
    organisation = get_object_or_404(PublicOrganisation.objects.select_related("parent"), slug=slug)
    timezone.activate(organisation.zone)
    return organisation
