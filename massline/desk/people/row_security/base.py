"""Django's own PostgreSQL, with the open scope told to the connection whenever it changed.

A rollback takes back what was told inside of it, so after one, and on each fresh connection, it is told again.
What goes back to the pool is told that nothing is open.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg.pq import TransactionStatus

SETTING = "massline.scope"
TELL = f"SELECT set_config('{SETTING}', %s, false)"
ALL, NONE = "*", ""


def in_words() -> str:
    """Give the open scope as the policies read it: nothing, everything, or a PostgreSQL array of keys.

    What belongs to no organisation goes by the number 0.
    """
    from massline.desk.people.scope import current

    scope = current()
    if scope is None:
        return NONE
    if scope.organisations is None:
        return ALL
    return "{" + ",".join(str(pk or 0) for pk in sorted(scope.organisations, key=lambda pk: pk or 0)) + "}"


def forget(connection: "Connection[Any]") -> None:
    with connection.transaction():
        connection.execute(TELL, [NONE])


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: str | None = None
        self.execute_wrappers.append(self._tell)
        pool = self.settings_dict["OPTIONS"].get("pool")
        if isinstance(pool, dict):
            pool.setdefault("reset", forget)

    def _tell(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        wanted = in_words()
        # In a transaction that has failed only its rollback can follow, and nothing can be told.
        if wanted != self.told and self.connection.info.transaction_status != TransactionStatus.INERROR:
            with self.wrap_database_errors:  # a wrapper runs outside Django's own
                self.connection.execute(TELL, [wanted])
            self.told = wanted
        return execute(sql, params, many, context)

    def connect(self) -> None:
        self.told = None
        super().connect()

    def rollback(self) -> None:
        super().rollback()
        self.told = None

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self.told = None
