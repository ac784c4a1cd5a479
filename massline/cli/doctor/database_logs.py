"""Checks of what a database's log keeps of rows that were destroyed."""

import time
from collections.abc import Iterator

from django.db import connections

from massline.cli.doctor.finding import Finding
from massline.core.db.erasure import truncate_log

MUCH_LOG_MB = 1024
TRIES, PAUSE_SECONDS = 5, 2.0


def check_log(database: str) -> Iterator[Finding]:
    """Check that the log is cut; on PostgreSQL, that no setting keeps it for longer than a restart needs."""
    if connections[database].vendor == "postgresql":
        yield from _check_postgres_log(database)
        return
    if not _can_be_cut(database):
        yield Finding(
            "do",
            f"The log of the {database} cannot be cut: rows that were destroyed can be read in it.",
            "Look for a program that keeps the database open for reading, and end it.",
        )


def _can_be_cut(database: str) -> bool:
    """Try it for ten seconds: an estimate reads for a moment, a program that is left open for good."""
    for again in range(TRIES):
        if truncate_log(database):
            return True
        if again < TRIES - 1:
            time.sleep(PAUSE_SECONDS)
    return False


def _check_postgres_log(database: str) -> Iterator[Finding]:
    with connections[database].cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name IN ('archive_mode', 'wal_keep_size', 'max_wal_size')"
        )
        settings = dict(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM pg_replication_slots")
        (slots,) = cursor.fetchone()
    keeps = [
        *(["archives it (archive_mode)"] if settings.get("archive_mode", "off") != "off" else []),
        *(
            [f"keeps {settings['wal_keep_size']} MB (wal_keep_size)"]
            if int(settings.get("wal_keep_size", 0))
            else []
        ),
        *([f"keeps it for {slots} replication slots"] if slots else []),
        *(["lets it grow (max_wal_size)"] if int(settings.get("max_wal_size", 0)) > MUCH_LOG_MB else []),
    ]
    if keeps:
        yield Finding(
            "look",
            f"PostgreSQL keeps the log of the {database}, and in it rows that were destroyed: it {', '.join(keeps)}.",
            "Shorten it or encrypt the disk and the archive (docs/threat-model.md).",
        )
    else:
        yield Finding("fine", f"PostgreSQL keeps no log of the {database} beyond what a restart needs.")
