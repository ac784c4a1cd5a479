"""Audit of what a seized disk would reveal: for each table, what it holds and whether it can be read.

Each model declares how long its rows live and which columns are sealed; a table without such a model counts as a
leak. Columns declared sealed must look encrypted, and the others are searched for contact details. No content
leaves this module.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.apps import apps
from django.db import connections, models

from massline.core.sealed_columns import sealed_columns

Exposure = Literal["public", "sealed", "inside", "not declared"]

FRAMEWORK = {
    "django_migrations": "which version made the tables",
    "django_content_type": "names of tables",
    "auth_permission": "names of permissions; not used",
    "auth_group": "not used",
    "auth_group_permissions": "not used",
}
# Tables that no model reads any more: the version before does until its processes are restarted, and after a rollback.
RETIRED = {"calls_sharepicture": "pictures of published calls, drawn by an earlier version"}
_DATE = re.compile(r"(?<![\d.])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?!\.?\d)")
_WAYS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}"  # mail
    r"|(?<![\w.])(?:\+|0)\d(?:[ ()/-]{0,2}\d){6,14}(?![\w.])"  # phone
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"  # IPv4
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:{1,2}){3,7}[0-9a-f]{1,4}(?![\w:])",  # IPv6
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TableAudit:
    """A table: its rows, what they are, and by column the number of rows with readable contact details."""

    table: str
    rows: int
    kind: Exposure
    what: str
    readable: dict[str, int] = field(default_factory=dict)


def audit_tables(database: str) -> Iterator[TableAudit]:
    """Yield an audit of every table of one database that has rows."""
    known = models_of_tables()
    connection = connections[database]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            rows = int(cursor.fetchone()[0])
            if rows:
                kind, what = table_contents(table)
                model = known.get(table)
                columns = count_readable(model, database) if model is not None and kind != "public" else {}
                yield TableAudit(table, rows, kind, what, columns)


def models_of_tables() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def table_contents(table: str) -> tuple[Exposure, str]:
    """Exposure and description of a table, from the declarations of its model."""
    if table in FRAMEWORK:
        return "public", FRAMEWORK[table]
    if table in RETIRED:
        return "public", RETIRED[table]
    model = models_of_tables().get(table)
    if model is not None and model._meta.auto_created:
        return "inside", "numbers of two tables, in pairs"
    lives = getattr(model, "lives", None)
    if model is None or lives is None:
        return "not declared", "no model declares what this is"
    what = str(model.__doc__).split(". ")[0].removesuffix(".")
    if columns := [column.column for column in sealed_columns(model)]:
        return "sealed", f"{what} (sealed: {', '.join(columns)})"
    return ("public" if lives.public else "inside"), what


def count_readable(model: type[models.Model], database: str) -> dict[str, int]:
    """Count by column the rows with readable contact details or unencrypted sealed values."""
    closed = {column.column for column in sealed_columns(model)}
    wordy = (models.CharField, models.TextField, models.JSONField)
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, wordy) or field.attname in closed
    ]
    if not columns:
        return {}
    counted = dict.fromkeys(columns, 0)
    for row in model._base_manager.using(database).values_list(*columns).iterator(chunk_size=2000):
        for column, value in zip(columns, row, strict=True):
            counted[column] += is_readable_value(value) if column in closed else holds_contact_details(value)
    return {column: count for column, count in counted.items() if count}


def is_readable_value(value: object) -> bool:
    """True if a value that should be sealed can be read: too short to be encrypted, or text."""
    if value is None:
        return False
    if not isinstance(value, bytes | memoryview):
        return True
    content = bytes(value)
    if len(content) < 16 or holds_contact_details(content.decode("latin-1")):
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def holds_contact_details(value: object) -> bool:
    """True if a value holds an e-mail address, a phone number or a network address."""
    if isinstance(value, dict):
        return any(holds_contact_details(item) for pair in value.items() for item in pair)
    if isinstance(value, list):
        return any(holds_contact_details(item) for item in value)
    return isinstance(value, str) and _WAYS.search(_DATE.sub(" ", value)) is not None
