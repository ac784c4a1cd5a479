"""Rows of one sign-in sheet for its page: what is entered, and a form for each row."""

from collections.abc import Mapping
from dataclasses import dataclass

from nacl.exceptions import CryptoError

from massline.desk.act.check_in.forms import RowForm
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.events.models import Event
from massline.desk.call.materials.sheet_tables import PAGES, row_codes
from massline.desk.contacts.decrypted_contacts import open_contacts
from massline.desk.contacts.sign_up_contacts import open_sign_up
from massline.desk.guard.keys.vault import Vault


@dataclass(frozen=True)
class SheetRow:
    """A row of the paper; `name` is empty while the vault is locked, or if the row only counts."""

    code: str
    form: RowForm
    entered: CheckIn | None
    name: str = ""
    point: str = ""

    @property
    def is_sealed(self) -> bool:
        """True if the row has a contact, readable now or not."""
        return self.entered is not None and bool(self.entered.sealed or self.entered.attendance_id)


def build_sheet_rows(
    event: Event,
    *,
    page: str,
    vault: Vault | None,
    data: Mapping[str, str] | None = None,
    forms: Mapping[str, RowForm] | None = None,
) -> list[SheetRow]:
    """Build the rows of one page of the sheet, with the submitted forms or fresh ones."""
    entered = {
        check_in.code: check_in
        for check_in in CheckIn.objects.filter(event=event, code__startswith=page)
        .select_related("attendance__contact")
        .prefetch_related("attendance__contact__next_steps")
    }
    rows = []
    for code in row_codes()[PAGES.index(page)]:
        form = (forms or {}).get(code) or RowForm(data, prefix=code, country=event.organisation.phone_country)
        name, point = _open_row(entered[code], vault) if code in entered and vault else ("", "")
        rows.append(SheetRow(code, form, entered.get(code), name, point))
    return rows


def _open_row(row: CheckIn, vault: Vault) -> tuple[str, str]:
    """Return name and contact point; a newer sealed entry takes precedence over the contact opened before it."""
    if row.sealed:
        try:
            typed = open_sign_up(vault, bytes(row.sealed))
        except (CryptoError, ValueError, KeyError):
            return "", ""
        return typed.name, typed.point
    if row.attendance is None:
        return "", ""
    (person,) = open_contacts([row.attendance.contact], vault)
    return person.name, person.point
