"""Seal an organisation's key to a paper key, prove the sheets, and recover with them."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone
from nacl.public import PrivateKey

from massline.desk.guard.audit import chain
from massline.desk.guard.keys.holders import hand_key
from massline.desk.guard.keys.models import OrganisationKey, RecoverySeal
from massline.desk.guard.keys.password_hasher import AT_ONCE
from massline.desk.guard.keys.recovery_sheets import RecoveryRefused, challenge, seal_to, take_over
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.states import Role


def trust_paper(organisation: Organisation, *, public: str, vault: Vault, by: Account) -> RecoverySeal:
    """Seal the key to words on paper. It counts only after `prove_paper`."""
    with transaction.atomic(using="desk"):
        key = organisation.keys.get(epoch=vault.epoch)
        seal = _seal_to_paper(key, vault.private_key, public="".join(public.split()), proven_on=None)
        chain.write(organisation, by, "sealed the key to paper", key)
    return seal


def _seal_to_paper(
    key: OrganisationKey, private_key: bytes, *, public: str, proven_on: date | None
) -> RecoverySeal:
    inside, answer = challenge()
    seal, _ = RecoverySeal.objects.update_or_create(
        key=key,
        defaults={
            "public": public,
            "sealed": seal_to(public, private_key),
            "challenge": seal_to(public, inside),
            "answer_hash": _hash(answer),
            "proven_on": proven_on,
        },
    )
    return seal


def prove_paper(seal: RecoverySeal, *, answer: str, by: Account) -> bool:
    """Keep the day on which the sheets read out the right answer."""
    if _hash("".join(answer.lower().split())) != seal.answer_hash:
        return False
    with transaction.atomic(using="desk"):
        seal.proven_on = timezone.localdate()
        seal.save(update_fields=["proven_on"])
        chain.write(seal.key.organisation, by, "proved the recovery", seal.key)
    return True


def _hash(answer: str) -> str:
    return hashlib.sha256(answer.encode()).hexdigest()


def take_back(organisation: Organisation, *, text: str, phrase: str, account: Account) -> OrganisationKey:
    """Let the off-line machine's text make this account a holder, after every other holder is gone.

    Raises RecoveryRefused where the text does not open or holds another organisation's key.
    """
    with AT_ONCE:
        private_key = take_over(text, phrase)
    public_key = bytes(PrivateKey(private_key).public_key)
    key = next((one for one in organisation.keys.all() if bytes(one.public_key) == public_key), None)
    if key is None:
        raise RecoveryRefused("This is not the key of this organisation. Nothing was changed.")
    with transaction.atomic(using="desk"):
        hand_key(key, private_key, to=account)
        Membership.objects.filter(account=account, organisation=organisation).update(role=Role.HOLDER)
        chain.write(organisation, account, "took the key back from paper", key)
    return key
