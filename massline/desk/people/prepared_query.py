"""Queries that every page asks: their SQL is written once for each kind of database and then run with other values.

Django writes the SQL of a queryset anew each time. For a query with a dozen parts that takes ten times as long as its
answer.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections, models

from massline.desk.people.scope import OutOfScope, require_scope, scope_to_keys

Value = int | str | date | datetime
_DAY, _TIME = models.DateField(), models.DateTimeField()


@dataclass(frozen=True)
class _Written:
    """A query for one kind of database: what reads its rows, its SQL, and which value stands at each place of it."""

    rows: models.QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    names: dict[Any, str]


class PreparedQuery:
    """A query whose values alone change.

    `build` gives the queryset for values by name: whole numbers, texts, days or times. It must give the same query for all
    of them: whatever it looks up in Python stays as it was the first time. A value named `organisation` is the primary
    key of the organisation whose rows are asked for, and must be in the open scope.
    """

    def __init__(self, build: "Callable[..., models.QuerySet[Any]]") -> None:
        self.build = build
        self._written: dict[str, _Written] = {}

    def rows(self, **values: Value) -> list[Any]:
        """Run it; raises Unscoped or OutOfScope like every other query."""
        if "organisation" in values:
            self._require_scope(values["organisation"])
        connection = connections["desk"]
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._write(connection, values)
        given = {name: _prepared(value, connection) for name, value in values.items()}
        compiler = copy(written.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (
            written.sql,
            tuple(given[written.names[one]] if one in written.names else one for one in written.params),
        )
        rows = written.rows._chain()  # type: ignore[attr-defined]
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows)

    def _require_scope(self, organisation: Value) -> None:
        asked_for = self.build.__name__
        if not isinstance(organisation, int) or not require_scope(asked_for).holds(organisation):
            raise OutOfScope(f"{asked_for} of an organisation outside the open scope was asked for.")

    def _write(self, connection: Any, values: dict[str, Value]) -> _Written:
        stand_ins = {name: _stand_in(value, n) for n, (name, value) in enumerate(values.items())}
        organisation = stand_ins.get("organisation")
        with scope_to_keys([organisation] if isinstance(organisation, int) else [], "writing a query"):
            rows = self.build(**stand_ins).using("desk")
        compiler = rows.query.get_compiler("desk")
        sql, params = compiler.as_sql()
        names = {_prepared(value, connection): name for name, value in stand_ins.items()}
        return _Written(rows, compiler, sql, tuple(params), names)


def _stand_in(value: Value, n: int) -> Value:
    """A value that no row has, of the same kind; small enough for every column of whole numbers."""
    if isinstance(value, datetime):
        return datetime(1, 2, 3, 4, 5, n, tzinfo=UTC)
    if isinstance(value, date):
        return date(1, 2, 3 + n)
    return f"the text at {n}" if isinstance(value, str) else 31_337 + n


def _prepared(value: Value, connection: Any) -> Any:
    """The value as the driver of the database takes it."""
    if isinstance(value, datetime):
        return _TIME.get_db_prep_value(value, connection, prepared=False)
    return _DAY.get_db_prep_value(value, connection, prepared=False) if isinstance(value, date) else value
