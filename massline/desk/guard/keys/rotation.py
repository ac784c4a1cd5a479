"""Who holds the key: handing it to a holder, taking it back, and changing the lock when somebody leaves."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.guard.keys import seals
from massline.desk.guard.keys.holders import hand_key
from massline.desk.guard.keys.models import HolderSeal, OrganisationKey, RecoverySeal, Unlock
from massline.desk.guard.keys.paper_recovery import _seal_to_paper
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.membership import log_out_former_member
from massline.desk.people.models import Account, Contact, Membership, Organisation
from massline.desk.people.states import Role
from massline.square.organisations.models import PublicOrganisation


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
        log_out_former_member(membership.account)
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
