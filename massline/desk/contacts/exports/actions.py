"""Export contacts in the columns other tools understand. Every row carries the watermark of the export.

Column names of Action Network and Mobilize follow their own exports and upload pages; VAN's bulk upload maps any
heading, so plain ones are used. OSDI: the Person resource of osdi-docs.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from icalendar.parser import Contentline

from massline.core.formula_guard import guard_cell
from massline.desk.contacts.contact_identity import upgrade_contact_points
from massline.desk.contacts.decrypted_contacts import open_contacts
from massline.desk.contacts.exports.xlsx import build_xlsx
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention import export_permit
from massline.desk.people.models import Account, Contact, Organisation

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportFormat(models.TextChoices):
    OURS = "massline", _("Massline (CSV; can be imported again in full)")
    SHEET = "xlsx", _("Massline (XLSX for spreadsheets; can be imported again in full)")
    OSDI = "osdi", _("OSDI (JSON)")
    VCARD = "vcard", _("vCard, for a phone’s address book")
    ACTION_NETWORK = "action_network", _("Action Network (CSV)")
    MOBILIZE = "mobilize", _("Mobilize (CSV)")
    VAN = "van", _("VAN (CSV)")


@dataclass(frozen=True)
class ContactRow:
    """A decrypted contact, while the file is written."""

    uuid: str
    name: str
    point: str
    language: str
    met_on: date
    consent_on: date | None
    keep_until: date

    @property
    def given(self) -> str:
        return self.name.rpartition(" ")[0] or self.name

    @property
    def family(self) -> str:
        return self.name.rpartition(" ")[2] if " " in self.name else ""

    @property
    def mail(self) -> str:
        return self.point if "@" in self.point[1:] else ""

    @property
    def phone(self) -> str:
        return self.point if not self.mail and sum(char.isdigit() for char in self.point) >= 6 else ""


Column = Callable[[ContactRow], object]
COLUMNS: dict[str, dict[str, Column]] = {
    ExportFormat.OURS: {
        "name": lambda row: row.name,
        "contact": lambda row: row.point,
        "language": lambda row: row.language,
        "met on": lambda row: row.met_on,
        "consent": lambda row: row.consent_on,
        "keep until": lambda row: row.keep_until,
    },
    ExportFormat.ACTION_NETWORK: {
        "First name": lambda row: row.given,
        "Last name": lambda row: row.family,
        "Email": lambda row: row.mail,
        "Mobile number": lambda row: row.phone,
        "Language": lambda row: row.language,
        "Consent": lambda row: row.consent_on,
    },
    ExportFormat.MOBILIZE: {
        "user given name": lambda row: row.given,
        "user family name": lambda row: row.family,
        "user email address": lambda row: row.mail,
        "user phone number": lambda row: row.phone,
        "signup created date": lambda row: row.met_on,
        "email opt in": lambda row: row.consent_on,
    },
    ExportFormat.VAN: {
        "FirstName": lambda row: row.given,
        "LastName": lambda row: row.family,
        "Email": lambda row: row.mail,
        "Phone": lambda row: row.phone,
        "PreferredLanguage": lambda row: row.language,
        "Consent": lambda row: row.consent_on,
    },
}


@dataclass(frozen=True)
class ExportedFile:
    """An exported file, in memory only, and its number of contacts."""

    name: str
    kind: str
    content: bytes
    rows: int


def decrypt_contact_rows(organisation: Organisation, vault: Vault) -> list[ContactRow]:
    """Decrypt everybody who agreed to be contacted; contacts sealed under another key are left out."""
    upgrade_contact_points(organisation, vault)
    contacts = Contact.objects.of(organisation).with_consent().order_by("pk").prefetch_related("next_steps")
    return [
        ContactRow(
            str(person.contact.uuid),
            person.name,
            person.point,
            person.contact.language,
            person.contact.met_on,
            person.contact.consent_on,
            person.contact.keep_until,
        )
        for person in open_contacts(contacts, vault)
        if person.point
    ]


def export_contacts(*, organisation: Organisation, vault: Vault, shape: str, by: Account) -> ExportedFile:
    """Write the file under the permission that two people gave. Raises NotAllowed with the reasons."""
    wanted = ExportFormat(shape)
    rows = decrypt_contact_rows(organisation, vault)
    permit = export_permit.take_export_permit(organisation=organisation, by=by, rows=len(rows))
    stem = f"contacts-{organisation.slug}-{permit.number}"
    if wanted == ExportFormat.OSDI:
        return ExportedFile(f"{stem}.json", "application/json", _write_osdi(rows, permit), len(rows))
    if wanted == ExportFormat.VCARD:
        return ExportedFile(f"{stem}.vcf", "text/vcard", _write_cards(rows, permit), len(rows))
    if wanted == ExportFormat.SHEET:
        return ExportedFile(
            f"{stem}.xlsx",
            XLSX_TYPE,
            build_xlsx(_table_rows(rows, COLUMNS[ExportFormat.OURS], permit)),
            len(rows),
        )
    return ExportedFile(
        f"{stem}-{wanted}.csv", "text/csv", _write_csv(rows, COLUMNS[wanted], permit), len(rows)
    )


def _write_csv(rows: list[ContactRow], columns: dict[str, Column], permit: export_permit.Permit) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_table_rows(rows, columns, permit))
    return out.getvalue().encode("utf-8-sig")


def _table_rows(
    rows: list[ContactRow], columns: dict[str, Column], permit: export_permit.Permit
) -> Iterator[list[str]]:
    """Yield the headings and a row for each contact; an empty table still carries its watermark."""
    yield [*columns, "export"]
    for row in rows:
        yield [
            *(guard_cell(str(column(row) or ""), phones=True) for column in columns.values()),
            permit.watermark,
        ]
    if not rows:
        yield [*("" for _column in columns), permit.watermark]


def _write_osdi(rows: list[ContactRow], permit: export_permit.Permit) -> bytes:
    people_ = [
        {
            "identifiers": [f"massline:{row.uuid}"],
            "given_name": row.given,
            "family_name": row.family,
            "email_addresses": _osdi_address(row.mail, "address"),
            "phone_numbers": _osdi_address(row.phone or ("" if row.mail else row.point), "number"),
            "languages_spoken": [row.language],
            "created_date": f"{row.met_on}T00:00:00Z",
            "custom_fields": {
                "consent_on": str(row.consent_on),
                "keep_until": str(row.keep_until),
                "export": permit.watermark,
            },
        }
        for row in rows
    ]
    page = {"export": permit.watermark, "total_records": len(rows), "_embedded": {"osdi:people": people_}}
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


def _write_cards(rows: list[ContactRow], permit: export_permit.Permit) -> bytes:
    """Cards in version 3.0, which every phone reads; properties of our own bring the days back in."""
    lines: list[str] = []
    for row in rows:
        point = "EMAIL" if row.mail else "TEL" if row.phone else "IMPP"
        lines += [
            *("BEGIN:VCARD", "VERSION:3.0", f"FN:{_card_text(row.name or row.point)}"),
            f"N:{_card_text(row.family)};{_card_text(row.given)};;;",
            f"{point}:{row.point if point != 'IMPP' else _card_text(row.point)}",
            *(
                f"LANG:{row.language}",
                f"X-MASSLINE-MET-ON:{row.met_on}",
                f"X-MASSLINE-CONSENT-ON:{row.consent_on}",
            ),
            *(f"X-MASSLINE-KEEP-UNTIL:{row.keep_until}", f"NOTE:{_card_text(permit.watermark)}", "END:VCARD"),
        ]
    folded: Any = Contentline  # has no types
    return b"".join(folded(line).to_ical() + b"\r\n" for line in lines)


def _card_text(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text.replace("\n", " "))


def _osdi_address(value: str, name: str) -> list[dict[str, object]]:
    return [{name: value, "primary": True, "status": "subscribed"}] if value else []
