"""Sign-ups: opened from their sealed form and turned into contacts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, Organisation
from massline.desk.people.states import ContactSource


@dataclass(frozen=True)
class SignUp:
    """The contents of an envelope or of a row of a sheet."""

    name: str
    point: str
    language: str
    offers: str = ""
    role: str = ""
    needs: str = ""


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
    """Find the contact of a sign-up by its contact point, else by its origin; else create one and return True with it.

    Only the envelope or sheet row that created a contact may rewrite its name and contact point, so signing up with
    another person's phone number changes nothing.
    """
    ours = Contact.objects.filter(organisation=organisation)
    known = ours.filter(blind_index=vault.index(sign_up.point)).first()
    own = ours.filter(envelope=origin).first()
    contact = known or own
    if contact is None:
        new_contact = create_contact(
            organisation,
            vault,
            sign_up,
            source=source,
            keep_until=keep_until,
            origin=origin,
            agreed_on=agreed_on,
        )
        return new_contact, True
    if contact == own:
        seal_contact(contact, vault, sign_up)
    contact.consent_on = contact.consent_on or agreed_on
    contact.keep_until = max(contact.keep_until, keep_until)
    contact.save()
    return contact, False


def create_contact(
    organisation: Organisation,
    vault: Vault,
    sign_up: SignUp,
    *,
    source: ContactSource,
    keep_until: date,
    origin: UUID | None = None,
    agreed_on: date | None = None,
) -> Contact:
    """Create a contact. `origin` is the envelope or sheet row that may correct it later."""
    contact = Contact(
        organisation=organisation,
        source=source,
        language=sign_up.language[:12] or organisation.language,
        keep_until=keep_until,
        envelope=origin,
    )
    contact.consent_on = agreed_on or contact.met_on
    seal_contact(contact, vault, sign_up)
    contact.save()
    return contact


def seal_contact(contact: Contact, vault: Vault, sign_up: SignUp) -> None:
    """Encrypt name and contact point, each bound to this row and its column."""
    contact.sealed_name = vault.close_column(sign_up.name, contact, "sealed_name")
    contact.sealed_point = vault.close_column(sign_up.point, contact, "sealed_point")
    contact.blind_index = vault.index(sign_up.point)
    contact.epoch = vault.epoch
