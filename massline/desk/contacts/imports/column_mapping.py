"""Which column is what, and what a row says about somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.imports.table_reader import Table


class Means(models.TextChoices):
    """What a column can be to us; what it is not is not kept."""

    NOTHING = "", _("leave it out")
    NAME = "name", _("name")
    GIVEN = "given", _("first name")
    FAMILY = "family", _("last name")
    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("phone")
    POINT = "point", _("phone, e-mail or handle")
    LANGUAGE = "language", _("language")
    MET = "met", _("met on")
    CONSENT = "consent", _("agreed to be contacted")
    KEEP = "keep", _("keep until")


_HEADINGS = {
    Means.NAME: "name fullname nombre nom vollername names الاسم",
    Means.GIVEN: "firstname givenname usergivenname vorname prénom nombredepila",
    Means.FAMILY: "lastname familyname userfamilyname surname nachname apellido apellidos nomdefamille",
    Means.MAIL: "email emailaddress useremailaddress mail correo courriel البريد",
    Means.PHONE: "phone mobile mobilenumber phonenumber cellphone userphonenumber telefon handy teléfono téléphone الهاتف",
    Means.POINT: "contact point handle contactpoint",
    Means.LANGUAGE: "language preferredlanguage languagespoken sprache idioma langue اللغة",
    Means.MET: "meton metsince since createddate createdat signupcreateddate",
    Means.CONSENT: "consent consenton agreed optin emailoptin subscribed subscriptionstatus einwilligung consentimiento موافقة",
    Means.KEEP: "keepuntil",
}
_YES = {
    "yes",
    "y",
    "true",
    "1",
    "x",
    "✓",
    "ja",
    "si",
    "sí",
    "oui",
    "نعم",
    "subscribed",
    "opt-in",
    "optin",
    "agreed",
    "da",
    "evet",
}
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d")


@dataclass(frozen=True)
class Candidate:
    """What one row says. `number` is its place in the list, from 0."""

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


def guess(headers: list[str]) -> list[Means]:
    """Say what each column seems to be, each meaning at most once."""
    found: list[Means] = []
    for header in headers:
        bare = "".join(char for char in header.casefold() if char.isalnum())
        means = next((one for one, words in _HEADINGS.items() if bare in words.split()), Means.NOTHING)
        found.append(Means.NOTHING if means in found else means)
    return found


def candidates(table: Table, meanings: list[Means]) -> Iterator[Candidate]:
    for number, row in enumerate(table.rows):
        said = {means: cell for means, cell in zip(meanings, row, strict=True) if means and cell}
        parts = [said.get(Means.GIVEN, ""), said.get(Means.FAMILY, "")]
        points = tuple(said[one] for one in (Means.POINT, Means.MAIL, Means.PHONE) if one in said)
        agreed = said.get(Means.CONSENT, "")
        consent_on = day(agreed)
        yield Candidate(
            number=number,
            name=said.get(Means.NAME) or " ".join(part for part in parts if part),
            points=points,
            language=said.get(Means.LANGUAGE, "")[:12],
            met_on=day(said.get(Means.MET, "")),
            agrees=consent_on is not None or agreed.casefold() in _YES,
            consent_on=consent_on,
            keep_until=day(said.get(Means.KEEP, "")),
        )


def day(text: str) -> date | None:
    """Read a day where it can be read in one way only; 3/4/2026 is two days, so it is none."""
    for form in _DAYS:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None
