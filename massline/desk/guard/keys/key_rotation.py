"""Key rotation when a key-holder leaves: a new key pair, and all vault columns re-encrypted."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.core.db.erasure import erase_after_commit
from massline.core.expiry import rows_of_organisation
from massline.core.sealed_columns import Sealed, sealed_models
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import private_key_encryption
from massline.desk.guard.keys.key_holders import seal_key_to_holder
from massline.desk.guard.keys.models import HolderSeal, OrganisationKey, PaperSet, RecoverySeal, Unlock
from massline.desk.guard.keys.paper_recovery import seal_to_paper
from massline.desk.guard.keys.recovery_sheets import seal_to_sheets
from massline.desk.guard.keys.sheets_of_former_members import end_sheets_of_former_member
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.former_members import log_out_former_member
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.signals import membership_ended
from massline.square.organisations.models import PublicOrganisation


def remove_member(membership: Membership, *, by: Account, vault: Vault | None) -> Vault | None:
    """End a membership. If a key-holder leaves, the key is rotated in the same transaction; return the new vault.

    Raises ValueError for the last key-holder, or for a key-holder if the vault is not open.
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
        chain.append_line(organisation, by, "ended the membership of", membership.account)
        log_out_former_member(membership.account)
        membership_ended.send(sender=Membership, membership=membership, by=by)
        end_sheets_of_former_member(organisation)
        return rotate_key(organisation, vault=vault, by=by) if holder and vault else None


def rotate_key(organisation: Organisation, *, vault: Vault, by: Account) -> Vault:
    """Replace the key pair, re-encrypt all vault columns, and seal the new key to the present holders only.

    Sheets that somebody who left may have enough of are not carried over: new ones are needed.
    """
    public_key, private_key = private_key_encryption.create_key_pair()
    with transaction.atomic(using="desk"):
        key = OrganisationKey.objects.create(
            organisation=organisation,
            epoch=vault.epoch + 1,
            public_key=public_key,
            sealed_previous=private_key_encryption.seal_to_public(vault.private_key, public_key),
        )
        older = (vault.previous_key, *vault.older_keys) if vault.previous_key else ()
        fresh = Vault(organisation.uuid, key.epoch, private_key, vault.private_key, older)
        for membership in Membership.objects.live().filter(organisation=organisation, role=Role.HOLDER):
            seal_key_to_holder(key, private_key, to=membership.account)
        closed = _reencrypt_all(organisation, vault, fresh)
        end_sheets_of_former_member(organisation)
        paper = RecoverySeal.objects.filter(key__organisation=organisation).order_by("-key__epoch").first()
        if paper is not None:
            seal_to_paper(key, private_key, public=paper.public, proven_on=paper.proven_on)
        _reseal_sets(organisation, key, private_key)
        Unlock.objects.filter(key__organisation=organisation).delete()
        HolderSeal.objects.filter(key__organisation=organisation).exclude(key=key).delete()
        erase_after_commit("desk")
        chain.append_line(organisation, by, "changed the lock", key)
        if closed:
            chain.append_line(organisation, by, "found values that no key opens", f"{closed} values")
        with transaction.atomic(using="square"):
            PublicOrganisation.objects.filter(uuid=organisation.uuid).update(
                seal_key=public_key, seal_epoch=key.epoch
            )
    return fresh


def _reseal_sets(organisation: Organisation, key: OrganisationKey, private_key: bytes) -> None:
    """Move the sheets that keepers made to the new key; those that are being proven are sealed to it."""
    for paper_set in PaperSet.objects.filter(key__organisation=organisation):
        paper_set.key = key
        if paper_set.sealed is not None:
            paper_set.sealed = seal_to_sheets(paper_set.public, private_key)
        paper_set.save(update_fields=["key", "sealed"])


def _reencrypt_all(organisation: Organisation, old: Vault, new: Vault) -> int:
    """Re-encrypt every column that is declared as sealed by the vault; return how many values no key opened."""
    closed = 0
    for model, columns in sealed_models("vault", "index"):
        rows = rows_of_organisation(model, organisation.uuid)
        assert rows is not None, f"{model.__name__} is sealed by a vault and belongs to no organisation."
        paths = {column.row.rpartition("__")[0] for column in columns} - {""}
        fields = [column.column for column in columns]
        fields += [field.name for field in model._meta.concrete_fields if field.name == "epoch"]
        changed = list(rows.select_related(*paths) if paths else rows)
        for row in changed:
            closed += _reencrypted(row, columns, old, new)
        model._base_manager.bulk_update(changed, fields, batch_size=500)
    return closed


def _reencrypted(row: Any, columns: Iterable[Sealed], old: Vault, new: Vault) -> int:
    """Re-encrypt one row; return how many of its values no key opened. Such values stay as they are."""
    texts, closed = {}, 0
    for column in columns:
        if column.by == "vault" and getattr(row, column.column) is not None:
            text = _opened(row, column, old)
            if text is None:
                closed += 1
                continue
            texts[column.as_] = text
            setattr(row, column.column, new.close(text, row=column.uuid_of(row), column=column.as_))
    for column in columns:
        if column.by == "index" and getattr(row, column.column) is not None:
            parts = [texts[name] for name in column.as_.split() if name in texts]
            if len(parts) == len(column.as_.split()):
                setattr(
                    row, column.column, new.index(*parts) if len(parts) == 1 else new.person_index(*parts)
                )
    if hasattr(row, "epoch"):
        row.epoch = new.epoch
    return closed


def _opened(row: models.Model, column: Sealed, vault: Vault) -> str | None:
    """Decrypt a value with this key, or with an older one under which an earlier rotation left it."""
    for candidate in (vault, *vault.older()):
        try:
            return candidate.open_column(row, column.column)
        except CryptoError:
            continue
    return None
