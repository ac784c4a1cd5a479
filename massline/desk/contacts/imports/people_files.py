"""People in files that are no tables: OSDI (JSON) and vCard, as headings and rows."""

import json
import quopri
import re
from collections.abc import Iterator, Sequence
from typing import Any

from icalendar.parser import Contentline, Contentlines

_SOFT_BREAK = re.compile(r"=\r?\n")
# Version 2.1 writes parameters without a name: TEL;CELL:030 1234.
_OLD_PROPERTY = re.compile(r"(?P<name>[\w.-]+)(?P<parameters>(?:;[^:;]*)*):(?P<value>.*)", re.DOTALL)
# The best address first: one that may be written to, then the one that its owner calls primary.
_GOOD = frozenset({"", "subscribed"})


def read_osdi(text: str) -> Iterator[list[str]]:
    """Headings and rows of people as OSDI writes them. Raises ValueError, KeyError, TypeError or AttributeError."""
    document: Any = json.loads(text)
    people = document["_embedded"]["osdi:people"] if isinstance(document, dict) else document
    yield [
        *("given_name", "family_name", "email", "email status", "phone", "phone status", "language"),
        *("met on", "consent", "keep until"),
    ]
    for person in people:
        mail = _best(person.get("email_addresses"))
        phone = _best(person.get("phone_numbers"))
        ours = person.get("custom_fields") or {}
        yield [
            person.get("given_name") or "",
            person.get("family_name") or "",
            mail.get("address") or "",
            mail.get("status") or "",
            phone.get("number") or "",
            phone.get("status") or phone.get("sms_status") or "",
            next(iter(person.get("languages_spoken") or []), ""),
            (person.get("created_date") or "")[:10],
            ours.get("consent_on", ""),
            ours.get("keep_until", ""),
        ]


def _best(entries: Any) -> dict[str, Any]:
    listed: Sequence[dict[str, Any]] = entries or []
    ranked = sorted(
        listed, key=lambda entry: ((entry.get("status") or "") not in _GOOD, not entry.get("primary"))
    )
    return ranked[0] if ranked else {}


def read_cards(text: str) -> Iterator[list[str]]:
    """Headings and rows of the cards in a vCard file (2.1, 3.0 or 4.0). Several addresses of one person stand in one cell."""
    rows = list(_card_rows(text))
    # Only our own cards say when somebody agreed; of others the page asks.
    is_ours = any(any(row[4:]) for row in rows)
    headings = ["name", "email", "phone", "language", "met on", "consent", "keep until"]
    yield from (row if is_ours else row[:4] for row in [headings, *rows])


def _card_rows(text: str) -> Iterator[list[str]]:
    cells: dict[str, list[str]] = {}
    for name, parameters, value in _properties(_SOFT_BREAK.sub("", text)):
        if name == "BEGIN":
            cells = {}
        elif name == "END":
            yield _row(cells)
        elif str(parameters.get("ENCODING", "")).upper() == "QUOTED-PRINTABLE":
            charset = str(parameters.get("CHARSET", "utf-8"))
            cells.setdefault(name, []).append(quopri.decodestring(value.encode()).decode(charset, "replace"))
        else:
            cells.setdefault(name, []).append(value)


def _properties(text: str) -> Iterator[tuple[str, Any, str]]:
    parameters: Any
    content_line: Any = Contentline
    parser: Any = Contentlines  # neither class has types
    for line in parser.from_ical(text.replace("\r\n", "\n").replace("\n", "\r\n")):
        try:
            name, parameters, value = content_line(line).parts()
        except ValueError:
            old = _OLD_PROPERTY.fullmatch(line)
            if old is None:
                continue  # a line that is no property, such as a picture broken without folding
            pairs = (pair.partition("=") for pair in old["parameters"].upper().split(";"))
            name, value = old["name"], old["value"]
            parameters = {key: setting for key, _sign, setting in pairs}
        # Apple groups properties: item1.EMAIL.
        yield name.rpartition(".")[2].upper(), parameters, value


def _row(cells: dict[str, list[str]]) -> list[str]:
    family, given = [*_unescaped(next(iter(cells.get("N", [";"])), ";")), "", ""][:2]
    phones = [value.removeprefix("tel:") for value in cells.get("TEL", [])]
    mails = [value.removeprefix("mailto:") for value in cells.get("EMAIL", [])]
    full = " ".join(_unescaped(next(iter(cells.get("FN", [])), "")))
    handles = [] if phones or mails else cells.get("IMPP", [])
    return [
        full.strip() or f"{given} {family}".strip(),
        "; ".join(mails),
        "; ".join(phones or handles),
        next(iter(cells.get("LANG", [])), ""),
        next(iter(cells.get("X-MASSLINE-MET-ON", [])), ""),
        next(iter(cells.get("X-MASSLINE-CONSENT-ON", [])), ""),
        next(iter(cells.get("X-MASSLINE-KEEP-UNTIL", [])), ""),
    ]


def _unescaped(value: str) -> list[str]:
    """The parts of a value between semicolons, without backslashes."""
    return [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\);", value)]
