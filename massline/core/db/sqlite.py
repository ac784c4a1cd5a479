"""The SQLite underneath: a version that keeps what it acknowledged, and the pragmas that make it so.

SQLite 3.7.0 to 3.51.2 can lose committed rows in WAL mode ("WAL-reset bug"). Where only such a version is
found, the rollback journal is used instead: slower, and safe.
"""

import sys

SAFE_WAL = (3, 51, 3)

_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "mmap_size=0",
    "journal_size_limit=67108864",
)


def prefer_bundled_sqlite() -> None:
    """Put the SQLite bundled with pysqlite3 in place of the interpreter's own, before Django loads it."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def sqlite_version() -> tuple[int, ...]:
    import sqlite3

    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))


def journal_mode() -> str:
    return "WAL" if sqlite_version() >= SAFE_WAL else "TRUNCATE"


def init_command() -> str:
    return " ".join(f"PRAGMA {pragma};" for pragma in (f"journal_mode={journal_mode()}", *_PRAGMAS))
