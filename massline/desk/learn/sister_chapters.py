"""PLACEHOLDER from massline.desk.learn.actions: Holding the review, keeping the lesson, sharing it the same day, and asking the next question."""

from django.db.models import QuerySet

from massline.desk.people.models import Organisation
from massline.desk.people.states import Kind


def list_sister_chapters(organisation: Organisation) -> QuerySet[Organisation]:
    """Every chapter beside and below, and the whole above. An inner organisation gives nothing away."""
    if organisation.kind == Kind.INNER:
        return Organisation.objects.none()
    family = Organisation.objects.filter(parent=organisation)
    if organisation.parent_id is not None:
        family |= Organisation.objects.filter(parent_id=organisation.parent_id)
        family |= Organisation.objects.filter(pk=organisation.parent_id)
    return family.exclude(pk=organisation.pk).distinct()
