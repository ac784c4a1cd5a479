"""What somebody who carries this disk away would get: each table, and whether it can be read.

Each model declares how its rows live and which of its columns are sealed; a table of no such model counts as a
leak. What is declared sealed must look sealed, and what can be read inside is searched for ways to reach somebody.
No content ever leaves this module.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.apps import apps
from django.db import connections, models

from massline.core.sealed import sealed_columns

Kind = Literal["public", "sealed", "inside", "not declared"]

FRAMEWORK = {
    "django_migrations": "which version made the tables",
    "django_content_type": "names of tables",
    "auth_permission": "names of permissions; not used",
    "auth_group": "not used",
    "auth_group_permissions": "not used",
}
_DATE = re.compile(r"(?<![\d.])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?!\.?\d)")
_WAYS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}"  # mail
    r"|(?<![\w.])(?:\+|0)\d(?:[ ()/-]{0,2}\d){6,14}(?![\w.])"  # phone
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"  # IPv4
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:{1,2}){3,7}[0-9a-f]{1,4}(?![\w:])",  # IPv6
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Seen:
    """One table: how many rows, what they are, and in how many rows of which column somebody can be read."""

    table: str
    rows: int
    kind: Kind
    what: str
    readable: dict[str, int] = field(default_factory=dict)


def look(database: str) -> Iterator[Seen]:
    """Look at every table of one database that has rows."""
    known = models_of_tables()
    connection = connections[database]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            rows = int(cursor.fetchone()[0])
            if rows:
                kind, what = holds(table)
                model = known.get(table)
                found = readable(model, database) if model is not None and kind != "public" else {}
                yield Seen(table, rows, kind, what, found)


def models_of_tables() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def holds(table: str) -> tuple[Kind, str]:
    """Read from the declarations of its model what a table holds."""
    if table in FRAMEWORK:
        return "public", FRAMEWORK[table]
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


def readable(model: type[models.Model], database: str) -> dict[str, int]:
    """Count the rows in which a way to reach somebody, or what should be sealed, can be read."""
    closed = {column.column for column in sealed_columns(model)}
    wordy = (models.CharField, models.TextField, models.JSONField)
    columns = [
        one.attname for one in model._meta.concrete_fields if isinstance(one, wordy) or one.attname in closed
    ]
    if not columns:
        return {}
    counted = dict.fromkeys(columns, 0)
    for row in model._base_manager.using(database).values_list(*columns).iterator(chunk_size=2000):
        for column, value in zip(columns, row, strict=True):
            counted[column] += is_open(value) if column in closed else reaches_somebody(value)
    return {column: count for column, count in counted.items() if count}


def is_open(value: object) -> bool:
    """Tell what can be read from what is closed: too short to be sealed, or letters."""
    if value is None:
        return False
    if not isinstance(value, bytes | memoryview):
        return True
    content = bytes(value)
    if len(content) < 16 or reaches_somebody(content.decode("latin-1")):
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def reaches_somebody(value: object) -> bool:
    """Is there a mail address, a phone number or a network address in it?"""
    if isinstance(value, dict):
        return any(reaches_somebody(one) for pair in value.items() for one in pair)
    if isinstance(value, list):
        return any(reaches_somebody(one) for one in value)
    return isinstance(value, str) and _WAYS.search(_DATE.sub(" ", value)) is not None
