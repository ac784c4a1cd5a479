"""Copies of PostgreSQL databases with pg_dump, from the same snapshot as the row counts and the key bag.

Needs the programs pg_dump and pg_restore, of the server's version or newer.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from massline.desk.guard.backup.postgres_address import Postgres, PostgresProblem

# Tables on which a policy may still hide rows: the setting was lost (a pooler drops it), our own policy does not
# apply to every role, or a restrictive policy was added.
KEPT_BACK = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND row_security_active(c.oid) AND (
  current_setting('massline.scope', true) IS DISTINCT FROM '*'
  OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'massline_scope'
                 AND p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}')
  OR EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive))
ORDER BY c.relname
"""


@dataclass(frozen=True)
class DatabaseSnapshot:
    """A database at one moment, valid while its transaction is open."""

    database: Postgres
    connection: "psycopg.Connection[Any]"
    snapshot: str

    def counts(self) -> dict[str, int]:
        return count_rows(self.connection)

    def rows(self, table: str) -> list[dict[str, object]]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()

    def dump(self, into: Path, *, without: Sequence[str]) -> None:
        """Write a dump of this snapshot without the rows of the named tables."""
        left_out = [f"--exclude-table-data=public.{table}" for table in without]
        options = ["--format=custom", "--no-owner", "--no-privileges", "--enable-row-security"]
        run_program(
            "pg_dump", *options, f"--snapshot={self.snapshot}", f"--file={into}", *left_out, of=self.database
        )


@contextmanager
def hold_snapshot(database: Postgres) -> Iterator[DatabaseSnapshot]:
    """Open a snapshot of a database, unaffected by later writes.

    Raises PostgresProblem if the role may not see every row, since a partial copy would agree with its own count.
    """
    with database.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        try:
            require_visible_rows(database, connection)
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            yield DatabaseSnapshot(database, connection, str(snapshot))
        except psycopg.Error as problem:
            raise PostgresProblem(
                f"The database {database.name} cannot be copied: {str(problem).strip()}. Nothing was written."
            ) from problem


def require_visible_rows(database: Postgres, connection: "psycopg.Connection[Any]") -> None:
    """Raise PostgresProblem if rows may be hidden from this role, or the database has none of our tables."""
    if "django_migrations" not in table_names(connection):
        raise PostgresProblem(
            f"The database {database.name} has none of Massline's tables. Nothing was written; "
            "check its address, or run massline prepare first."
        )
    kept_back = [str(name) for (name,) in connection.execute(KEPT_BACK)]
    if kept_back:
        raise PostgresProblem(
            f"The role of {database.name} may not see every row of {', '.join(kept_back[:3])} ({len(kept_back)} "
            "tables in all): its backup would look whole and be empty. Nothing was written; back up as the desk's own "
            "role, straight to the server and not through a pooler, after massline prepare."
        )


def size_of(database: Postgres) -> int:
    """How many bytes a database takes on its server, which is more than a dump of it does."""
    with database.connect() as connection:
        (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
    return int(size)


def table_names(connection: "psycopg.Connection[Any]") -> list[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    return [str(name) for (name,) in rows]


def count_rows(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    counted = {}
    for table in table_names(connection):
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        counted[table] = int(row[0]) if row else 0
    return counted


def is_empty(database: Postgres) -> bool:
    with database.connect() as connection:
        return not table_names(connection)


def restore_dump(dump: Path, into: Postgres) -> None:
    """Restore a dump into an empty database, completely or not at all."""
    run_program(
        "pg_restore",
        *("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"),
        f"--dbname={into.name}",
        str(dump),
        of=into,
    )


def insert_key_bag_rows(into: Postgres, bag: dict[str, list[dict[str, object]]]) -> None:
    """Insert the rows of a key bag."""
    with into.connect() as connection:
        for table, rows in bag.items():
            for row in rows:
                names = sql.SQL(", ").join(map(sql.Identifier, row))
                marks = sql.SQL(", ").join(sql.Placeholder() for _ in row)
                insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
                connection.execute(insert.format(sql.Identifier(table), names, marks), list(row.values()))


@contextmanager
def scratch_databases(server: Postgres, names: Sequence[str]) -> Iterator[dict[str, Postgres]]:
    """Create empty databases on a server, and drop them afterwards."""
    mark = os.urandom(4).hex()
    made = {name: server.called(f"massline_drill_{mark}_{name}") for name in names}
    with server.called(server.name or "postgres").connect(autocommit=True) as connection:
        try:
            for database in made.values():
                _create_database(connection, database)
            yield made
        finally:
            for database in made.values():
                gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(gone.format(sql.Identifier(database.name)))


def _create_database(connection: "psycopg.Connection[Any]", database: Postgres) -> None:
    try:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database.name)))
    except psycopg.errors.InsufficientPrivilege as problem:
        raise PostgresProblem(
            f"The role {connection.info.user} may not make databases. Nothing was changed; name one with the right to "
            "(ALTER ROLE … CREATEDB), or restore into two empty databases with massline restore."
        ) from problem
    except psycopg.Error as problem:
        raise PostgresProblem(f"No scratch database could be made: {str(problem).strip()}.") from problem


def run_program(program: str, *arguments: str, of: Postgres) -> None:
    """Run one of PostgreSQL's programs. Raises PostgresProblem with its error output."""
    try:
        done = subprocess.run([program, *arguments], env=of.environment(), capture_output=True, text=True)
    except FileNotFoundError as problem:
        raise PostgresProblem(
            f"The program {program} is not here. Install PostgreSQL's client programs."
        ) from problem
    if done.returncode:
        raise PostgresProblem(f"{program} did not work: {done.stderr.strip()[-300:]}")
