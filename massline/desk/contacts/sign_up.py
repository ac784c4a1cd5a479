"""What somebody gave to be reached by, from its sealed form to the contact it becomes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, Organisation
from massline.desk.people.states import Source


@dataclass(frozen=True)
class SignUp:
    """What somebody wrote into an envelope or a row of a sheet."""

    name: str
    point: str
    language: str
    offers: str = ""
    role: str = ""
    needs: str = ""


def read(vault: Vault, sealed: bytes) -> SignUp:
    """Open one envelope.

    Raises CryptoError where the key is not its key, ValueError or KeyError where it holds no sign-up.
    """
    contents = vault.open_envelope(sealed)
    return SignUp(
        contents["name"],
        contents["contact"],
        contents.get("language", ""),
        contents.get("help", ""),
        contents.get("slot", ""),
        contents.get("needs", ""),
    )


def contact_of(
    organisation: Organisation,
    vault: Vault,
    sign_up: SignUp,
    *,
    source: Source,
    origin: UUID,
    agreed_on: date,
    keep_until: date,
) -> tuple[Contact, bool]:
    """Find whom a sign-up is from: by the contact point, else by its origin; else somebody new, and True.

    Only the envelope, or the row of a sheet, that first brought somebody may rewrite their name and contact point:
    whoever signs up with another person's phone number gains nothing by it.
    """
    ours = Contact.objects.filter(organisation=organisation)
    known = ours.filter(blind_index=vault.index(sign_up.point)).first()
    own = ours.filter(envelope=origin).first()
    found = known or own
    if found is None:
        made = new_contact(
            organisation,
            vault,
            sign_up,
            source=source,
            keep_until=keep_until,
            origin=origin,
            agreed_on=agreed_on,
        )
        return made, True
    if found == own:
        write_down(found, vault, sign_up)
    found.consent_on = found.consent_on or agreed_on
    found.keep_until = max(found.keep_until, keep_until)
    found.save()
    return found, False


def new_contact(
    organisation: Organisation,
    vault: Vault,
    sign_up: SignUp,
    *,
    source: Source,
    keep_until: date,
    origin: UUID | None = None,
    agreed_on: date | None = None,
) -> Contact:
    """Keep somebody new. `origin` names the envelope or the row of a sheet that may correct what it brought."""
    contact = Contact(
        organisation=organisation,
        source=source,
        language=sign_up.language[:12] or organisation.language,
        keep_until=keep_until,
        envelope=origin,
    )
    contact.consent_on = agreed_on or contact.met_on
    write_down(contact, vault, sign_up)
    contact.save()
    return contact


def write_down(contact: Contact, vault: Vault, sign_up: SignUp) -> None:
    """Encrypt the name and the contact point, each bound to this row and its column."""
    contact.sealed_name = vault.close_column(sign_up.name, contact, "sealed_name")
    contact.sealed_point = vault.close_column(sign_up.point, contact, "sealed_point")
    contact.blind_index = vault.index(sign_up.point)
    contact.epoch = vault.epoch
