"""Unlocked vaults: half of the key in a database row, half in the key-holder's cookie.

Neither half opens the vault alone: a stolen database holds no unlocked vault, and a stolen cookie ends with its row.
"""

import base64
import binascii
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from nacl.secret import SecretBox
from nacl.utils import random

from massline.core.db.erasure import erase_after_commit
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import key_holders, private_key_encryption
from massline.desk.guard.keys.models import OrganisationKey, Unlock
from massline.desk.guard.keys.vault import Vault
from massline.desk.people import scope
from massline.desk.people.models import Account, Organisation


def cookie_name(organisation: Organisation) -> str:
    return f"{settings.BOUND}vault-{organisation.slug}"


def unlock_vault(*, account: Account, organisation: Organisation, passphrase: str) -> str | None:
    """Unlock the vault and return the cookie's value; None if the passphrase is wrong or the account holds no key."""
    key, private = key_holders.open_organisation_key(account, organisation, passphrase)
    if key is None or private is None:
        return None
    return unlock_with_private_key(account, key, private)


def unlock_with_private_key(account: Account, key: OrganisationKey, private: bytes) -> str:
    """Unlock the vault with its private key, already open in this request; return the cookie's value."""
    organisation = key.organisation
    half = random(SecretBox.KEY_SIZE)
    with transaction.atomic(using="desk"):
        row = Unlock.objects.create(
            account=account, key=key, sealed=private_key_encryption.seal_for_key(private, half)
        )
        chain.append_line(organisation, account, "unlocked", organisation)
    return f"{row.uuid.hex}.{base64.urlsafe_b64encode(half).decode()}"


def set_cookie(response: HttpResponse, organisation: Organisation, value: str) -> None:
    response.set_cookie(
        cookie_name(organisation), value, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )


def open_vault(request: DeskRequest, organisation: Organisation) -> Vault | None:
    """The unlocked vault of this request; None if it is locked, expired, or another account's."""
    row_half = _split(request.COOKIES.get(cookie_name(organisation), ""))
    if row_half is None:
        return None
    now = timezone.now()
    row = _lasting(request, organisation, row_half[0]).select_related("key").first()
    private = private_key_encryption.open_with_key(bytes(row.sealed), row_half[1]) if row else None
    if row is None or private is None:
        return None
    if now - row.used_at > timedelta(minutes=1):
        Unlock.objects.filter(pk=row.pk).update(used_at=now)
    return _vault(organisation, row.key, private)


def is_unlocked(request: DeskRequest, organisation: Organisation) -> bool:
    """True while the vault could be opened without a passphrase; to ask does not make that last any longer."""
    row_half = _split(request.COOKIES.get(cookie_name(organisation), ""))
    return row_half is not None and _lasting(request, organisation, row_half[0]).exists()


def _lasting(request: DeskRequest, organisation: Organisation, uuid: UUID) -> QuerySet[Unlock]:
    """The unlocked row of this account that is neither idle for too long nor too old."""
    now = timezone.now()
    return (
        Unlock.objects.filter(uuid=uuid, account=request.user, key__organisation=organisation)
        .filter(used_at__gte=now - timedelta(minutes=settings.UNLOCK_IDLE_MINUTES))
        .filter(opened_at__gte=now - timedelta(hours=settings.UNLOCK_LIMIT_HOURS))
    )


def open_by_passphrase(account: Account, organisation: Organisation, passphrase: str) -> Vault | None:
    """The vault, opened for one act; None if the passphrase is wrong or the account holds no key."""
    key, private = key_holders.open_organisation_key(account, organisation, passphrase)
    return None if key is None or private is None else _vault(organisation, key, private)


def _vault(organisation: Organisation, key: OrganisationKey, private: bytes) -> Vault:
    older = tuple(older_keys(key, private))
    return Vault(organisation.uuid, key.epoch, private, older[0] if older else None, older[1:])


def older_keys(key: OrganisationKey, private: bytes) -> Iterator[bytes]:
    """Yield the keys before this one, newest first; each is sealed to the one after it."""
    for older in OrganisationKey.objects.filter(organisation=key.organisation_id, epoch__lte=key.epoch):
        opened = (
            private_key_encryption.open_with_private(bytes(older.sealed_previous), private)
            if older.sealed_previous
            else None
        )
        if opened is None:
            return
        yield opened
        private = opened


def lock_vault(organisation: Organisation, *, by: Account, everybody: bool = False) -> int:
    """Lock the vault for this account, or for everybody; return how many unlocks ended."""
    with scope.scope_to(organisation, "locking"), transaction.atomic(using="desk"):
        rows = Unlock.objects.filter(key__organisation=organisation)
        if not everybody:
            rows = rows.filter(account=by)
        closed, _ = rows.delete()
        erase_after_commit("desk")
        chain.append_line(organisation, by, "locked for all" if everybody else "locked", organisation)
    return closed


def _split(cookie: str) -> tuple[UUID, bytes] | None:
    name, _, half = cookie.partition(".")
    try:
        key = base64.urlsafe_b64decode(half)
        return (UUID(hex=name), key) if len(key) == SecretBox.KEY_SIZE else None
    except (ValueError, binascii.Error):
        return None
