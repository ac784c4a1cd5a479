"""Contact points as people write them, parsed into an address and the method that reaches it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from massline.core.plain_text import has_hidden_signs

TELEGRAM = "telegram:"
_MATRIX = re.compile(r"@[\w.=/+-]+:[\w.-]+(:\d+)?")


class ContactMethod(StrEnum):
    MAIL = "mail"
    TEXT = "text"
    MATRIX = "matrix"
    TELEGRAM = "telegram"


@dataclass(frozen=True)
class ContactPoint:
    method: ContactMethod
    address: str


def parse_contact_point(written: str) -> ContactPoint | None:
    """Parse a contact point; None if no channel can write to it, such as a handle on a social network.

    A phone number needs its country: "+49 170 …", "0049 170 …", or MASSLINE_SMS_COUNTRY for those without.

    >>> parse_contact_point("Rosa@post.example")
    ContactPoint(method=<ContactMethod.MAIL: 'mail'>, address='Rosa@post.example')
    >>> parse_contact_point("+49 (170) 12 34")
    ContactPoint(method=<ContactMethod.TEXT: 'text'>, address='+491701234')
    """
    given = written.strip()
    if given.startswith(TELEGRAM) and given.removeprefix(TELEGRAM).lstrip("-").isdigit():
        return ContactPoint(ContactMethod.TELEGRAM, given.removeprefix(TELEGRAM))
    if _MATRIX.fullmatch(given):
        return ContactPoint(ContactMethod.MATRIX, given)
    if "@" in given:
        return _mail(given)
    return _phone(given)


def _mail(given: str) -> ContactPoint | None:
    """A mail address that a mail server can be given: its domain has a form in ASCII (IDNA 2008), and no sign hides."""
    try:
        validate_email(given)
        given.rpartition("@")[2].encode("idna")
    except (ValidationError, UnicodeError):
        return None
    if has_hidden_signs(given):
        return None
    return ContactPoint(ContactMethod.MAIL, given)


def _phone(given: str) -> ContactPoint | None:
    number = re.sub(r"[\s()./-]", "", given)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif number.startswith("0") and settings.SMS_COUNTRY:
        number = f"{settings.SMS_COUNTRY}{number[1:]}"
    return ContactPoint(ContactMethod.TEXT, number) if re.fullmatch(r"\+\d{7,15}", number) else None
