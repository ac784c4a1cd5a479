"""Read a list as the page of imports does: who is in it, and whom one may write to."""

from collections.abc import Sequence
from datetime import date

from massline.core.contact_points import normalise_contact_point
from massline.desk.contacts.imports.column_mapping import guess_columns
from massline.desk.contacts.imports.consent_columns import ListChoices
from massline.desk.contacts.imports.import_candidates import Candidate, read_candidates
from massline.desk.contacts.imports.list_reader import read_table

# Everybody on the list agreed on the sheet, that day.
VOUCHED = ListChoices(vouched=True, vouched_on=date(2026, 5, 3))


def people(content: str | bytes, choices: ListChoices | None = None) -> list[Candidate]:
    table = read_table(content if isinstance(content, bytes) else content.encode())
    meanings = guess_columns(table.headers, table.rows)
    return list(read_candidates(table, meanings, choices or ListChoices()))


def kept(content: str | bytes, choices: ListChoices | None = None) -> list[str]:
    return [candidate.point for candidate in people(content, choices) if candidate.agrees]


def normal(points: Sequence[str]) -> list[str]:
    return [normalise_contact_point(point) for point in points]
