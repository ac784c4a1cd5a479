"""Numbers that reach or identify a person: phones and ids, as opposed to dates, prices, counts and codes."""

import re
from collections.abc import Iterator
from typing import Literal

NumberKind = Literal["phone", "number"]

_DIGIT_RUN = re.compile(
    r"(?<![A-Za-z0-9.,/:#-])(?:\+\s?|00)?\(?\d(?:[\d\s().\-–/\u00a0\u202f]{4,22})\d(?![A-Za-z0-9]|[.,:/]\d|\s?%)"
)
_PHONE_CUE = re.compile(
    r"tel|t[eé]l[eé]f|phone|call|whats|signal|sms|mobil|handy|fon\b|llam|lig[ua]|appel|chiam|bel\b|zadzwo|ara\b|"
    r"gọi|piga|simu|kira|pe\b|tawag|nummer|number|numer|n[uú]mero|फोन|फ़ोन|कॉल|ফোন|اتصل|هاتف|تلفن|فون|电话|電話|"
    r"手机|전화|звон|тел|ስልክ",
    re.IGNORECASE,
)
_ID_CUE = re.compile(
    r"\b(?:id|passport|pasaporte|passeport|reisepass|dni|nie|cpf|cnpj|nin|bvn|ssn|nif|nino|aadhaar|pan|"
    r"national id|ausweis|personalausweis|matr[ií]cula|case|file|aktenzeichen|iban|konto|account|cuenta|conta|compte|"
    r"card|karte|tarjeta|licen[cs]e|паспорт|снилс|инн|身份证|护照)\b\W*(?:n[ro°º.]*|number|nummer|no\.?|#)?\W*$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[\s./–-]*)+|(?:19|20)\d\d/\d{1,4}")  # spans of years, numbers of laws
_ADDRESS = re.compile(r"[1-9]\d{0,2}(?:\.\d{1,3}){3}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+")
_SMALL_NUMBERS = re.compile(r"\d{1,2}(?:[\s./()–-]+\d{1,2})+")
_ROUND = re.compile(r"\d+0{4,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b")
_LETTERED_ID = re.compile(r"\b(?=[A-Z0-9]*\d{5})[A-Z]{1,3}\d{5,9}[A-Z]?\b|\b\d{7,9}[A-Z]\b")
_SOCIAL = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)")
_SHORT_ID = re.compile(r"(?<![\w.,])\d[\d-]{4,}(?![\w])")


def find_number_spans(text: str) -> Iterator[tuple[int, int, NumberKind]]:
    """(start, end, kind) of each stretch; ids first, so that a phone-shaped id stays an id."""
    for pattern in (_IBAN, _LETTERED_ID, _SOCIAL):
        yield from ((match.start(), match.end(), "number") for match in pattern.finditer(text))
    for match in _SHORT_ID.finditer(text):
        if _ID_CUE.search(text[max(0, match.start() - 30) : match.start()]):
            yield match.start(), match.end(), "number"
    for match in _DIGIT_RUN.finditer(text):
        kind = _judged(text, match)
        if kind is not None:
            yield match.start(), match.end(), kind


def _judged(text: str, match: re.Match[str]) -> NumberKind | None:
    shape = match.group().strip()
    digits = re.sub(r"\D", "", shape)
    if len(digits) < 7 or _is_book(digits, shape):
        return None
    if len(digits) > 15:
        return "number" if len(digits) <= 24 else None
    if shape.startswith(("+", "00")):
        return "phone"
    if (
        _DATE.fullmatch(shape)
        or _ADDRESS.fullmatch(shape)
        or _YEARS.fullmatch(shape)
        or (_SMALL_NUMBERS.fullmatch(shape) and len(digits) < 10)
    ):
        return None
    if _PHONE_CUE.search(text[max(0, match.start() - 25) : match.start()]):
        return "phone"
    if _THOUSANDS.fullmatch(shape) or _ROUND.fullmatch(digits) or _is_list(shape):
        return None
    return "phone" if shape != digits or len(digits) >= 8 else None


def _is_book(digits: str, shape: str) -> bool:
    return len(digits) == 13 and digits.startswith(("978", "979")) and not shape.startswith("+")


def _is_list(shape: str) -> bool:
    """True if a stretch is only years and counts side by side: "2019 350", "2021 - 4000"."""
    parts = re.split(r"[\s–-]+", shape)
    return len(parts) == 2 and any(re.fullmatch(r"(?:19|20)\d\d", part) for part in parts)
