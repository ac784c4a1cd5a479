"""Sister chapters: the organisations that lessons are passed on to."""

from django.db.models import QuerySet

from massline.desk.people.choices import OrganisationKind
from massline.desk.people.models import Organisation


def list_sister_chapters(organisation: Organisation) -> QuerySet[Organisation]:
    """Return every chapter beside and below, and the organisation above; none for an inner organisation."""
    if organisation.kind == OrganisationKind.INNER:
        return Organisation.objects.none()
    family = Organisation.objects.filter(parent=organisation)
    if organisation.parent_id is not None:
        family |= Organisation.objects.filter(parent_id=organisation.parent_id)
        family |= Organisation.objects.filter(pk=organisation.parent_id)
    return family.exclude(pk=organisation.pk).distinct()
