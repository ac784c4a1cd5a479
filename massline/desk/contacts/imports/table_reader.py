"""Reader of lists from other tools: any common table, and people as OSDI JSON.

Everything stays in memory, so unsealed names never touch a disk.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from massline.core.formula_guard import unguard_cell
from massline.core.plain_text import one_line
from massline.core.refusal import CodedError
from massline.tables.book import open_book
from massline.tables.encoding import decode
from massline.tables.limits import Limits
from massline.tables.problems import UnreadableFile
from massline.tables.table import Table, shape_table
from massline.web.table_refusals import file_sentence

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 240
# Empty lines and empty cells take time and memory too.
LIMITS = Limits(MOST_ROWS, MOST_COLUMNS, (MOST_ROWS + 2) * (MOST_COLUMNS + 1), LONGEST_CELL)


class UnreadableTable(CodedError):
    """The reason a list could not be read; nothing of it was stored."""


def read_table(name: str, content: bytes) -> Table:
    """Read a list by its content; raises UnreadableTable with a sentence for the person who imports it."""
    if content.lstrip()[:1] in {b"{", b"["}:
        headers, *rows = _read_osdi(decode(content).text)
        table = Table(headers, rows)
    else:
        try:
            table = shape_table(open_book(content, LIMITS), LIMITS)
        except UnreadableFile as problem:
            raise UnreadableTable(file_sentence(problem), code=problem.code) from problem
    if not table.rows:
        raise UnreadableTable(
            _("Nothing was imported: there are no people below the headings."), code="no-rows"
        )
    return replace(
        table,
        headers=[_clean(header) for header in table.headers],
        rows=[[_clean(cell) for cell in row] for row in table.rows],
    )


def _read_osdi(text: str) -> Iterator[list[str]]:
    try:
        document: Any = json.loads(text)
        people = document["_embedded"]["osdi:people"] if isinstance(document, dict) else document
        yield ["given_name", "family_name", "email", "phone", "language", "met on", "consent", "keep until"]
        for person in people:
            mail = _first(person.get("email_addresses"))
            phone = _first(person.get("phone_numbers"))
            agreed = person.get("custom_fields", {}).get("consent_on", "")
            agreed = agreed or (mail or phone).get("status", "")
            yield [
                person.get("given_name") or "",
                person.get("family_name") or "",
                mail.get("address") or "",
                phone.get("number") or "",
                next(iter(person.get("languages_spoken") or []), ""),
                (person.get("created_date") or "")[:10],
                agreed,
                person.get("custom_fields", {}).get("keep_until", ""),
            ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableTable(
            _("Nothing was imported: this JSON has no people in OSDI format."), code="no-osdi"
        ) from problem


def _first(entries: Any) -> Mapping[str, Any]:
    entry: Mapping[str, Any] = next(iter(entries or []), {})
    return entry


def _clean(cell: str) -> str:
    return unguard_cell(" ".join(one_line(str(cell)).split())[:LONGEST_CELL], phones=True)
