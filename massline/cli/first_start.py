"""Preparation of a start: data folder, tables, static files, demonstration and first link."""

import hashlib
import importlib
import logging
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from massline.cli import fresh_tables, table_owners
from massline.core.db.pending_migrations import pending_migrations

Progress = Callable[[str], None]


def ensure_data_folder() -> None:
    """Create the data folder, and close it and what is in it to others, also where it existed before."""
    folder: Path = settings.DATA
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    restrict_permissions(folder)
    probe = folder / ".can-write"
    probe.touch()
    probe.unlink()


def restrict_permissions(folder: Path) -> None:
    """Take every right of others from the data folder and its files.

    A database elsewhere may be shared by two accounts of one group, so only the rights of everybody else go.
    """
    sqlite = [
        database for database in settings.DATABASES.values() if database.get("ENGINE", "").endswith("sqlite3")
    ]
    elsewhere = [
        Path(database["NAME"]) for database in sqlite if folder not in Path(database["NAME"]).parents
    ]
    beside = [path.with_name(path.name + end) for path in elsewhere for end in ("", "-wal", "-shm")]
    for path in (folder, *folder.glob("*"), *folder.glob("courier/*")):
        _take_rights(path, 0o077)
    for path in beside:
        _take_rights(path, 0o007)


def _take_rights(path: Path, rights: int) -> None:
    if path.is_symlink() or not path.exists() or not path.stat().st_mode & rights:
        return
    try:
        path.chmod(path.stat().st_mode & ~rights & 0o7777)
    except PermissionError as problem:  # another account's file
        logging.getLogger("massline").warning("%s is open to others (%s).", path, problem.strerror)


def prepare_databases(say: Progress) -> None:
    for database in ("square", "desk"):
        if database in settings.DATABASES and (
            pending_migrations(database) or table_owners.foreign_tables(database)
        ):
            say(f"Preparing the database of the {database} …")
            with _migration_scope(database), table_owners.act_as_owner(database):
                if fresh_tables.has_no_tables(database):
                    fresh_tables.create_tables(database)
                else:
                    call_command("migrate", database=database, verbosity=0, interactive=False)
    if "desk" in settings.DATABASES:
        from massline.desk.people.row_security.policies import apply_policies

        apply_policies("desk")


def _migration_scope(database: str) -> AbstractContextManager[None]:
    """Open every organisation for migrations of the desk."""
    if database != "desk":
        return nullcontext()
    from massline.desk.people.scope import scope_to_everything

    return scope_to_everything("bringing the tables up to this version")


def prepare_static(say: Progress) -> None:
    """Collect and compress the static files if they or the version changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = static_files_fingerprint()
    if stamp.is_file() and stamp.read_text() == now:
        return
    say("Preparing static files …")
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)


def static_files_fingerprint() -> str:
    """Return a digest of the static files' paths, sizes and times."""
    from django.contrib.staticfiles.finders import get_finders

    seen = [f"{settings.VERSION} {settings.DOOR}"]
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            seen.append(f"{name} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()


def is_first_start() -> bool:
    from massline.desk.people.models import Account, Organisation

    return not Organisation.objects.exists() and not Account.objects.exists()


def build_demo(say: Progress) -> str:
    """Build the demonstration in one transaction; store and return the secret of its first link.

    The secret carries the key of the demonstration's union, so a lost one could not be replaced.
    """
    build: Callable[[Progress], str] = importlib.import_module("massline.demo").build
    with transaction.atomic(using="square"), transaction.atomic(using="desk"):
        secret = build(say)
    with open(os.open(_first_link_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    return secret


def _first_link_file() -> Path:
    return Path(settings.DATA) / "demo.way-in"


def first_link_secret() -> str | None:
    """Return the secret of the first organiser's link; None once an invitation was accepted."""
    from massline.desk.guard.accounts import invitations
    from massline.desk.guard.accounts.invitation_model import Invitation
    from massline.desk.people.choices import Role

    kept = _first_link_file()
    if Invitation.objects.filter(accepted_at__isnull=False).exists():
        kept.unlink(missing_ok=True)
        return None
    if kept.is_file() and invitations.find_invitation(kept.read_text()):
        return kept.read_text()
    Invitation.objects.filter(organisation=None, accepted_at=None).delete()
    return invitations.invite_member(organisation=None, role=Role.HOLDER, by=None)


def build_link(secret: str, desk_url: str) -> str:
    return desk_url + reverse("guard:come_in", args=[secret], urlconf="massline.urls_desk")


def link_lifetime_days() -> int:
    from massline.desk.guard.accounts.invitations import INVITATION_LIVES

    lives: timedelta = INVITATION_LIVES
    return lives.days
