"""Sealing of an organisation's key to key-holders, and opening it with a passphrase."""

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.guard.keys import private_key_encryption
from massline.desk.guard.keys.models import AccountKey, HolderSeal, OrganisationKey
from massline.desk.guard.keys.passphrase_limit import check_with_limit
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation


def ensure_account_key(account: Account, passphrase: str) -> None:
    """Create the account's own key pair, sealed with its passphrase, if it has none yet."""
    if AccountKey.objects.filter(account=account).exists():
        return
    public_key, private_key = private_key_encryption.create_key_pair()
    salt, sealed = private_key_encryption.seal_for_passphrase(private_key, passphrase)
    AccountKey.objects.create(account=account, public_key=public_key, salt=salt, sealed=sealed)


def seal_key_to_holder(key: OrganisationKey, private_key: bytes, *, to: Account) -> None:
    """Seal the organisation's private key to a key-holder. Needs their public key only, not their passphrase."""
    public_key = AccountKey.objects.get(account=to).public_key
    sealed = private_key_encryption.seal_to_public(private_key, bytes(public_key))
    HolderSeal.objects.update_or_create(key=key, account=to, defaults={"sealed": sealed})


def open_organisation_key(
    account: Account, organisation: Organisation, passphrase: str
) -> tuple[OrganisationKey | None, bytes | None]:
    """Open the newest key of an organisation with a key-holder's passphrase; (None, None) if it does not open.

    A wrong passphrase counts. Raises TooManyTries.
    """
    seal = (
        HolderSeal.objects.filter(account=account, key__organisation=organisation)
        .select_related("key", "account__key")
        .order_by("-key__epoch")
        .first()
    )
    if seal is None:
        return None, None
    own = seal.account.key
    private = check_with_limit(
        account,
        lambda: private_key_encryption.open_with_passphrase(bytes(own.salt), bytes(own.sealed), passphrase),
    )
    opened = private_key_encryption.open_with_private(bytes(seal.sealed), private) if private else None
    return (seal.key, opened) if opened else (None, None)


def make_key_holder(membership: Membership, *, vault: Vault, by: Account) -> None:
    """Make a member a key-holder.

    Raises ValueError if they have no account key yet, which is created when they log in.
    """
    if not AccountKey.objects.filter(account=membership.account).exists():
        raise ValueError("They must log in once before they can hold the key. Nothing was changed.")
    key = membership.organisation.keys.get(epoch=vault.epoch)
    with transaction.atomic(using="desk"):
        seal_key_to_holder(key, vault.private_key, to=membership.account)
        membership.role = Role.HOLDER
        membership.save(update_fields=["role"])
        chain.append_line(membership.organisation, by, "handed the key to", membership.account)
