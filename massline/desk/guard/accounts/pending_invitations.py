"""Pending invitations: listing, agreeing to and withdrawing them.

An invitation to an inner organisation can be used only after a second organiser has agreed to it.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import refuse
from massline.desk.guard.accounts import invitations
from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.guard.audit import chain
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.choices import OrganisationKind, Role
from massline.desk.people.models import Account, Membership, Organisation


@dataclass(frozen=True)
class AgreedAlready:
    def __str__(self) -> str:
        return _("Somebody agreed to this invitation already.")


def pending_invitations(organisation: Organisation) -> "QuerySet[Invitation]":
    """Unused and unexpired invitations of an organisation, newest first."""
    live = Invitation.objects.filter(organisation=organisation, accepted_at=None)
    return live.filter(expires_at__gt=timezone.now()).select_related("made_by", "seconded_by").order_by("-pk")


def find_usable_invitation(secret: str) -> Invitation | None:
    """The invitation of this secret if it can be used now; None while it needs a second organiser."""
    invitation = invitations.find_invitation(secret)
    return None if invitation is None or needs_second_organiser(invitation) else invitation


def needs_second_organiser(invitation: Invitation) -> bool:
    """True if an invitation to an inner organisation still needs the agreement of a second organiser.

    Not needed for the first invitation, made on the server, or if there is no other organiser yet.
    """
    home = invitation.organisation
    if (
        home is None
        or home.kind != OrganisationKind.INNER
        or invitation.seconded_by_id
        or invitation.made_by_id is None
    ):
        return False
    others = Membership.objects.live().filter(organisation=home, role__gte=Role.ORGANISER)
    return others.exclude(account_id=invitation.made_by_id).exists()


def agree_to_invitation(*, invitation: Invitation, by: Account) -> None:
    """Agree as the second organiser.

    Raises Refused for whoever invited, for somebody who does not count as another person, and if somebody agreed.
    """
    if invitation.organisation is not None and invitation.made_by is not None:
        reason = InvitationCircles.of(invitation.organisation).reason_against(invitation.made_by, by)
        refuse([reason] if reason else [])
    with transaction.atomic(using="desk"):
        agreed = Invitation.objects.filter(pk=invitation.pk, seconded_by=None).update(seconded_by=by)
        refuse([] if agreed else [AgreedAlready()])
        chain.append_line(invitation.organisation, by, "agreed to an invitation", invitation)


def withdraw_invitation(*, invitation: Invitation, by: Account) -> None:
    """Delete the invitation, so that its link no longer works."""
    with transaction.atomic(using="desk"):
        chain.append_line(invitation.organisation, by, "took an invitation back", invitation)
        invitation.delete()


def is_used(invitation: Invitation) -> bool:
    """True if somebody has accepted the invitation meanwhile."""
    return Invitation.objects.filter(pk=invitation.pk).exclude(accepted_at=None).exists()
