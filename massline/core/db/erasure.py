"""Erasing what was destroyed from every file of a database.

SQLite overwrites deleted cells and free pages with zeros (`secure_delete`), but earlier copies of those pages stay in
the write-ahead log until it is cut. `truncate_log` cuts it; verbs that destroy something ask for it with `erase_after_commit`,
and a thread of each process cuts what is left every few seconds. PostgreSQL keeps its log by its own settings, which
`massline doctor` reads.
"""

import logging
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.signals import connection_created

log = logging.getLogger("massline.core")

LOG_SECONDS = 10.0
BRIEF_WAIT_SECONDS = 0.5


def sqlite_file(database: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL and for a database in memory."""
    configured = settings.DATABASES.get(database, {})
    name = str(connections[database].settings_dict["NAME"]) if configured else ""
    if (
        not str(configured.get("ENGINE", "")).endswith("sqlite3")
        or "mode=memory" in name
        or name == ":memory:"
    ):
        return None
    return Path(name)


def truncate_log(database: str) -> bool:
    """Move the log into the database file and cut it to nothing; False where somebody still read from it."""
    file = sqlite_file(database)
    return file is None or _cut(file)


def _cut(file: Path) -> bool:
    import sqlite3

    written = file.with_name(f"{file.name}-wal")
    if not written.exists() or written.stat().st_size == 0:
        return True
    own = sqlite3.connect(file, timeout=BRIEF_WAIT_SECONDS, isolation_level=None)
    try:
        own.execute("PRAGMA synchronous=FULL")
        own.execute("PRAGMA secure_delete=ON")
        busy, _frames, _moved = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as problem:
        log.warning("The log of %s could not be cut: %s.", file.name, problem)
        return False
    finally:
        own.close()
    return not busy


def erase_after_commit(database: str) -> None:
    """Cut the log as soon as the present transaction is on the disk; at once outside of one."""
    transaction.on_commit(lambda: truncate_log(database), using=database, robust=True)


def rewrite_database(database: str) -> None:
    """Write the whole database anew, so that neither free pages nor the order of rows within a page say anything."""
    connection = connections[database]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    truncate_log(database)


class LogTruncator:
    """A thread that cuts the logs of this process's databases; it begins with the first connection, after a fork too."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._pause = threading.Event()

    def begin(self, **_signal: Any) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._sweep, name="logs", daemon=True)
            self._thread.start()

    def _sweep(self) -> None:
        files = [file for name in settings.DATABASES if (file := sqlite_file(name))]
        while not self._pause.wait(LOG_SECONDS):
            for file in files:
                try:
                    _cut(file)
                except OSError as problem:
                    log.warning("The log of %s could not be cut: %s.", file.name, problem.strerror)


_sweeper = LogTruncator()


def start_log_truncation() -> None:
    """Cut the logs every few seconds for as long as this process lives."""
    connection_created.connect(_sweeper.begin, dispatch_uid="keep logs short")
