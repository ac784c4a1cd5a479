"""Contact points in one form: e-mail addresses, phone numbers and handles, however somebody wrote them.

Everything that keeps, compares or writes to a contact point asks here first, so that one phone is one phone.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from massline.core.invisible_characters import without_unseen

TELEGRAM = "telegram:"
_HANDLE = re.compile(r"@[a-z0-9_](?:[a-z0-9_.-]{0,38}[a-z0-9_])?(?:@[a-z0-9.-]+\.[a-z]{2,})?", re.IGNORECASE)
_MATRIX = re.compile(r"@[\w.=/+-]+:[\w.-]+(:\d+)?")
_MATRIX_LINK = re.compile(r"(?:https?://)?matrix\.to/#/(@[^/?]+)", re.IGNORECASE)
_TELEGRAM_LINK = re.compile(r"(?:https?://)?(?:t|telegram)\.me/([a-z0-9_]{4,32})/?", re.IGNORECASE)
_TELEGRAM_NAME = re.compile(r"(?:telegram|tg)\s*:?\s*@([a-z0-9_]{4,32})", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>")
_NUMBER = re.compile(r"(?:tel:)?[\d\s()+./\u2010-\u2015-]+")
_BETWEEN = re.compile(r"[;,|\n]|\s/\s|/(?=\s*\+|\s*0)|\s*:::\s*")
_LEAST_DIGITS = 5

# Fewer digits than these find too many numbers.
LEAST_DIGITS = 4


class ContactMethod(StrEnum):
    MAIL = "mail"
    TEXT = "text"
    MATRIX = "matrix"
    TELEGRAM = "telegram"
    HANDLE = "handle"


@dataclass(frozen=True)
class ContactPoint:
    """A contact point that somebody can be reached by; a handle is written to by hand, all others by a channel."""

    method: ContactMethod
    address: str

    def __str__(self) -> str:
        return f"{TELEGRAM}{self.address}" if self.method == ContactMethod.TELEGRAM else self.address


def parse_contact_point(written: str, *, country: str = "") -> ContactPoint | None:
    """Parse a contact point; None if nobody could be reached by it.

    `country` (ISO 3166) is that of numbers written without one.

    >>> parse_contact_point("Rosa <Rosa@Post.Example>")
    ContactPoint(method=<ContactMethod.MAIL: 'mail'>, address='Rosa@post.example')
    >>> parse_contact_point("0 30 / 23125001", country="DE").address
    '+493023125001'
    """
    given = _plain(written)
    if given.casefold().startswith(TELEGRAM) and given[len(TELEGRAM) :].lstrip("-").isdigit():
        return ContactPoint(ContactMethod.TELEGRAM, given[len(TELEGRAM) :])
    if link := _MATRIX_LINK.fullmatch(given):
        given = link[1]
    if _MATRIX.fullmatch(given):
        return ContactPoint(ContactMethod.MATRIX, given.lower())
    if name := _TELEGRAM_LINK.fullmatch(given) or _TELEGRAM_NAME.fullmatch(given):
        return ContactPoint(ContactMethod.HANDLE, f"@{name[1].lower()}")
    if given.startswith("@"):
        return ContactPoint(ContactMethod.HANDLE, given.lower()) if _HANDLE.fullmatch(given) else None
    return _mail(given) if "@" in given else _phone(given, country)


def normalise_contact_point(written: str, *, country: str = "") -> str:
    """The form in which a contact point is kept; plain text where nobody could be reached by it.

    >>> normalise_contact_point("0049 (0)30 23125001"), normalise_contact_point("https://t.me/Rosa_Luz")
    ('+493023125001', '@rosa_luz')
    """
    point = parse_contact_point(written, country=country)
    return str(point) if point is not None else _plain(written)


def split_contact_points(written: str, *, country: str = "") -> list[str]:
    """The contact points in one cell of a table; the cell as a whole where its parts are none.

    >>> split_contact_points("di@example.org; di2@example.org"), split_contact_points("ask Di, flat 4")
    (['di@example.org', 'di2@example.org'], ['ask Di, flat 4'])
    """
    whole = normalise_contact_point(written, country=country)
    if parse_contact_point(written, country=country) is not None:
        return [whole]
    parts = [part.strip() for part in _BETWEEN.split(written) if part.strip()]
    points = [parse_contact_point(part, country=country) for part in parts]
    if len(parts) < 2 or None in points:
        return [whole] if whole else []
    return list(dict.fromkeys(str(point) for point in points))


def readable_contact_point(kept: str) -> str:
    """A contact point for reading aloud: a number with its gaps, everything else as it is kept.

    >>> readable_contact_point("+493023125001"), readable_contact_point("rosa@post.example")
    ('+49 30 23125001', 'rosa@post.example')
    """
    if not re.fullmatch(r"\+\d+", kept):
        return kept
    try:
        number = phonenumbers.parse(kept)
    except phonenumbers.NumberParseException:
        return kept
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def is_part_of_contact_point(wanted: str, point: str, *, country: str = "") -> bool:
    """Whether a contact point has what somebody looks for, a number in whatever way it is written.

    >>> [is_part_of_contact_point(typed, "+49 30 23125001") for typed in ("030 2312", "0049(0)30-23125001", "5001", "99")]
    [True, True, True, False]
    """
    plain = unicodedata.normalize("NFKC", wanted).casefold().strip()
    if plain and plain in point.casefold():
        return True
    if fold_contact_point(normalise_contact_point(wanted, country=country)) == fold_contact_point(point):
        return True
    if not plain or any(not char.isdigit() and char not in " +-/()." for char in plain):
        return False
    digits, kept = ("".join(char for char in text if char.isdigit()) for text in (plain, point))
    return len(digits) >= LEAST_DIGITS and digits.lstrip("0") in kept


def fold_contact_point(point: str) -> str:
    """The form in which contact points are compared: case, width, script of digits, and punctuation in numbers."""
    folded = unicodedata.normalize("NFKC", point).casefold().strip()
    digits = "".join(str(unicodedata.digit(char)) for char in folded if char.isdigit())
    if "@" not in folded and len(digits) >= 6 and all(c.isdigit() or c in " +-/()." for c in folded):
        return ("+" if folded.startswith("+") else "") + digits
    return "".join(folded.split())


def _plain(written: str) -> str:
    """One line without signs that nobody sees, and without the name before an address in brackets."""
    plain = " ".join(without_unseen(unicodedata.normalize("NFKC", written)).split())
    bracketed = _IN_BRACKETS.fullmatch(plain)
    return bracketed[1].strip() if bracketed else plain.removeprefix("mailto:")


def _mail(given: str) -> ContactPoint | None:
    """An address that a mail server can be given, its domain in small letters of its own script (IDNA)."""
    local, _at, domain = given.rpartition("@")
    try:
        domain.lower().encode("idna")
        if "xn--" in domain.lower():
            domain = domain.lower().encode().decode("idna")
        address = f"{local}@{domain.lower()}"
        validate_email(address)
    except (ValidationError, UnicodeError):
        return None
    return ContactPoint(ContactMethod.MAIL, address)


def _phone(given: str, country: str) -> ContactPoint | None:
    """A number that the rules of its country allow. An extension cannot be dialled by a machine, so it is none."""
    if not _NUMBER.fullmatch(given) or sum(sign.isdigit() for sign in given) < _LEAST_DIGITS:
        return None
    international = re.sub(r"^(tel:)?\s*00", r"+", given)
    try:
        number = phonenumbers.parse(international if not country else given, country or None)
    except phonenumbers.NumberParseException:
        return _abroad(international) if country else None
    if country and given[0] in "123456789":
        number = _with_lost_plus(given, country) or number
    if not phonenumbers.is_possible_number(number):
        return _abroad(international) if country and international != given else None
    return ContactPoint(
        ContactMethod.TEXT, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    )


def _with_lost_plus(given: str, country: str) -> phonenumbers.PhoneNumber | None:
    """The number with the plus that spreadsheets take from it, where it then is a valid one of its own country."""
    try:
        number = phonenumbers.parse(f"+{given}")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number_for_region(number, country) else None


def _abroad(international: str) -> ContactPoint | None:
    """A number with 00 before its country, in a country that does not dial 00."""
    return _phone(international, "") if international.startswith("+") else None
