"""On PostgreSQL the tables of a database belong to its owner, whichever role prepares them.

The desk's role may prepare the square's database; tables of its own there would lock the square out.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

# The owner of the database this connection is to, and whether our role may act as it.
OWNER = """
SELECT pg_get_userbyid(datdba), current_user, pg_has_role(current_user, datdba, 'MEMBER')
FROM pg_database WHERE datname = current_database()
"""
STRANGERS = """
SELECT tablename, tableowner FROM pg_tables
WHERE schemaname = current_schema() AND tableowner <> %s AND tablename = ANY(%s) ORDER BY tablename
"""
MAY_GIVE = """
SELECT pg_has_role(current_user, tableowner, 'MEMBER') FROM pg_tables
WHERE schemaname = current_schema() AND tablename = %s
"""


@contextmanager
def act_as_owner(database: str) -> Iterator[None]:
    """Inside, what is made belongs to the database's owner, if our role may act as it; on SQLite nothing changes."""
    owner = _owner_we_may_be(database)
    if owner is None:
        yield
        return
    connection = connections[database]
    quoted = connection.ops.quote_name(owner)
    with connection.cursor() as cursor:
        for table in foreign_tables(database):
            # Only the role that has a table, or one that is a member of it, can give it back.
            cursor.execute(MAY_GIVE, [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} OWNER TO {quoted}")
        cursor.execute(f"SET ROLE {quoted}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def foreign_tables(database: str) -> list[str]:
    """The tables that belong to another role than the database does."""
    connection = connections[database]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(OWNER)
        owner = cursor.fetchone()[0]
        cursor.execute(STRANGERS, [owner, _our_tables(database)])
        return [table for table, _owner in cursor.fetchall()]


def _our_tables(database: str) -> list[str]:
    """Tables of this installation; what an administrator or an extension made beside them is theirs."""
    return [
        *connections[database].introspection.django_table_names(),
        MigrationRecorder.Migration._meta.db_table,
    ]


def _owner_we_may_be(database: str) -> str | None:
    """The database's owner, where that is another role than ours and ours is a member of it."""
    connection = connections[database]
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(OWNER)
        owner, ours, is_member = cursor.fetchone()
    return str(owner) if owner != ours and is_member else None
