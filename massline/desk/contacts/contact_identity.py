"""Whom a contact point belongs to: people known by it, told apart by their names where they share it.

Everything happens inside the open vault. Contact points from before they had one form are brought into it here.
"""

from collections.abc import Iterable

from django.db import transaction
from nacl.exceptions import CryptoError

from massline.core.contact_points import fold_contact_point, normalise_contact_point
from massline.core.person_names import may_be_same_person, name_words
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, Organisation

ONE_FORM = 1


def find_contact(organisation: Organisation, vault: Vault, *, name: str, point: str) -> Contact | None:
    """Find the contact with this contact point and a name that fits; the same name comes before a shorter one."""
    upgrade_contact_points(organisation, vault)
    kept = normalise_contact_point(point, country=organisation.phone_country)
    if not kept:
        return None
    sharing = Contact.objects.filter(organisation=organisation, blind_index=vault.index(kept)).order_by("pk")
    return choose_contact(sharing, vault, name=name, point=kept)


def choose_contact(sharing: Iterable[Contact], vault: Vault, *, name: str, point: str) -> Contact | None:
    """Choose among those who share a contact point the one whose name fits; the same name comes before a shorter one."""
    names = [(contact, decrypt_known_name(contact, vault, point)) for contact in sharing]
    same = [contact for contact, known in names if name_words(known) == name_words(name)]
    fitting = [contact for contact, known in names if may_be_same_person(known, name)]
    return next(iter(same or fitting), None)


def decrypt_known_name(contact: Contact, vault: Vault, point: str) -> str:
    """The name of a contact; empty if it does not open, or if the contact point stands in its place."""
    try:
        name = vault.open_column(contact, "sealed_name")
    except CryptoError:
        return ""
    return "" if fold_contact_point(name) == fold_contact_point(point) else name


def seal_identity(contact: Contact, vault: Vault, *, name: str, point: str) -> None:
    """Encrypt name and contact point, each bound to this row and its column, with the indexes that find them again."""
    kept = normalise_contact_point(point, country=contact.organisation.phone_country)
    contact.sealed_name = vault.close_column(name, contact, "sealed_name")
    contact.sealed_point = vault.close_column(kept, contact, "sealed_point")
    contact.blind_index = vault.index(kept) if kept else None
    contact.person_index = vault.person_index(kept, name)
    contact.point_form = ONE_FORM
    contact.epoch = vault.epoch


def upgrade_contact_points(organisation: Organisation, vault: Vault) -> int:
    """Bring contact points that are kept as they were written into the one form; return how many there were.

    Where two contacts turn out to be one person, the earlier one is found from now on; neither is deleted.
    """
    older = Contact.objects.filter(organisation=organisation, point_form=0)
    if not older.exists():
        return 0
    with transaction.atomic(using="desk"):
        ours = Contact.objects.filter(organisation=organisation).exclude(person_index=None)
        taken = {bytes(index) for index in ours.values_list("person_index", flat=True) if index}
        contacts = list(older.select_related("organisation").order_by("pk"))
        for contact in contacts:
            _upgrade(contact, vault, taken)
        columns = ["sealed_point", "blind_index", "person_index", "point_form"]
        Contact.objects.bulk_update(contacts, columns, batch_size=500)
    return len(contacts)


def _upgrade(contact: Contact, vault: Vault, taken: set[bytes]) -> None:
    """Seal one contact point in the one form. What this key does not open stays as it is."""
    contact.point_form = ONE_FORM
    try:
        name = vault.open_column(contact, "sealed_name")
        written = vault.open_column(contact, "sealed_point")
    except CryptoError:
        return
    kept = normalise_contact_point(written, country=contact.organisation.phone_country)
    person = vault.person_index(kept, name)
    contact.sealed_point = vault.close_column(kept, contact, "sealed_point")
    contact.blind_index = vault.index(kept) if kept else None
    contact.person_index = None if person in taken else person
    taken |= {person} if person else set()
