"""Invite somebody to the desk, find an invitation by its link, and accept it."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from nacl.secret import SecretBox

from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import key_holders, private_key_encryption
from massline.desk.guard.keys.vault import Vault
from massline.desk.people import scope
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation

INVITATION_LIVES = timedelta(hours=72)


def invite_member(
    *, organisation: Organisation | None, role: Role, by: Account | None, vault: Vault | None = None
) -> str:
    """Create a single-use invitation and return the secret for its link. Inviting a key-holder needs an open vault."""
    if role == Role.HOLDER and organisation is not None and vault is None:
        raise ValueError("Unlock first: a new key-holder needs the key from somebody who holds it.")
    secret = secrets.token_urlsafe(32)
    carries = role == Role.HOLDER and organisation is not None and vault is not None
    with transaction.atomic(using="desk"):
        Invitation.objects.create(
            organisation=organisation,
            role=role,
            token_hash=_hash(secret),
            key=organisation.keys.first() if organisation and carries else None,
            sealed=private_key_encryption.seal_for_key(vault.private_key, _key_of(secret))
            if vault and carries
            else None,
            made_by=by,
            expires_at=timezone.now() + INVITATION_LIVES,
        )
        chain.append_line(organisation, by, f"invited a {role.name.lower()}", organisation or "installation")
    return secret


def find_invitation(secret: str) -> Invitation | None:
    """The unused and unexpired invitation of this secret, or None."""
    with scope.scope_to_everything("who holds the secret need not know whose invitation it is"):
        return (
            Invitation.objects.filter(
                token_hash=_hash(secret), accepted_at=None, expires_at__gt=timezone.now()
            )
            .select_related("organisation", "key")
            .first()
        )


def accept_invitation(
    invitation: Invitation, *, secret: str, name: str, passphrase: str, language: str = "en"
) -> Account:
    """Create an account and a membership, and for a key-holder seal the organisation's key to the account.

    Raises ValueError if the invitation was used already.
    """
    with scope.scope_to(invitation.organisation, "coming in"), transaction.atomic(using="desk"):
        used = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(
            accepted_at=timezone.now()
        )
        if used != 1:
            raise ValueError("This invitation was used already.")
        account = Account.objects.create_user(name, passphrase, language=language)
        key_holders.ensure_account_key(account, passphrase)
        organisation = invitation.organisation
        if organisation is None:
            # Whoever runs the installation made this link, and so gave their word.
            Account.objects.filter(pk=account.pk).update(may_found=True)
        else:
            Membership.objects.create(
                account=account,
                organisation=organisation,
                role=invitation.role,
                let_in_by=invitation.made_by,
            )
        if invitation.key is not None and invitation.sealed is not None:
            private = private_key_encryption.open_with_key(bytes(invitation.sealed), _key_of(secret))
            if private is None:
                raise ValueError("This invitation's key does not open.")
            key_holders.seal_key_to_holder(invitation.key, private, to=account)
            Invitation.objects.filter(pk=invitation.pk).update(sealed=None)
        chain.append_line(organisation, account, "came in", account)
    return account


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key_of(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"invitation", digest_size=SecretBox.KEY_SIZE).digest()
