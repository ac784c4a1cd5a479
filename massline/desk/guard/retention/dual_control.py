"""Dual control: one key-holder proposes an act, and it is done once another confirms it with their passphrase."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import CodedError
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import holders
from massline.desk.guard.retention import burn, legal_hold
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal
from massline.desk.people.models import Account, Organisation
from massline.web.templatetags.massline import when


class ProposalRefused(CodedError):
    """A proposal or confirmation that is refused; nothing was changed."""


@dataclass(frozen=True)
class ConfirmationResult:
    """Result of a confirmation; `gone` if the organisation was deleted."""

    what: DualControlAct
    gone: bool = False


def propose_act(
    organisation: Organisation, *, what: str, reason: str, by: Account, most: int = 0
) -> DualControlProposal:
    """Propose an act with a reason. Raises ProposalRefused if it is not possible or already proposed."""
    wanted = DualControlAct(what)
    for obstacle in reasons_against(organisation, wanted):
        raise obstacle
    with transaction.atomic(using="desk"):
        proposal = DualControlProposal.objects.create(
            organisation=organisation, what=wanted, reason=reason, made_by=by, most=most
        )
        chain.append_line(organisation, by, f"proposed: {wanted}", proposal)
    return proposal


def reasons_against(organisation: Organisation, what: DualControlAct) -> list[ProposalRefused]:
    """Reasons why the act cannot be proposed now."""
    held = legal_hold.active_hold(organisation) is not None
    if any(
        not proposal.is_over
        for proposal in DualControlProposal.objects.filter(organisation=organisation, what=what).waiting()
    ):
        return [ProposalRefused(_("This waits for a second key-holder already."), code="waiting")]
    if what == DualControlAct.HOLD and held:
        return [ProposalRefused(_("A legal hold stands already."), code="held-already")]
    if what == DualControlAct.LIFT and not held:
        return [ProposalRefused(_("No legal hold stands."), code="not-held")]
    if what == DualControlAct.BURN and held:
        return [ProposalRefused(_("A legal hold stands: nothing may be burned until it ends."), code="held")]
    if what == DualControlAct.BURN and organisation.chapters.exists():
        return [
            ProposalRefused(
                _("Chapters belong to this organisation. Burn them first, or let them stand alone."),
                code="has-chapters",
            )
        ]
    return []


def confirm_proposal(proposal: DualControlProposal, *, by: Account, passphrase: str) -> ConfirmationResult:
    """Confirm another key-holder's proposal, and carry it out.

    Raises ProposalRefused for the proposer, too early, too late, or if the passphrase opens no key.
    """
    what = DualControlAct(proposal.what)
    if proposal.made_by_id in {None, by.pk}:
        raise ProposalRefused(
            _("Another key-holder must confirm it: two people, not one twice."), code="same-person"
        )
    if timezone.now() < proposal.opens_at and proposal.seconded_at is None:
        raise ProposalRefused(
            _("Not before %(moment)s: time to think.") % {"moment": when(proposal.opens_at)}, code="too-early"
        )
    if not proposal.is_open:
        raise ProposalRefused(_("This is not open any more. Propose it anew."), code="not-open")
    if what == DualControlAct.BURN and legal_hold.active_hold(proposal.organisation) is not None:
        raise ProposalRefused(_("A legal hold stands: nothing may be burned until it ends."), code="held")
    if holders.open_key(by, proposal.organisation, passphrase)[1] is None:
        raise ProposalRefused(
            _("That passphrase does not open this vault. Nothing was changed; try again."),
            code="wrong-passphrase",
        )
    with transaction.atomic(using="desk"):
        now = timezone.now()
        open_ones = DualControlProposal.objects.filter(pk=proposal.pk).waiting()
        if open_ones.update(seconded_by=by, seconded_at=now) != 1:
            raise ProposalRefused(_("This is not open any more. Propose it anew."), code="not-open")
        proposal.seconded_by, proposal.seconded_at = by, now
        if what == DualControlAct.BURN:
            burn.delete_organisation(proposal.organisation)
            return ConfirmationResult(what, gone=True)
        chain.append_line(proposal.organisation, by, f"confirmed: {what}", proposal)
        if what == DualControlAct.HOLD:
            legal_hold.begin_hold(proposal)
        elif what == DualControlAct.LIFT:
            legal_hold.end_hold(proposal.organisation)
    return ConfirmationResult(what)


def withdraw_proposal(proposal: DualControlProposal, *, by: Account) -> None:
    """Withdraw or reject a proposal, as any key-holder may. A confirmed one stays as it is."""
    with transaction.atomic(using="desk"):
        taken = (
            DualControlProposal.objects.filter(pk=proposal.pk).waiting().update(withdrawn_at=timezone.now())
        )
        if taken:
            chain.append_line(proposal.organisation, by, f"withdrew: {proposal.what}", proposal)
