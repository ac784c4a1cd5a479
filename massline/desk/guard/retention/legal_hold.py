"""Legal holds: while one is active, nothing of the organisation is deleted, at the desk or on the square."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.core.expiry import register_holds
from massline.desk.guard.retention.models import DualControlProposal, LegalHold
from massline.desk.people.models import Organisation
from massline.square.organisations.models import PublicOrganisation


def active_hold(organisation: Organisation) -> LegalHold | None:
    return (
        LegalHold.objects.filter(organisation=organisation, ended_on=None)
        .select_related("set_by", "seconded_by")
        .first()
    )


def begin_hold(proposal: DualControlProposal) -> None:
    """Start the hold that two key-holders agreed on, unless one is active already."""
    with transaction.atomic(using="desk"):
        LegalHold.objects.get_or_create(
            organisation=proposal.organisation,
            ended_on=None,
            defaults={
                "reason": proposal.reason,
                "set_by": proposal.made_by,
                "seconded_by": proposal.seconded_by,
            },
        )
        _tell_the_square(proposal.organisation, held=True)


def end_hold(organisation: Organisation) -> None:
    with transaction.atomic(using="desk"):
        LegalHold.objects.filter(organisation=organisation, ended_on=None).update(
            ended_on=timezone.localdate()
        )
        _tell_the_square(organisation, held=False)


def _tell_the_square(organisation: Organisation, *, held: bool) -> None:
    with transaction.atomic(using="square"):
        PublicOrganisation.objects.filter(uuid=organisation.uuid).update(held=held)


@register_holds("desk")
def held_organisations() -> set[UUID]:
    return set(LegalHold.objects.filter(ended_on=None).values_list("organisation__uuid", flat=True))
