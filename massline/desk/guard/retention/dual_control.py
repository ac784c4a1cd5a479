"""Two key-holders: one proposes, another confirms with their passphrase, and only then it is done."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.guard.audit import chain
from massline.desk.guard.keys import holders
from massline.desk.guard.retention import burn, legal_hold
from massline.desk.guard.retention.models import Proposal, What
from massline.desk.people.models import Account, Organisation
from massline.web.templatetags.massline import when


class Refused(ValueError):
    """Why it was not done; nothing was changed."""


@dataclass(frozen=True)
class Done:
    """What a confirmation brought; `gone` says that the compartment is no more."""

    what: What
    gone: bool = False


def propose(organisation: Organisation, *, what: str, reason: str, by: Account, most: int = 0) -> Proposal:
    """Say what should be done and why. Raises Refused where it cannot be, or waits already."""
    wanted = What(what)
    for reason_against in against(organisation, wanted):
        raise Refused(reason_against)
    with transaction.atomic(using="desk"):
        proposal = Proposal.objects.create(
            organisation=organisation, what=wanted, reason=reason, made_by=by, most=most
        )
        chain.write(organisation, by, f"proposed: {wanted}", proposal)
    return proposal


def against(organisation: Organisation, what: What) -> list[str]:
    """What speaks against it now, in words."""
    held = legal_hold.standing(organisation) is not None
    if any(
        not one.is_over for one in Proposal.objects.filter(organisation=organisation, what=what).waiting()
    ):
        return [_("This waits for a second key-holder already.")]
    if what == What.HOLD and held:
        return [_("A legal hold stands already.")]
    if what == What.LIFT and not held:
        return [_("No legal hold stands.")]
    if what == What.BURN and held:
        return [_("A legal hold stands: nothing may be burned until it ends.")]
    if what == What.BURN and organisation.chapters.exists():
        return [_("Chapters belong to this organisation. Burn them first, or let them stand alone.")]
    return []


def second(proposal: Proposal, *, by: Account, passphrase: str) -> Done:
    """Confirm what another proposed, and do it.

    Raises Refused for the one who proposed it, too early, too late, or with a passphrase that opens no key.
    """
    what = What(proposal.what)
    if proposal.made_by_id in {None, by.pk}:
        raise Refused(_("Another key-holder must confirm it: two people, not one twice."))
    if timezone.now() < proposal.opens_at and proposal.seconded_at is None:
        raise Refused(_("Not before %(moment)s: time to think.") % {"moment": when(proposal.opens_at)})
    if not proposal.is_open:
        raise Refused(_("This is not open any more. Propose it anew."))
    if what == What.BURN and legal_hold.standing(proposal.organisation) is not None:
        raise Refused(_("A legal hold stands: nothing may be burned until it ends."))
    if holders.open_key(by, proposal.organisation, passphrase)[1] is None:
        raise Refused(_("That passphrase does not open this vault. Nothing was changed; try again."))
    with transaction.atomic(using="desk"):
        now = timezone.now()
        open_ones = Proposal.objects.filter(pk=proposal.pk).waiting()
        if open_ones.update(seconded_by=by, seconded_at=now) != 1:
            raise Refused(_("This is not open any more. Propose it anew."))
        proposal.seconded_by, proposal.seconded_at = by, now
        if what == What.BURN:
            burn.burn(proposal.organisation)
            return Done(what, gone=True)
        chain.write(proposal.organisation, by, f"confirmed: {what}", proposal)
        if what == What.HOLD:
            legal_hold.begin(proposal)
        elif what == What.LIFT:
            legal_hold.end(proposal.organisation)
    return Done(what)


def withdraw(proposal: Proposal, *, by: Account) -> None:
    """Take a proposal back, or say no to one: either is one key-holder's right. What was done stays done."""
    with transaction.atomic(using="desk"):
        taken = Proposal.objects.filter(pk=proposal.pk).waiting().update(withdrawn_at=timezone.now())
        if taken:
            chain.write(proposal.organisation, by, f"withdrew: {proposal.what}", proposal)
