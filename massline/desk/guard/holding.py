"""Who holds the key: handing it to a holder, taking it back, and changing the lock when somebody leaves."""

import hashlib
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from nacl.public import PrivateKey

from massline.desk.guard.accounts.actions import after_leaving
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import seals
from massline.desk.guard.keys.password_hasher import AT_ONCE
from massline.desk.guard.keys.recovery_sheets import RecoveryRefused, challenge, seal_to, take_over
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.models import AccountKey, HolderSeal, OrganisationKey, RecoverySeal, Unlock
from massline.desk.people.models import Account, Contact, Membership, Organisation
from massline.desk.people.states import Role
from massline.square.organisations.models import PublicOrganisation


def ensure_account_key(account: Account, passphrase: str) -> None:
    """Give the account a key pair of its own, closed under its passphrase, if it has none yet."""
    if AccountKey.objects.filter(account=account).exists():
        return
    public_key, private_key = seals.new_pair()
    salt, sealed = seals.seal_for_passphrase(private_key, passphrase)
    AccountKey.objects.create(account=account, public_key=public_key, salt=salt, sealed=sealed)


def hand_key(key: OrganisationKey, private_key: bytes, *, to: Account) -> None:
    """Seal the organisation's private key to a holder. Needs their public key only, never their passphrase."""
    public_key = AccountKey.objects.get(account=to).public_key
    sealed = seals.seal_to_public(private_key, bytes(public_key))
    HolderSeal.objects.update_or_create(key=key, account=to, defaults={"sealed": sealed})


def open_key(
    account: Account, organisation: Organisation, passphrase: str
) -> tuple[OrganisationKey | None, bytes | None]:
    """Open the newest key of an organisation with a holder's passphrase; (None, None) where it does not open."""
    seal = (
        HolderSeal.objects.filter(account=account, key__organisation=organisation)
        .select_related("key", "account__key")
        .order_by("-key__epoch")
        .first()
    )
    if seal is None:
        return None, None
    own = seal.account.key
    private = seals.open_with_passphrase(bytes(own.salt), bytes(own.sealed), passphrase)
    opened = seals.open_with_private(bytes(seal.sealed), private) if private else None
    return (seal.key, opened) if opened else (None, None)


def make_holder(membership: Membership, *, vault: Vault, by: Account) -> None:
    """Let a member hold the key from now on.

    Raises ValueError where they have no key of their own, which coming in or logging in gives them.
    """
    if not AccountKey.objects.filter(account=membership.account).exists():
        raise ValueError("They must log in once before they can hold the key. Nothing was changed.")
    key = membership.organisation.keys.get(epoch=vault.epoch)
    with transaction.atomic(using="desk"):
        hand_key(key, vault.private_key, to=membership.account)
        membership.role = Role.HOLDER
        membership.save(update_fields=["role"])
        chain.write(membership.organisation, by, "handed the key to", membership.account)


def remove(membership: Membership, *, by: Account, vault: Vault | None) -> Vault | None:
    """End a membership. When a holder leaves, the lock is changed in the same step; give the new vault.

    Raises ValueError where a holder is to go and the vault is not open, or the last holder is to go.
    """
    organisation = membership.organisation
    holder = membership.role == Role.HOLDER
    others = (
        Membership.objects.live()
        .filter(organisation=organisation, role=Role.HOLDER)
        .exclude(pk=membership.pk)
    )
    if holder and not others.exists():
        raise ValueError(
            "The last key-holder cannot go: nobody could open the contacts. Hand the key on first."
        )
    if holder and vault is None:
        raise ValueError("Unlock first: when a key-holder goes, the lock is changed.")
    with transaction.atomic(using="desk"):
        membership.ended_on = timezone.localdate()
        membership.save(update_fields=["ended_on"])
        chain.write(organisation, by, "ended the membership of", membership.account)
        after_leaving(membership.account)
        return rotate(organisation, vault=vault, by=by) if holder and vault else None


def rotate(organisation: Organisation, *, vault: Vault, by: Account) -> Vault:
    """Change the lock: a new key pair, every contact encrypted anew, seals for today's holders alone."""
    public_key, private_key = seals.new_pair()
    with transaction.atomic(using="desk"):
        key = OrganisationKey.objects.create(
            organisation=organisation,
            epoch=vault.epoch + 1,
            public_key=public_key,
            sealed_previous=seals.seal_to_public(vault.private_key, public_key),
        )
        older = (vault.previous_key, *vault.older_keys) if vault.previous_key else ()
        fresh = Vault(organisation.uuid, key.epoch, private_key, vault.private_key, older)
        for membership in Membership.objects.live().filter(organisation=organisation, role=Role.HOLDER):
            hand_key(key, private_key, to=membership.account)
        _encrypt_anew(organisation, vault, fresh)
        paper = RecoverySeal.objects.filter(key__organisation=organisation).order_by("-key__epoch").first()
        if paper is not None:
            _seal_to_paper(key, private_key, public=paper.public, proven_on=paper.proven_on)
        Unlock.objects.filter(key__organisation=organisation).delete()
        HolderSeal.objects.filter(key__organisation=organisation).exclude(key=key).delete()
        chain.write(organisation, by, "changed the lock", key)
        with transaction.atomic(using="square"):
            PublicOrganisation.objects.filter(uuid=organisation.uuid).update(
                seal_key=public_key, seal_epoch=key.epoch
            )
    return fresh


def _encrypt_anew(organisation: Organisation, old: Vault, new: Vault) -> None:
    contacts = list(Contact.objects.filter(organisation=organisation))
    for contact in contacts:
        point = _again(bytes(contact.sealed_point), contact.uuid, "point", old, new)
        contact.sealed_name = _again(bytes(contact.sealed_name), contact.uuid, "name", old, new)[0]
        contact.sealed_point = point[0]
        contact.blind_index = new.index(point[1]) if contact.blind_index is not None else None
        contact.epoch = new.epoch
    Contact.objects.bulk_update(
        contacts, ["sealed_name", "sealed_point", "blind_index", "epoch"], batch_size=500
    )


def _again(sealed: bytes, row: UUID, column: str, old: Vault, new: Vault) -> tuple[bytes, str]:
    text = old.open(sealed, row=row, column=column)
    return new.close(text, row=row, column=column), text


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
