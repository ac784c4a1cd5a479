"""Contacts who may be the same person: the same way to be reached, or the same name."""

from dataclasses import dataclass

from massline.core.contact_points import is_part_of_contact_point
from massline.core.person_names import name_words
from massline.desk.contacts.decrypted_contacts import OpenedContact, open_contacts
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact

MOST_SHOWN = 20


@dataclass(frozen=True)
class PossibleDuplicate:
    """A contact who may be the same person, and what both have in common."""

    person: OpenedContact
    same_point: bool
    same_name: bool


def find_merge_candidates(contact: Contact, vault: Vault, *, words: str = "") -> list[PossibleDuplicate]:
    """Find contacts with the same way to be reached or the same name; with `words`, those whose name holds them, or whose way
    to be reached has them, in whatever way a number is written.

    Everything is compared inside the open vault. At most 20, those with most in common first.
    """
    others = Contact.objects.of(contact.organisation).exclude(pk=contact.pk).prefetch_related("next_steps")
    (own,) = open_contacts([contact], vault)
    wanted, named = set(name_words(words)) if words.strip() else set(), set(name_words(own.name))
    country = contact.organisation.phone_country
    found = []
    for person in open_contacts(others, vault):
        theirs = set(name_words(person.name))
        same_point = bool(own.point) and person.point == own.point
        same_name = bool(named) and theirs == named
        has_words = bool(wanted) and (
            wanted <= theirs or is_part_of_contact_point(words, person.point, country=country)
        )
        if same_point or same_name or has_words:
            found.append(PossibleDuplicate(person, same_point, same_name))
    found.sort(key=lambda match: (-match.same_point - match.same_name, match.person.contact.pk))
    return found[:MOST_SHOWN]
