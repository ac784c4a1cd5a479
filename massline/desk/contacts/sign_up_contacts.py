"""Sign-ups: opened from their sealed form and turned into contacts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from massline.desk.contacts.contact_identity import find_contact, seal_identity
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import ContactSource
from massline.desk.people.models import Contact, Organisation


@dataclass(frozen=True)
class SignUp:
    """The contents of an envelope or of a row of a sheet."""

    name: str
    point: str
    language: str
    offers: str = ""
    role: str = ""
    needs: str = ""
    wants: str = ""
    section: str = ""


def open_sign_up(vault: Vault, sealed: bytes, *, bound_to: str = "") -> SignUp:
    """Decrypt one envelope, which opens for the event and row alone that it was sealed for.

    Raises CryptoError if the key does not fit, ValueError or KeyError if the contents are not a sign-up.
    """
    contents = vault.open_envelope(sealed, bound_to=bound_to)
    return SignUp(
        contents["name"],
        contents["contact"],
        contents.get("language", ""),
        contents.get("help", ""),
        contents.get("slot", ""),
        contents.get("needs", ""),
        contents.get("wants", ""),
        contents.get("section", ""),
    )


def find_or_create_contact(
    organisation: Organisation,
    vault: Vault,
    sign_up: SignUp,
    *,
    source: ContactSource,
    origin: UUID,
    agreed_on: date,
    keep_until: date,
) -> tuple[Contact, bool]:
    """Find the contact of a sign-up by contact point and name, else by its origin; else create one and return True with it.

    Only the envelope or sheet row that created a contact may rewrite its name and contact point, so signing up with
    another person's phone number changes nothing of theirs.
    """
    known = find_contact(organisation, vault, name=sign_up.name, point=sign_up.point)
    own = Contact.objects.filter(organisation=organisation, envelope=origin).first()
    contact = known or own
    if contact is None:
        try:
            with transaction.atomic(using="desk"):
                new_contact = build_contact(
                    organisation,
                    vault,
                    sign_up,
                    source=source,
                    keep_until=keep_until,
                    origin=origin,
                    agreed_on=agreed_on,
                )
                new_contact.save()
            return new_contact, True
        except (
            IntegrityError
        ):  # another key-holder opened the same sign-up, or the same person's, a moment ago
            contact = find_contact(organisation, vault, name=sign_up.name, point=sign_up.point)
            contact = contact or Contact.objects.get(organisation=organisation, envelope=origin)
    if contact == own:
        seal_identity(contact, vault, name=sign_up.name, point=sign_up.point)
    contact.consent_on = contact.consent_on or agreed_on
    contact.keep_until = max(contact.keep_until, keep_until)
    contact.save()
    return contact, False


def build_contact(
    organisation: Organisation,
    vault: Vault,
    sign_up: SignUp,
    *,
    source: ContactSource,
    keep_until: date,
    origin: UUID | None = None,
    agreed_on: date | None = None,
) -> Contact:
    """Build a contact with everything sealed that has to be; the caller stores it.

    `origin` is the envelope or sheet row that may correct it later.
    """
    contact = Contact(
        organisation=organisation,
        source=source,
        language=sign_up.language[:12] or organisation.language,
        keep_until=keep_until,
        envelope=origin,
    )
    contact.consent_on = agreed_on or contact.met_on
    seal_identity(contact, vault, name=sign_up.name, point=sign_up.point)
    return contact
