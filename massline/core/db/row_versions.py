"""Row versions of PostgreSQL: each carries the number of its transaction, by which rows written one after another are tied.

`forget_row_versions` writes the rows of some tables anew, in pieces by their keys, which say nothing about order, and then
the tables without what was there before. A piece locks its rows for a moment; a table is locked only while it is
written, and given up on where that does not begin within two seconds. Nothing is done where nothing was written since.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import connections, models, transaction
from django.db.models import F

LOCK_WAIT = "2s"
PIECE = 20_000

Rows = Sequence[tuple[type[models.Model], str]]


def forget_row_versions(rows: Rows, *, using: str, unfinished: Path) -> bool:
    """Write the tables of these models anew; the column of each is written as it is. False if nothing was to be done.

    Their primary keys must say nothing about which row came first. `unfinished` is a file that is there from the first
    change until the last table is written, also after a crash; beside it lies one with the transactions that wrote.
    """
    connection = connections[using]
    tables = [connection.ops.quote_name(model._meta.db_table) for model, _column in rows]
    ours = unfinished.with_suffix(".transactions")
    known = ours.read_text().split() if ours.exists() else []
    if not unfinished.exists() and not any(_has_versions(using, table, known) for table in tables):
        return False
    unfinished.touch()
    wrote = [number for model, column in rows for number in _write_anew(model, column, using)]
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
        try:
            for table in tables:
                cursor.execute(f"VACUUM FULL {table}")
        finally:
            cursor.execute("RESET lock_timeout")
    ours.write_text(" ".join(wrote))
    unfinished.unlink()
    return True


def _write_anew(model: type[models.Model], column: str, using: str) -> Iterator[str]:
    """Write the rows piece by piece in the order of their keys; yield the number of each transaction."""
    manager = model._default_manager.using(using)
    last = None
    while True:
        later = manager.order_by("pk") if last is None else manager.filter(pk__gt=last).order_by("pk")
        piece = list(later.values_list("pk", flat=True)[:PIECE])
        if not piece:
            return
        with transaction.atomic(using=using):
            manager.filter(pk__gte=piece[0], pk__lte=piece[-1]).update(**{column: F(column)})
            with connections[using].cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()::xid::text")
                yield str(cursor.fetchone()[0])
        last = piece[-1]


def _has_versions(using: str, table: str, known: Sequence[str]) -> bool:
    """True if there are rows that another transaction wrote than those of the last time."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE xmin::text <> ALL (%s))", [list(known)])
        (mixed,) = cursor.fetchone()
    return bool(mixed)
