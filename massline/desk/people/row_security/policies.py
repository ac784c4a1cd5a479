"""PostgreSQL row-level security on every table of the desk that belongs to an organisation.

The policies derive from the paths that models declare in their managers, so a scoped model is covered. They apply to
raw SQL, joins and everything else that bypasses a manager. Without the setting that massline.desk.people.row_security
sends, no row is visible. The desk's role must be neither superuser nor BYPASSRLS: see `role_bypasses_policies`.
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


def policy_conditions() -> dict[str, str]:
    """Map each scoped table to the condition under which its rows may be read or written."""
    conditions = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("massline.desk."):
            condition = row_condition(model)
            if condition:
                conditions[model._meta.db_table] = condition
    return conditions


def row_condition(model: type[models.Model]) -> str:
    """Return when a row is open: its organisation is open, or its parent row is visible."""
    made_for: Any = model._meta.auto_created  # the model a many-to-many table was made for, else False
    first, _, rest = path_of(model).partition("__")
    if made_for and path_of(made_for):
        # Rows of a many-to-many table follow the model that declares the field.
        field = next(
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.related_model is made_for
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


def apply_policies(using: str = "desk") -> int:
    """Replace all policies by those of the current models; return the number of tables they protect.

    Does nothing on SQLite, where the desk has its own file. Repeating it changes nothing.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return 0
    tables = policy_conditions()
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


def tables_without_policy(using: str = "desk") -> list[str]:
    """List the scoped tables without an enforced policy."""
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
    return sorted(set(policy_conditions()) - held)


def role_bypasses_policies(using: str = "desk") -> bool:
    """True if the role of this connection bypasses every policy."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
