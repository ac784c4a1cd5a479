"""What somebody wrote as the way to reach them, read as an address of one kind."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

TELEGRAM = "telegram:"
_MATRIX = re.compile(r"@[\w.=/+-]+:[\w.-]+(:\d+)?")


class Way(StrEnum):
    MAIL = "mail"
    TEXT = "text"
    MATRIX = "matrix"
    TELEGRAM = "telegram"


@dataclass(frozen=True)
class Point:
    way: Way
    address: str


def point_of(written: str) -> Point | None:
    """Read a contact point; None where it is none that a machine can write to, as a name on some network is.

    A phone number needs its country: "+49 170 …", "0049 170 …", or MASSLINE_SMS_COUNTRY for those without.

    >>> point_of("Rosa@post.example")
    Point(way=<Way.MAIL: 'mail'>, address='Rosa@post.example')
    >>> point_of("+49 (170) 12 34")
    Point(way=<Way.TEXT: 'text'>, address='+491701234')
    """
    given = written.strip()
    if given.startswith(TELEGRAM) and given.removeprefix(TELEGRAM).lstrip("-").isdigit():
        return Point(Way.TELEGRAM, given.removeprefix(TELEGRAM))
    if _MATRIX.fullmatch(given):
        return Point(Way.MATRIX, given)
    if "@" in given:
        return _mail(given)
    return _phone(given)


def _mail(given: str) -> Point | None:
    try:
        validate_email(given)
    except ValidationError:
        return None
    return Point(Way.MAIL, given)


def _phone(given: str) -> Point | None:
    number = re.sub(r"[\s()./-]", "", given)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif number.startswith("0") and settings.SMS_COUNTRY:
        number = f"{settings.SMS_COUNTRY}{number[1:]}"
    return Point(Way.TEXT, number) if re.fullmatch(r"\+\d{7,15}", number) else None
