"""People in custody: a word they chose, when and where, sealed in the vault and deleted two weeks after release."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.desk.act.legal_support.models import KEPT_AFTER_RELEASE, Custody
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation
from massline.square.envelopes.sealing import seal_contents


@dataclass(frozen=True)
class OpenedCustody:
    """A decrypted custody record; its texts are empty if it was sealed under another key."""

    row: Custody
    word: str
    taken: str
    where: str


def log_custody(*, organisation: Organisation, word: str, taken: str, where: str, by: Account) -> Custody:
    """Record that somebody is in custody. Everything about them is sealed before it is stored.

    Every member can write; reading needs an open vault. Raises OrganisationKey.DoesNotExist if the organisation has
    no key.
    """
    key = OrganisationKey.objects.filter(organisation=organisation).earliest("-epoch")
    with transaction.atomic(using="desk"):
        row = Custody.objects.create(
            organisation=organisation,
            sealed=seal_contents({"word": word, "taken": taken, "where": where}, bytes(key.public_key)),
        )
        chain.append_line(organisation, by, "logged a custody", row)
    return row


def mark_lawyer_told(*, row: Custody, by: Account) -> None:
    with transaction.atomic(using="desk"):
        row.lawyer_told = True
        row.save(update_fields=["lawyer_told"])
        chain.append_line(row.organisation, by, "told the lawyer", row)


def log_release(*, row: Custody, by: Account, on: date | None = None) -> None:
    """Record a release; the record is deleted two weeks after it."""
    with transaction.atomic(using="desk"):
        row.released_on = on or timezone.localdate()
        row.gone_on = min(row.gone_on, row.released_on + KEPT_AFTER_RELEASE)
        row.save(update_fields=["released_on", "gone_on"])
        chain.append_line(row.organisation, by, "logged a release", row)


def decrypt_custodies(organisation: Organisation, vault: Vault) -> list[OpenedCustody]:
    """Decrypt every custody record of the organisation."""
    return [_open_custody(row, vault) for row in Custody.objects.filter(organisation=organisation)]


def _open_custody(row: Custody, vault: Vault) -> OpenedCustody:
    try:
        facts = vault.open_envelope(bytes(row.sealed))
    except CryptoError:
        return OpenedCustody(row, "", "", "")
    return OpenedCustody(row, facts["word"], facts["taken"], facts["where"])
