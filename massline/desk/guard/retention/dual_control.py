"""Dual control: one key-holder proposes an act, and it is done once another confirms it with their passphrase.

Who counts as another person is told by massline.desk.guard.second_person.invitation_circles.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import CodedError
from massline.desk.guard.accounts import credential_actions
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import key_rotation, organisation_setup, unlock
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention import legal_hold, organisation_deletion
from massline.desk.guard.retention.models import (
    ALONE_HOURS,
    SLOW_HOURS,
    DualControlAct,
    DualControlProposal,
)
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.choices import Role, SecondFactorRule
from massline.desk.people.models import Account, Membership, Organisation
from massline.web.refusal_messages import name_of_reason
from massline.web.templatetags.massline import when


class ProposalRefused(CodedError):
    """A proposal or confirmation that is refused; nothing was changed."""


@dataclass(frozen=True)
class ConfirmationResult:
    """Result of a confirmation; `gone` if the organisation was deleted."""

    what: DualControlAct
    gone: bool = False


def propose_act(
    organisation: Organisation,
    *,
    what: str,
    reason: str,
    by: Account,
    most: int = 0,
    member: Membership | None = None,
    value: int = 0,
) -> DualControlProposal:
    """Propose an act with a reason. Raises ProposalRefused if it is not possible or already proposed."""
    wanted = DualControlAct(what)
    for obstacle in reasons_against(organisation, wanted, by=by, member=member, value=value):
        raise obstacle
    with transaction.atomic(using="desk"):
        proposal = DualControlProposal.objects.create(
            organisation=organisation,
            what=wanted,
            reason=reason,
            made_by=by,
            most=most,
            member=member,
            value=value,
            waits_hours=objection_hours(organisation, wanted, by=by, member=member),
        )
        chain.append_line(organisation, by, f"proposed: {wanted}", proposal)
    return proposal


def objection_hours(
    organisation: Organisation, what: DualControlAct, *, by: Account, member: Membership | None = None
) -> int:
    """Hours for which all organisers may say no to this act before it can be confirmed.

    0 where an independent key-holder could confirm it; longest for a removal that nobody beside the two could.
    """
    circles = InvitationCircles.of(organisation)
    seconds = circles.seconds(by, without=[member.account if member else None])
    if what == DualControlAct.REMOVE and not seconds:
        return ALONE_HOURS
    return 0 if any(circles.are_independent(by.pk, second.pk) for second in seconds) else SLOW_HOURS


def reasons_against(
    organisation: Organisation,
    what: DualControlAct,
    *,
    by: Account | None = None,
    member: Membership | None = None,
    value: int = 0,
) -> list[ProposalRefused]:
    """Reasons why the act cannot be proposed now."""
    held = legal_hold.active_hold(organisation) is not None
    same = DualControlProposal.objects.filter(organisation=organisation, what=what, member=member)
    if any(not proposal.is_over for proposal in same.waiting()):
        return [ProposalRefused(_("This is already waiting for a second key-holder."), code="waiting")]
    if what == DualControlAct.HOLD and held:
        return [ProposalRefused(_("There is already a legal hold."), code="held-already")]
    if what == DualControlAct.LIFT and not held:
        return [ProposalRefused(_("There is no legal hold."), code="not-held")]
    if what == DualControlAct.BURN and held:
        return [
            ProposalRefused(_("There is a legal hold: nothing may be deleted until it ends."), code="held")
        ]
    if what == DualControlAct.BURN and organisation.chapters.exists():
        return [
            ProposalRefused(
                _("This organisation has chapters. Delete them first, or make them independent."),
                code="has-chapters",
            )
        ]
    if what == DualControlAct.REMOVE and not _is_other_holder(member, organisation, by):
        return [ProposalRefused(_("Choose another key-holder."), code="no-other-holder")]
    if what in {DualControlAct.THRESHOLD, DualControlAct.FACTOR} and value >= _setting(organisation, what):
        return [ProposalRefused(_("That is not lower than it is now."), code="not-lower")]
    return []


def _is_other_holder(member: Membership | None, organisation: Organisation, by: Account | None) -> bool:
    live = Membership.objects.live().filter(organisation=organisation, role=Role.HOLDER)
    return member is not None and member.account != by and live.filter(pk=member.pk).exists()


def _setting(organisation: Organisation, what: DualControlAct) -> int:
    return organisation.small_cell if what == DualControlAct.THRESHOLD else organisation.second_factor


def confirm_proposal(proposal: DualControlProposal, *, by: Account, passphrase: str) -> ConfirmationResult:
    """Confirm another key-holder's proposal, and carry it out.

    Raises ProposalRefused for whoever is not a second person, too early, too late, or if the passphrase opens no key.
    """
    for obstacle in _reasons_against_confirming(proposal, by):
        raise obstacle
    vault = unlock.open_by_passphrase(by, proposal.organisation, passphrase)
    if vault is None:
        raise ProposalRefused(
            _("Nothing changed: that passphrase doesn’t unlock these contacts. Please try again."),
            code="wrong-passphrase",
        )
    with transaction.atomic(using="desk"):
        now, second = timezone.now(), None if by == proposal.made_by else by
        open_ones = DualControlProposal.objects.filter(pk=proposal.pk).waiting()
        if open_ones.update(seconded_by=second, seconded_at=now) != 1:
            raise ProposalRefused(_("This request has expired. Please make it again."), code="not-open")
        proposal.seconded_by, proposal.seconded_at = second, now
        return _carry_out(proposal, vault, by)


def _reasons_against_confirming(proposal: DualControlProposal, by: Account) -> list[ProposalRefused]:
    against = _reasons_against_second(proposal, by)
    if against:
        return against
    if timezone.now() < proposal.opens_at and proposal.seconded_at is None:
        return [
            ProposalRefused(
                _("You can confirm this from %(moment)s, so there is time to think.")
                % {"moment": when(proposal.opens_at)},
                code="too-early",
            )
        ]
    if not proposal.is_open:
        return [ProposalRefused(_("This request has expired. Please make it again."), code="not-open")]
    if proposal.what == DualControlAct.BURN and legal_hold.active_hold(proposal.organisation) is not None:
        return [
            ProposalRefused(_("There is a legal hold: nothing may be deleted until it ends."), code="held")
        ]
    return []


def _reasons_against_second(proposal: DualControlProposal, by: Account) -> list[ProposalRefused]:
    """Reasons why this account may not confirm it; they hold at any time."""
    first, circles = proposal.made_by, InvitationCircles.of(proposal.organisation)
    removed = proposal.member.account if proposal.member is not None else None
    if first == by and proposal.is_for_one and not circles.seconds(by, without=[removed]):
        return []
    if first is None or first == by or by == removed:
        return [ProposalRefused(_("A different key-holder must confirm it."), code="same-person")]
    reason = circles.reason_against(first, by)
    if reason is not None:
        return [ProposalRefused(str(reason), code=name_of_reason(reason))]
    if not circles.are_independent(first.pk, by.pk) and proposal.waits_hours < SLOW_HOURS:
        return [
            ProposalRefused(
                _("Nobody is left who came in through somebody else. Propose it anew: it waits for a day."),
                code="must-wait",
            )
        ]
    return []


def _carry_out(proposal: DualControlProposal, vault: Vault, by: Account) -> ConfirmationResult:
    what, organisation = DualControlAct(proposal.what), proposal.organisation
    if what == DualControlAct.BURN:
        organisation_deletion.delete_organisation(organisation)
        return ConfirmationResult(what, gone=True)
    chain.append_line(organisation, by, f"confirmed: {what}", proposal)
    if what == DualControlAct.HOLD:
        legal_hold.begin_hold(proposal)
    elif what == DualControlAct.LIFT:
        legal_hold.end_hold(organisation)
    elif what == DualControlAct.REMOVE and proposal.member is not None:
        key_rotation.remove_member(proposal.member, by=by, vault=vault)
    elif what == DualControlAct.LOCK:
        key_rotation.rotate_key(organisation, vault=vault, by=by)
    elif what == DualControlAct.THRESHOLD:
        organisation_setup.set_threshold(organisation=organisation, small_cell=proposal.value, by=by)
    elif what == DualControlAct.FACTOR:
        credential_actions.require_second_factor(
            organisation=organisation, asked=SecondFactorRule(proposal.value), by=by
        )
    return ConfirmationResult(what)


def withdraw_proposal(proposal: DualControlProposal, *, by: Account) -> None:
    """Withdraw or reject a proposal. A confirmed one stays as it is."""
    with transaction.atomic(using="desk"):
        taken = (
            DualControlProposal.objects.filter(pk=proposal.pk).waiting().update(withdrawn_at=timezone.now())
        )
        if taken:
            chain.append_line(proposal.organisation, by, f"withdrew: {proposal.what}", proposal)
