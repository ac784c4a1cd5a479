"""Vouching for a member: they show a code of six digits, and a key-holder types what they read aloud."""

import hmac
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from massline.core.refusal import refuse
from massline.desk.guard.audit import chain
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.guard.second_person.models import Vouch
from massline.desk.guard.second_person.refusal_reasons import NotIndependent, SamePerson, WrongCode
from massline.desk.people.models import Account, Membership

CODE_LIVES = timedelta(minutes=10)


def draw_vouch_code(membership: Membership) -> str:
    """Draw a new code for this member, in place of an earlier one; only its digest is kept."""
    code = f"{secrets.randbelow(1_000_000):06}"
    with transaction.atomic(using="desk"):
        Vouch.objects.update_or_create(
            membership=membership,
            defaults={
                "organisation": membership.organisation,
                "digest": _digest(membership, code),
                "valid_until": timezone.now() + CODE_LIVES,
            },
        )
        chain.append_line(
            membership.organisation, membership.account, "showed a code to be vouched for", membership
        )
    return code


def vouch_for(membership: Membership, *, code: str, by: Account) -> None:
    """Vouch for a member by the code they read aloud. It opens once.

    Raises Refused for oneself, for somebody of one's own circle, and for a wrong or old code.
    """
    circles = InvitationCircles.of(membership.organisation)
    refuse([SamePerson()] if membership.account == by else [])
    refuse([] if by in circles.vouchers(membership.account_id) else [NotIndependent(membership.account.name)])
    with transaction.atomic(using="desk"):
        vouch = Vouch.objects.select_for_update().filter(membership=membership, vouched_on=None).first()
        refuse([] if vouch and _opens(vouch, code) else [WrongCode()])
        assert vouch is not None
        vouch.digest, vouch.valid_until = "", None
        vouch.vouched_by, vouch.vouched_on = by, timezone.localdate()
        vouch.save()
        chain.append_line(membership.organisation, by, "vouched for", membership.account)


def _opens(vouch: Vouch, code: str) -> bool:
    if not vouch.digest or vouch.valid_until is None or vouch.valid_until <= timezone.now():
        return False
    digits = "".join(character for character in code if character.isdecimal())
    return hmac.compare_digest(vouch.digest, _digest(vouch.membership, digits))


def _digest(membership: Membership, code: str) -> str:
    return salted_hmac("massline.vouch", f"{membership.pk}|{code}", algorithm="sha256").hexdigest()
