"""Meanings of a list's columns: proposed by the system it comes from, its headings and its cells; changed by hand."""

import re
from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from massline.tables.column_kinds import measure_column_kind
from massline.tables.vocabulary import normalise_heading, vocabulary


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
    MAIL_CONSENT = "mail_consent", _("agreed to get e-mail")
    PHONE_CONSENT = "phone_consent", _("agreed to calls or texts")
    AGREED_ON = "agreed_on", _("the day they agreed, if they did")
    NO_CONTACT = "no_contact", _("does not want to be contacted")
    NO_MAIL = "no_mail", _("wants no e-mail, or it came back")
    NO_PHONE = "no_phone", _("wants no calls or texts, or a wrong number")
    KEEP = "keep", _("keep until")


REFUSALS = frozenset({ColumnMeaning.NO_CONTACT, ColumnMeaning.NO_MAIL, ColumnMeaning.NO_PHONE})
CONSENTS = frozenset({ColumnMeaning.CONSENT, ColumnMeaning.MAIL_CONSENT, ColumnMeaning.PHONE_CONSENT})
WAYS = frozenset({ColumnMeaning.MAIL, ColumnMeaning.PHONE, ColumnMeaning.POINT})
# Several columns may hold addresses, numbers and refusals; of the others one is enough.
REPEATABLE = REFUSALS | CONSENTS | WAYS | {ColumnMeaning.AGREED_ON}
_SAYS_NO = re.compile(
    r"do.?n[o']t|dont\b|opt(ed)?[ _-]?out|unsub|bounc|\bstop|\bno[ _-](call|contact|e?-?mail|text|sms)|blocked|suppress"
    r"|\bnicht\b|\bkein|abgemeldet|widerr|désabon|désinscri|ne pas|\bbaja\b|no contactar|não (ligar|cont)|descadastr",
    re.IGNORECASE,
)


def is_refusal_heading(heading: str) -> bool:
    """True for a heading that can only be read as a refusal; such a column is never taken for a yes."""
    known = vocabulary("contacts").meaning_of(heading)
    return known in REFUSALS or (not known and bool(_SAYS_NO.search(heading)))


def guess_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]] = (),
    remembered: Mapping[str, str] | None = None,
) -> list[ColumnMeaning]:
    """Guess the meaning of each column. `remembered` is what was chosen for these headings before."""
    words = vocabulary("contacts")
    preset = words.preset_of(headers)
    meanings: list[ColumnMeaning] = []
    for place, heading in enumerate(headers):
        name = normalise_heading(heading)
        if remembered and name in remembered and remembered[name] in ColumnMeaning.values:
            meaning = ColumnMeaning(remembered[name])
        else:
            meaning = ColumnMeaning(words.meaning_of(heading, preset))
            if meaning == ColumnMeaning.NOTHING and _is_unknown(name, preset):
                meaning = _by_cells(heading, [row[place] for row in rows])
        repeated = meaning in meanings and meaning not in REPEATABLE
        meanings.append(ColumnMeaning.NOTHING if repeated else meaning)
    return meanings


def _is_unknown(name: str, preset: object) -> bool:
    return name not in getattr(preset, "columns", {})


def _by_cells(heading: str, cells: Sequence[str]) -> ColumnMeaning:
    """The meaning of a column whose heading is not known: refusals by their words, addresses by their look."""
    if _SAYS_NO.search(heading):
        return ColumnMeaning.NO_CONTACT
    kind = measure_column_kind(cells)
    if kind.mails > 0.5:
        return ColumnMeaning.MAIL
    written_out = sum(cell.lstrip().startswith("+") for cell in cells if cell.strip())
    return (
        ColumnMeaning.PHONE if kind.phones > 0.5 and written_out > kind.filled / 2 else ColumnMeaning.NOTHING
    )
