"""Sealing of an organisation's key to a paper key, the proof of its sheets, and recovery with them."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone
from nacl.public import PrivateKey

from massline.core.db.erasure import erase_after_commit
from massline.core.refusal import refuse
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.key_holders import seal_key_to_holder
from massline.desk.guard.keys.models import OrganisationKey, PaperSet, RecoverySeal
from massline.desk.guard.keys.password_hasher import AT_ONCE
from massline.desk.guard.keys.recovery_sheets import (
    RecoveryRefused,
    decrypt_at_desk,
    make_challenge,
    seal_to_sheets,
)
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation


def set_up_paper_recovery(
    organisation: Organisation, *, public: str, vault: Vault, by: Account
) -> RecoverySeal:
    """Seal the organisation's key to a paper key. It counts only after `prove_paper`."""
    with transaction.atomic(using="desk"):
        key = organisation.keys.get(epoch=vault.epoch)
        seal = seal_to_paper(key, vault.private_key, public="".join(public.split()), proven_on=None)
        PaperSet.objects.filter(key__organisation=organisation).delete()
        erase_after_commit("desk")
        chain.append_line(organisation, by, "sealed the key to paper", key)
    return seal


def seal_to_paper(
    key: OrganisationKey, private_key: bytes, *, public: str, proven_on: date | None
) -> RecoverySeal:
    inside, answer = make_challenge()
    seal, _ = RecoverySeal.objects.update_or_create(
        key=key,
        defaults={
            "public": public,
            "sealed": seal_to_sheets(public, private_key),
            "challenge": seal_to_sheets(public, inside),
            "answer_hash": hash_answer(answer),
            "proven_on": proven_on,
        },
    )
    return seal


def prove_paper(seal: RecoverySeal, *, answer: str, by: Account) -> bool:
    """Record that the sheets gave the right answer; False if the answer is wrong."""
    if hash_answer("".join(answer.lower().split())) != seal.answer_hash:
        return False
    with transaction.atomic(using="desk"):
        seal.proven_on = timezone.localdate()
        seal.save(update_fields=["proven_on"])
        chain.append_line(seal.key.organisation, by, "proved the recovery", seal.key)
    return True


def hash_answer(answer: str) -> str:
    """Hash the answer that only the sheets can read out."""
    return hashlib.sha256(answer.encode()).hexdigest()


def recover_key_from_paper(
    organisation: Organisation, *, text: str, phrase: str, account: Account
) -> OrganisationKey:
    """Make this account a key-holder with the text from the off-line machine.

    Raises RecoveryRefused if the text does not open or holds another organisation's key, and Refused while others have
    the key and the account does not count as another person.
    """
    against = InvitationCircles.of(organisation).reason_against_alone(account)
    refuse([against] if against else [])
    with AT_ONCE:
        private_key = decrypt_at_desk(text, phrase)
    public_key = bytes(PrivateKey(private_key).public_key)
    key = next((key for key in organisation.keys.all() if bytes(key.public_key) == public_key), None)
    if key is None:
        raise RecoveryRefused("This is not the key of this organisation. Nothing was changed.")
    with transaction.atomic(using="desk"):
        seal_key_to_holder(key, private_key, to=account)
        Membership.objects.filter(account=account, organisation=organisation).update(role=Role.HOLDER)
        chain.append_line(organisation, account, "took the key back from paper", key)
    return key
