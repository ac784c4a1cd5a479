"""Founding an organisation, and letting people in."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from nacl.secret import SecretBox

from massline.desk.guard import holding
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import seals
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.models import Invitation, OrganisationKey
from massline.desk.people import scope
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.states import Kind, Role
from massline.square.organisations.models import PublicOrganisation

INVITATION_LIVES = timedelta(hours=72)


def found(
    *,
    by: Account,
    passphrase: str,
    name: str,
    slug: str,
    sentence: str = "",
    kind: str = Kind.MASS,
    parent: Organisation | None = None,
    language: str = "en",
    timezone_name: str = "UTC",
    imprint: str = "",
) -> tuple[Organisation, Vault]:
    """Found an organisation: its row, its first key-holder, its key pair, and its face on the square."""
    public_key, private_key = seals.new_pair()
    with transaction.atomic(using="desk"):
        organisation = Organisation.objects.create(
            name=name,
            slug=slug,
            sentence=sentence,
            kind=kind,
            parent=parent,
            language=language,
            timezone=timezone_name,
            imprint=imprint,
        )
        with scope.only(organisation, "founding it"):
            Membership.objects.create(account=by, organisation=organisation, role=Role.HOLDER)
            key = OrganisationKey.objects.create(organisation=organisation, public_key=public_key)
            holding.ensure_account_key(by, passphrase)
            holding.hand_key(key, private_key, to=by)
            chain.write(organisation, by, "founded", organisation)
            show(organisation)
    return organisation, Vault(organisation.uuid, key.epoch, private_key)


def show(organisation: Organisation) -> PublicOrganisation | None:
    """Put the organisation's public face on the square, or bring it up to date. An inner one has none."""
    if not organisation.is_public:
        return None
    key = organisation.keys.first()
    parent = None
    if organisation.parent is not None:
        parent = PublicOrganisation.objects.filter(uuid=organisation.parent.uuid).first()
    face, _ = PublicOrganisation.objects.update_or_create(
        uuid=organisation.uuid,
        defaults={
            "slug": organisation.slug,
            "name": organisation.name,
            "sentence": organisation.sentence,
            "language": organisation.language,
            "timezone": organisation.timezone,
            "imprint": organisation.imprint,
            "parent": parent,
            "seal_key": bytes(key.public_key) if key else None,
            "seal_epoch": key.epoch if key else 0,
        },
    )
    return face


def invite(
    *, organisation: Organisation | None, role: Role, by: Account | None, vault: Vault | None = None
) -> str:
    """Make a single-use invitation; give the secret for its link. Only an open vault can invite a holder."""
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
            sealed=seals.seal_for_key(vault.private_key, _key_of(secret)) if vault and carries else None,
            made_by=by,
            expires_at=timezone.now() + INVITATION_LIVES,
        )
        chain.write(organisation, by, f"invited a {role.name.lower()}", organisation or "installation")
    return secret


def find_invitation(secret: str) -> Invitation | None:
    """Give the invitation this secret opens, if it was not used and is not too old."""
    with scope.everything("who holds the secret need not know whose invitation it is"):
        return (
            Invitation.objects.filter(
                token_hash=_hash(secret), accepted_at=None, expires_at__gt=timezone.now()
            )
            .select_related("organisation", "key")
            .first()
        )


def accept(
    invitation: Invitation, *, secret: str, name: str, passphrase: str, language: str = "en"
) -> Account:
    """Come in: an account, a membership, and for a holder the key sealed under the new passphrase."""
    with scope.only(invitation.organisation, "coming in"), transaction.atomic(using="desk"):
        used = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(
            accepted_at=timezone.now()
        )
        if used != 1:
            raise ValueError("This invitation was used already.")
        account = Account.objects.create_user(name, passphrase, language=language)
        holding.ensure_account_key(account, passphrase)
        organisation = invitation.organisation
        if organisation is not None:
            Membership.objects.create(account=account, organisation=organisation, role=invitation.role)
        if invitation.key is not None and invitation.sealed is not None:
            private = seals.open_with_key(bytes(invitation.sealed), _key_of(secret))
            if private is None:
                raise ValueError("This invitation's key does not open.")
            holding.hand_key(invitation.key, private, to=account)
            Invitation.objects.filter(pk=invitation.pk).update(sealed=None)
        chain.write(organisation, account, "came in", account)
    return account


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key_of(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"invitation", digest_size=SecretBox.KEY_SIZE).digest()
