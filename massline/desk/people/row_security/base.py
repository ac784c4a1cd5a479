"""Django's PostgreSQL backend, which sends the open scope to the connection whenever it changed.

A rollback undoes the setting, so it is sent again after one, and on each new connection. A connection that returns to
the pool is reset to no scope.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg.pq import TransactionStatus

SETTING = "massline.scope"
SET_SCOPE = f"SELECT set_config('{SETTING}', %s, false)"
ALL, NONE = "*", ""


def scope_setting() -> str:
    """Return the open scope as the policies read it: nothing, everything, or a PostgreSQL array of keys.

    Rows of no organisation have the key 0.
    """
    from massline.desk.people.scope import current_scope

    scope = current_scope()
    if scope is None:
        return NONE
    if scope.organisations is None:
        return ALL
    return "{" + ",".join(str(pk or 0) for pk in sorted(scope.organisations, key=lambda pk: pk or 0)) + "}"


def clear_scope(connection: "Connection[Any]") -> None:
    with connection.transaction():
        connection.execute(SET_SCOPE, [NONE])


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_setting: str | None = None
        self.execute_wrappers.append(self._send_scope)
        pool = self.settings_dict["OPTIONS"].get("pool")
        if isinstance(pool, dict):
            pool.setdefault("reset", clear_scope)

    def _send_scope(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        setting = scope_setting()
        # In a failed transaction nothing but its rollback can follow, so nothing can be sent.
        if (
            setting != self.sent_setting
            and self.connection.info.transaction_status != TransactionStatus.INERROR
        ):
            with self.wrap_database_errors:  # a wrapper runs outside Django's own
                self.connection.execute(SET_SCOPE, [setting])
            self.sent_setting = setting
        return execute(sql, params, many, context)

    def connect(self) -> None:
        self.sent_setting = None
        super().connect()

    def rollback(self) -> None:
        super().rollback()
        self.sent_setting = None

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self.sent_setting = None
