"""Checks of the installation: versions, SQLite, addresses, data folder and disk."""

import platform
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connections

from massline.cli.doctor.databases import check_database
from massline.cli.doctor.finding import Finding
from massline.core.db.pending_migrations import pending_migrations
from massline.core.db.sqlite import SAFE_WAL, journal_mode, sqlite_version
from massline.jobs.worker import databases

GIBIBYTE = 2**30
MOST_IDLE_MINUTES, MOST_OPEN_HOURS = 30, 12
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "ceph"}


def check_installation() -> Iterator[Finding]:
    """Run every check of this door; a database is checked only if it answers."""
    for check in (
        check_versions,
        check_sessions,
        check_sqlite,
        check_addresses,
        check_data_folder,
        check_disk,
    ):
        yield from check()
    for database in databases():
        try:
            yield from check_database(database)
        except DatabaseError as problem:
            yield Finding(
                "do",
                f"The database of the {database} does not answer ({type(problem).__name__}).",
                f"Start it, or set MASSLINE_{database.upper()}_DB to where it is.",
            )


def is_database_ready(database: str) -> bool:
    """True if this database exists, answers and has the tables of this version."""
    try:
        return database in databases() and not pending_migrations(database)
    except DatabaseError:
        return False


def check_versions() -> Iterator[Finding]:
    from massline.engine import ENGINE_VERSION

    yield Finding(
        "fine",
        f"Massline {settings.VERSION}, engine {ENGINE_VERSION}, Python {platform.python_version()}, "
        f"SQLite {'.'.join(map(str, sqlite_version()))}, the {settings.DOOR}.",
    )


def check_sessions() -> Iterator[Finding]:
    """How long a login and open names last here; long ones are worth a look."""
    if settings.DOOR != "desk":
        return
    idle, limit = settings.UNLOCK_IDLE_MINUTES, settings.UNLOCK_LIMIT_HOURS
    hours, unused = settings.SESSION_COOKIE_AGE / 3600, settings.SESSION_IDLE_MINUTES
    ends = (
        f"{unused} minutes without a touch and {hours:g} hours in all"
        if unused > 0
        else f"{hours:g} hours, used or not"
    )
    told = f"A login ends after {ends}; names lock after {idle:g} minutes without a touch and after {limit:g} hours in all."
    is_long = idle > MOST_IDLE_MINUTES or limit > MOST_OPEN_HOURS
    to_do = (
        "Whoever finds a telephone reads names that long: set MASSLINE_UNLOCK_MINUTES lower."
        if is_long
        else ""
    )
    yield Finding("look" if is_long else "fine", told, to_do)


def check_sqlite() -> Iterator[Finding]:
    if not any(connections[name].vendor == "sqlite" for name in databases()):
        return
    if sqlite_version() >= SAFE_WAL:
        yield Finding("fine", f"This SQLite keeps what it acknowledged (journal {journal_mode()}).")
    else:
        yield Finding(
            "look",
            "This SQLite is older than 3.51.3 and could lose rows in its faster mode, so the slower one is used.",
            "Install the package pysqlite3 for faster writing.",
        )
    kind = file_system_of(Path(settings.DATA))
    if kind in NETWORK_FILE_SYSTEMS:
        yield Finding(
            "do",
            f"The data folder is on a network file system ({kind}), where SQLite can be damaged.",
            "Set MASSLINE_DATA to a local disk, or use PostgreSQL.",
        )


def file_system_of(folder: Path) -> str | None:
    """Return the type of file system a folder is on; None where the machine does not say (only Linux does)."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return None
    kinds = {line.split(" ")[1]: line.split(" ")[2] for line in mounts.read_text().splitlines()}
    return next((kinds[str(up)] for up in (folder, *folder.parents) if str(up) in kinds), None)


def check_addresses() -> Iterator[Finding]:
    if settings.LEGAL_HOLD:
        yield Finding(
            "look", "A legal hold is on: nothing is swept away.", "Unset MASSLINE_LEGAL_HOLD once it ends."
        )
    if settings.DEBUG:
        yield Finding("do", "MASSLINE_DEBUG is on; error pages show what they should not.", "Unset it.")
    for name in ("SQUARE", "DESK"):
        address = urlsplit(getattr(settings, f"{name}_URL"))
        local = address.hostname in {"localhost", "127.0.0.1", "::1"}
        if address.scheme not in {"http", "https"} or not address.hostname:
            yield Finding(
                "do",
                f"MASSLINE_{name}_URL is not an address.",
                "Set it to one like https://riverside.example.",
            )
        elif not local and (address.scheme != "https" or not settings.HTTPS):
            yield Finding(
                "do",
                f"MASSLINE_{name}_URL is open to others without encryption.",
                "Put a proxy with a certificate before it, use https:// and set MASSLINE_HTTPS=yes.",
            )
    mine = urlsplit(settings.SQUARE_URL if settings.DOOR == "square" else settings.DESK_URL).hostname
    if mine and mine not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        yield Finding("do", f"This door refuses its own address {mine}.", f"Add {mine} to MASSLINE_HOSTS.")
    if len(settings.SECRET_KEY) < 40:
        yield Finding(
            "do", "MASSLINE_SECRET is short enough to be guessed.", "Unset it, or use 50 random letters."
        )


def check_data_folder() -> Iterator[Finding]:
    folder = Path(settings.DATA)
    if not folder.is_dir():
        yield Finding(
            "do", f"The data folder {folder} is not there yet.", "Run `massline up` or `massline prepare`."
        )
        return
    open_to_all = [
        path
        for path in (folder, *folder.glob("*.secret"), *folder.glob("*.sqlite3*"))
        if is_open_to_others(path)
    ]
    for path in open_to_all:
        right = "700" if path.is_dir() else "600"
        yield Finding("do", f"Others on this machine may look into {path}.", f"Run: chmod {right} {path}")
    if not open_to_all:
        yield Finding("fine", f"The data folder {folder} is closed to others.")


def is_open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def check_disk() -> Iterator[Finding]:
    folder = next(path for path in (Path(settings.DATA), *Path(settings.DATA).parents) if path.is_dir())
    usage = shutil.disk_usage(folder)
    free = f"{usage.free / GIBIBYTE:.1f} GiB of {usage.total / GIBIBYTE:.1f} are free for {settings.DATA}"
    if usage.free < GIBIBYTE // 2:
        yield Finding("do", f"Only {free}.", "Free some space: a full disk takes no vote.")
    elif usage.free < 2 * GIBIBYTE or usage.free < usage.total / 20:
        yield Finding("look", f"{free}.", "Free some space soon.")
    else:
        yield Finding("fine", f"{free}.")
