"""Mapping of a list's columns to their meanings, and of its rows to candidates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from massline.core.contact_points import readable_contact_point, split_contact_points
from massline.tables.table import Table


class ColumnMeaning(models.TextChoices):
    """Meanings a column can have; the rest of a list is not imported."""

    NOTHING = "", _("leave out")
    NAME = "name", _("name")
    GIVEN = "given", _("first name")
    FAMILY = "family", _("last name")
    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("phone")
    POINT = "point", _("phone, e-mail or username")
    LANGUAGE = "language", _("language")
    MET = "met", _("first met on")
    CONSENT = "consent", _("agreed to be contacted")
    KEEP = "keep", _("keep until")


_HEADINGS = {
    ColumnMeaning.NAME: "name fullname nombre nom vollername names الاسم",
    ColumnMeaning.GIVEN: "firstname givenname usergivenname vorname prénom nombredepila",
    ColumnMeaning.FAMILY: "lastname familyname userfamilyname surname nachname apellido apellidos nomdefamille",
    ColumnMeaning.MAIL: "email emailaddress useremailaddress mail correo courriel البريد",
    ColumnMeaning.PHONE: "phone mobile mobilenumber phonenumber cellphone userphonenumber telefon handy teléfono téléphone الهاتف",
    ColumnMeaning.POINT: "contact point handle contactpoint",
    ColumnMeaning.LANGUAGE: "language preferredlanguage languagespoken sprache idioma langue اللغة",
    ColumnMeaning.MET: "meton metsince since createddate createdat signupcreateddate",
    ColumnMeaning.CONSENT: "consent consenton agreed optin emailoptin subscribed subscriptionstatus einwilligung consentimiento موافقة",
    ColumnMeaning.KEEP: "keepuntil",
}
_YES = "yes y true 1 x ✓ ja si sí oui نعم subscribed opt-in optin agreed da evet"
_WAYS = (ColumnMeaning.POINT, ColumnMeaning.MAIL, ColumnMeaning.PHONE)
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d")


@dataclass(frozen=True)
class Candidate:
    """The person one row describes. `number` is its index in the list."""

    number: int
    name: str
    points: tuple[str, ...]
    language: str
    met_on: date | None
    agrees: bool
    consent_on: date | None
    keep_until: date | None

    @property
    def point(self) -> str:
        return self.points[0] if self.points else ""

    @property
    def readable_point(self) -> str:
        return readable_contact_point(self.point)


def guess_columns(headers: list[str]) -> list[ColumnMeaning]:
    """Guess the meaning of each column by its heading, each meaning at most once."""
    meanings: list[ColumnMeaning] = []
    for header in headers:
        bare = "".join(char for char in header.casefold() if char.isalnum())
        meaning = next(
            (meaning for meaning, words in _HEADINGS.items() if bare in words.split()), ColumnMeaning.NOTHING
        )
        meanings.append(ColumnMeaning.NOTHING if meaning in meanings else meaning)
    return meanings


def read_candidates(table: Table, meanings: list[ColumnMeaning], *, country: str = "") -> Iterator[Candidate]:
    """Read each row; contact points in one form, several in one cell apart, and numbers without a country as of `country`."""
    for number, row in enumerate(table.rows):
        cells = {meaning: cell for meaning, cell in zip(meanings, row, strict=True) if meaning and cell}
        parts = [cells.get(ColumnMeaning.GIVEN, ""), cells.get(ColumnMeaning.FAMILY, "")]
        written = [cells.get(meaning, "") for meaning in _WAYS]
        points = [point for cell in written for point in split_contact_points(cell, country=country)]
        agreed = cells.get(ColumnMeaning.CONSENT, "")
        consent_on = parse_day(agreed)
        yield Candidate(
            number=number,
            name=cells.get(ColumnMeaning.NAME) or " ".join(part for part in parts if part),
            points=tuple(dict.fromkeys(points)),
            language=cells.get(ColumnMeaning.LANGUAGE, "")[:12],
            met_on=parse_day(cells.get(ColumnMeaning.MET, "")),
            agrees=consent_on is not None or agreed.casefold() in _YES.split(),
            consent_on=consent_on,
            keep_until=parse_day(cells.get(ColumnMeaning.KEEP, "")),
        )


def parse_day(text: str) -> date | None:
    """Parse a date that has one reading only; 3/4/2026 has two, so it gives None."""
    for form in _DAYS:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None
