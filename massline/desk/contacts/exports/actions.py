"""Contacts as a file or a sheet, in the columns other tools understand. The mark of the export stands in every row.

Column names of Action Network and Mobilize follow their own exports and upload pages; VAN's bulk upload maps any
heading, so its are the plain ones. OSDI: the Person resource of osdi-docs.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from massline.core.formula_guard import guarded
from massline.desk.contacts.exports.xlsx import xlsx
from massline.desk.contacts.opened import opened_contacts
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention import export_permit
from massline.desk.people.models import Account, Contact, Organisation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Shape(models.TextChoices):
    OURS = "massline", _("Massline (CSV, comes back without a loss)")
    SHEET = "xlsx", _("Massline (XLSX, for a spreadsheet; comes back without a loss)")
    OSDI = "osdi", _("OSDI (JSON)")
    ACTION_NETWORK = "action_network", _("Action Network (CSV)")
    MOBILIZE = "mobilize", _("Mobilize (CSV)")
    VAN = "van", _("VAN (CSV)")


@dataclass(frozen=True)
class Row:
    """One contact, open, for as long as the file is made."""

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


Column = Callable[[Row], object]
COLUMNS: dict[str, dict[str, Column]] = {
    Shape.OURS: {
        "name": lambda row: row.name,
        "contact": lambda row: row.point,
        "language": lambda row: row.language,
        "met on": lambda row: row.met_on,
        "consent": lambda row: row.consent_on,
        "keep until": lambda row: row.keep_until,
    },
    Shape.ACTION_NETWORK: {
        "First name": lambda row: row.given,
        "Last name": lambda row: row.family,
        "Email": lambda row: row.mail,
        "Mobile number": lambda row: row.phone,
        "Language": lambda row: row.language,
        "Consent": lambda row: row.consent_on,
    },
    Shape.MOBILIZE: {
        "user given name": lambda row: row.given,
        "user family name": lambda row: row.family,
        "user email address": lambda row: row.mail,
        "user phone number": lambda row: row.phone,
        "signup created date": lambda row: row.met_on,
        "email opt in": lambda row: row.consent_on,
    },
    Shape.VAN: {
        "FirstName": lambda row: row.given,
        "LastName": lambda row: row.family,
        "Email": lambda row: row.mail,
        "Phone": lambda row: row.phone,
        "PreferredLanguage": lambda row: row.language,
        "Consent": lambda row: row.consent_on,
    },
}


@dataclass(frozen=True)
class Written:
    """A file that is not on any disk, and how many contacts of this vault's key and of others' it met."""

    name: str
    kind: str
    content: bytes
    rows: int


def rows_of(organisation: Organisation, vault: Vault) -> list[Row]:
    """Open everybody who agrees to be contacted; what another key closed is left out."""
    contacts = Contact.objects.of(organisation).with_consent().order_by("pk").prefetch_related("next_steps")
    return [
        Row(
            str(one.contact.uuid),
            one.name,
            one.point,
            one.contact.language,
            one.contact.met_on,
            one.contact.consent_on,
            one.contact.keep_until,
        )
        for one in opened_contacts(contacts, vault)
        if one.point
    ]


def take_out(*, organisation: Organisation, vault: Vault, shape: str, by: Account) -> Written:
    """Make the file, with the permission two persons gave. Raises NotAllowed with the reasons."""
    wanted = Shape(shape)
    rows = rows_of(organisation, vault)
    permit = export_permit.take_export_permit(organisation=organisation, by=by, rows=len(rows))
    stem = f"contacts-{organisation.slug}-{permit.number}"
    if wanted == Shape.OSDI:
        return Written(f"{stem}.json", "application/json", _osdi(rows, permit), len(rows))
    if wanted == Shape.SHEET:
        return Written(f"{stem}.xlsx", XLSX, xlsx(_table(rows, COLUMNS[Shape.OURS], permit)), len(rows))
    return Written(f"{stem}-{wanted}.csv", "text/csv", _csv(rows, COLUMNS[wanted], permit), len(rows))


def _csv(rows: list[Row], columns: dict[str, Column], permit: export_permit.Permit) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_table(rows, columns, permit))
    return out.getvalue().encode("utf-8-sig")


def _table(rows: list[Row], columns: dict[str, Column], permit: export_permit.Permit) -> Iterator[list[str]]:
    """The headings and a line for each contact; an empty table says whose it is all the same."""
    yield [*columns, "export"]
    for row in rows:
        yield [
            *(guarded(str(column(row) or ""), phones=True) for column in columns.values()),
            permit.watermark,
        ]
    if not rows:
        yield [*("" for _column in columns), permit.watermark]


def _osdi(rows: list[Row], permit: export_permit.Permit) -> bytes:
    people_ = [
        {
            "identifiers": [f"massline:{row.uuid}"],
            "given_name": row.given,
            "family_name": row.family,
            "email_addresses": _reach(row.mail, "address"),
            "phone_numbers": _reach(row.phone or ("" if row.mail else row.point), "number"),
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


def _reach(value: str, name: str) -> list[dict[str, object]]:
    return [{name: value, "primary": True, "status": "subscribed"}] if value else []
