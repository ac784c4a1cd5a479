"""Who is held: a word they chose, when and where, sealed in the vault and gone two weeks after they are out."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.desk.act.legal.models import AFTER_RELEASE, Custody
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation
from massline.square.envelopes.sealing import seal


@dataclass(frozen=True)
class Held:
    """What an open vault shows; empty words where it was closed with another key."""

    row: Custody
    word: str
    taken: str
    where: str


def log(*, organisation: Organisation, word: str, taken: str, where: str, by: Account) -> Custody:
    """Write down that somebody is held. All that is said of them is sealed before it touches the disk.

    Whoever sits at the hotline can write; only an open vault reads. Raises OrganisationKey.DoesNotExist where the
    organisation has no key.
    """
    key = OrganisationKey.objects.filter(organisation=organisation).earliest("-epoch")
    with transaction.atomic(using="desk"):
        row = Custody.objects.create(
            organisation=organisation,
            sealed=seal({"word": word, "taken": taken, "where": where}, bytes(key.public_key)),
        )
        chain.write(organisation, by, "logged a custody", row)
    return row


def tell_lawyer(*, row: Custody, by: Account) -> None:
    with transaction.atomic(using="desk"):
        row.lawyer_told = True
        row.save(update_fields=["lawyer_told"])
        chain.write(row.organisation, by, "told the lawyer", row)


def release(*, row: Custody, by: Account, on: date | None = None) -> None:
    """They are out: what we know of it is gone two weeks from now."""
    with transaction.atomic(using="desk"):
        row.released_on = on or timezone.localdate()
        row.gone_on = min(row.gone_on, row.released_on + AFTER_RELEASE)
        row.save(update_fields=["released_on", "gone_on"])
        chain.write(row.organisation, by, "logged a release", row)


def held(organisation: Organisation, vault: Vault) -> list[Held]:
    """Open every row for the one page that shows it."""
    return [_opened(row, vault) for row in Custody.objects.filter(organisation=organisation)]


def _opened(row: Custody, vault: Vault) -> Held:
    try:
        facts = vault.open_envelope(bytes(row.sealed))
    except CryptoError:
        return Held(row, "", "", "")
    return Held(row, facts["word"], facts["taken"], facts["where"])
