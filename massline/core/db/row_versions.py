"""Row versions of PostgreSQL: each carries the number of its transaction, by which rows written one after another are tied.

`forget_row_versions` writes the rows of some tables anew in one transaction and the tables without what was there
before. It locks a table only while that is written, gives up where it does not get the lock within two seconds, and
does nothing where nothing was written since the last time.
"""

from collections.abc import Sequence
from pathlib import Path

from django.db import connections, models, transaction
from django.db.models import F

LOCK_WAIT = "2s"

Rows = Sequence[tuple[type[models.Model], str]]


def forget_row_versions(rows: Rows, *, using: str, unfinished: Path) -> bool:
    """Write the tables of these models anew; the column of each is written as it is. False if nothing was to be done.

    `unfinished` is a file that is there from the first change until the last table is written, also after a crash.
    """
    connection = connections[using]
    tables = [connection.ops.quote_name(model._meta.db_table) for model, _column in rows]
    if not unfinished.exists() and not any(_has_versions(using, table) for table in tables):
        return False
    unfinished.touch()
    with transaction.atomic(using=using):
        for model, column in rows:
            model._default_manager.using(using).update(**{column: F(column)})
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
        try:
            for table in tables:
                cursor.execute(f"VACUUM FULL {table}")
        finally:
            cursor.execute("RESET lock_timeout")
    unfinished.unlink()
    return True


def _has_versions(using: str, table: str) -> bool:
    """True if rows were written by more than one transaction; after a night they were by one."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {table} WHERE xmin <> (SELECT xmin FROM {table} LIMIT 1))"
        )
        (mixed,) = cursor.fetchone()
    return bool(mixed)
