"""Invitations that are on their way: who sees them, who agrees to them, who takes them back.

Into an inner organisation nobody is let by one person alone: the link opens once a second organiser agreed to it.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from massline.desk.guard.accounts import invitations
from massline.desk.guard.accounts.models import Invitation
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.states import Kind, Role


def waiting(organisation: Organisation) -> "QuerySet[Invitation]":
    """The invitations of an organisation that nobody used and that are not too old, the newest first."""
    live = Invitation.objects.filter(organisation=organisation, accepted_at=None)
    return live.filter(expires_at__gt=timezone.now()).select_related("made_by", "seconded_by").order_by("-pk")


def find(secret: str) -> Invitation | None:
    """Give the invitation this secret opens now; one that still needs a second word is not there."""
    invitation = invitations.find_invitation(secret)
    return None if invitation is None or needs_second(invitation) else invitation


def needs_second(invitation: Invitation) -> bool:
    """Is it to an inner organisation, agreed to by nobody yet, and is there anybody else who could?

    The first invitation of all is made at the machine itself, and the founder is alone at first.
    """
    home = invitation.organisation
    if home is None or home.kind != Kind.INNER or invitation.seconded_by_id or invitation.made_by_id is None:
        return False
    others = Membership.objects.live().filter(organisation=home, role__gte=Role.ORGANISER)
    return others.exclude(account_id=invitation.made_by_id).exists()


def agree(*, invitation: Invitation, by: Account) -> bool:
    """Be the second who wants them in; False where it is one's own or somebody agreed already."""
    if invitation.made_by_id == by.pk:
        return False
    with transaction.atomic(using="desk"):
        agreed = Invitation.objects.filter(pk=invitation.pk, seconded_by=None).update(seconded_by=by)
        if agreed:
            chain.write(invitation.organisation, by, "agreed to an invitation", invitation)
    return agreed == 1


def withdraw(*, invitation: Invitation, by: Account) -> None:
    """Take it back: its link opens nothing from now on."""
    with transaction.atomic(using="desk"):
        chain.write(invitation.organisation, by, "took an invitation back", invitation)
        invitation.delete()
