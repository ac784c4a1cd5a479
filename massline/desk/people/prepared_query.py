"""Queries that every page asks: their SQL is written once for each kind of database and then run with other values.

Django writes the SQL of a queryset anew each time. For a query with a dozen parts that takes ten times as long as its
answer.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections, models

from massline.desk.people.scope import OutOfScope, require_scope, scope_to_keys

# Values that no row has. Where they stand among the parameters, those of a run are put.
ORGANISATION = -8_410_233_071
NOW = datetime(1, 2, 3, 4, 5, 6, tzinfo=UTC)
_DAY_AND_HOUR = models.DateTimeField()


@dataclass(frozen=True)
class _Written:
    """The SQL of a query for one kind of database, with its parameters and what reads its rows."""

    compiler: Any
    sql: str
    params: tuple[Any, ...]
    now: Any


class PreparedQuery:
    """A query about one organisation at one moment.

    `build` gives the queryset for the primary key of an organisation and a time, of the columns `names`. It must give the
    same query for every organisation: what it looks up in Python stays as it was the first time.
    """

    def __init__(
        self, build: "Callable[[int, datetime], models.QuerySet[Any]]", name: str, columns: Iterable[str]
    ) -> None:
        self.build = build
        self.columns = tuple(columns)
        self.row = namedtuple(name, self.columns)  # type: ignore[misc]
        self._written: dict[str, _Written] = {}

    def rows(self, organisation: int, now: datetime) -> list[Any]:
        """Run it; raises Unscoped or OutOfScope like every other query."""
        if not require_scope(self.row.__name__).holds(organisation):
            raise OutOfScope(f"{self.row.__name__} of an organisation outside the scope was asked for.")
        connection = connections["desk"]
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._write(connection)
        values = {ORGANISATION: organisation, written.now: _prepared(now, connection)}
        params = tuple(values.get(value, value) for value in written.params)
        compiler = copy(written.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (written.sql, params)
        return [self.row(*row) for row in compiler.results_iter()]

    def _write(self, connection: Any) -> _Written:
        with scope_to_keys([ORGANISATION], "writing a query down"):
            rows = self.build(ORGANISATION, NOW).values_list(*self.columns)
        compiler = rows.query.get_compiler("desk")
        sql, params = compiler.as_sql()
        return _Written(compiler, sql, tuple(params), _prepared(NOW, connection))


def _prepared(moment: datetime, connection: Any) -> Any:
    return _DAY_AND_HOUR.get_db_prep_value(moment, connection, prepared=False)
