"""The second wall, on PostgreSQL: row-level security on every table of the desk that belongs to an organisation.

The policies are made from the paths that models name in their managers, so a new model is covered by being scoped.
They hold for raw SQL, joins and whatever goes around a manager. No setting, no rows. Each connection is told what
is open by massline.desk.people.row_security. The desk's role must be neither superuser nor BYPASSRLS; `passes_by` tells.
"""

from typing import Any

from django.apps import apps
from django.db import connections, models

from massline.desk.people.row_security.base import ALL, SETTING
from massline.desk.people.scope import path_of

POLICY = "massline_scope"
# Inlined by the planner: a plain SQL function of one expression.
FUNCTION = f"""
CREATE OR REPLACE FUNCTION massline_in_scope(bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT current_setting('{SETTING}', true) = '{ALL}' OR coalesce($1, 0) = ANY (
    nullif(nullif(current_setting('{SETTING}', true), '{ALL}'), '')::bigint[])
$$"""


def walled() -> dict[str, str]:
    """Give each table to be walled, with the condition under which one of its rows may be seen or written."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("massline.desk."):
            condition = condition_of(model)
            if condition:
                found[model._meta.db_table] = condition
    return found


def condition_of(model: type[models.Model]) -> str:
    """Say when a row is open: its organisation is, or the row above it may itself be seen."""
    made_for: Any = model._meta.auto_created  # the model a many-to-many table was made for, else False
    first, _, rest = path_of(model).partition("__")
    if made_for and path_of(made_for):
        # The pairs of a many-to-many field go with the side that declares it.
        field = next(
            one
            for one in model._meta.concrete_fields
            if isinstance(one, models.ForeignKey) and one.related_model is made_for
        )
    elif first:
        key = model._meta.get_field(first)
        assert isinstance(key, models.ForeignKey)
        if not rest:
            return f'massline_in_scope("{key.column}")'
        field = key
    else:
        return ""
    above: type[models.Model] = field.remote_field.model
    table, pk = above._meta.db_table, above._meta.pk
    assert pk is not None
    return (
        f'EXISTS (SELECT 1 FROM "{table}" AS above WHERE above."{pk.column}" = '
        f'"{model._meta.db_table}"."{field.column}")'
    )


def raise_wall(using: str = "desk") -> int:
    """Put the policies of today's models in place of what stood; give how many tables are walled.

    Nothing is done on SQLite, where the desk has a file of its own. Doing it again changes nothing.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return 0
    tables = walled()
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        cursor.execute(FUNCTION)
        for table, condition in tables.items():
            if table in there:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
                cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
                cursor.execute(
                    f'CREATE POLICY {POLICY} ON "{table}" USING ({condition}) WITH CHECK ({condition})'
                )
    return len(tables)


def gaps(using: str = "desk") -> list[str]:
    """Name the tables that should be walled and are not: no policy, or one that the database does not hold to."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid AND polname = %s "
            "WHERE relrowsecurity AND relforcerowsecurity AND relnamespace = current_schema()::regnamespace",
            [POLICY],
        )
        held = {name for (name,) in cursor.fetchall()}
    return sorted(set(walled()) - held)


def passes_by(using: str = "desk") -> bool:
    """Does the role of this connection go around every policy?"""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
