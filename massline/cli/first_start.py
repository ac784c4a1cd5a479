"""What must stand before the doors open: tables, static files, something to see, and a way in."""

import hashlib
import importlib
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from massline.cli import fresh_tables

Say = Callable[[str], None]


def need_data_folder() -> None:
    """Make the folder everything is kept in; nobody else on this machine may look into it."""
    folder: Path = settings.DATA
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    probe = folder / ".can-write"
    probe.touch()
    probe.unlink()


def pending_migrations(database: str) -> list[str]:
    executor = MigrationExecutor(connections[database])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def prepare_databases(say: Say) -> None:
    for database in ("square", "desk"):
        if database in settings.DATABASES and pending_migrations(database):
            say(f"Preparing the database of the {database} …")
            with opened_for(database):
                if fresh_tables.has_none(database):
                    fresh_tables.make(database)
                else:
                    call_command("migrate", database=database, verbosity=0, interactive=False)
    if "desk" in settings.DATABASES:
        from massline.desk.people.row_security.policies import apply_policies

        apply_policies("desk")


def opened_for(database: str) -> AbstractContextManager[None]:
    """Whatever a step moves in the desk it moves for every organisation."""
    if database != "desk":
        return nullcontext()
    from massline.desk.people.scope import everything

    return everything("bringing the tables up to this version")


def prepare_static(say: Say) -> None:
    """Collect and compress the static files where they or the version changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = static_digest()
    if stamp.is_file() and stamp.read_text() == now:
        return
    say("Preparing static files …")
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)


def static_digest() -> str:
    """Name the static files as they are now, by their places, sizes and times."""
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


def build_demo(say: Say) -> str:
    """Fill both doors with the demonstration, whole or not at all; give the way in, and keep it until it is used.

    The link carries the key of the demonstration's union, so a lost one could not be made again.
    """
    build: Callable[[Say], str] = importlib.import_module("massline.demo").build
    with transaction.atomic(using="square"), transaction.atomic(using="desk"):
        secret = build(say)
    with open(os.open(_kept_way_in(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    return secret


def _kept_way_in() -> Path:
    return Path(settings.DATA) / "demo.way-in"


def way_in() -> str | None:
    """Give the link for the first organiser; None once somebody came in."""
    from massline.desk.guard.accounts import invitations
    from massline.desk.guard.accounts.models import Invitation
    from massline.desk.people.states import Role

    kept = _kept_way_in()
    if Invitation.objects.filter(accepted_at__isnull=False).exists():
        kept.unlink(missing_ok=True)
        return None
    if kept.is_file() and invitations.find_invitation(kept.read_text()):
        return kept.read_text()
    Invitation.objects.filter(organisation=None, accepted_at=None).delete()
    return invitations.invite(organisation=None, role=Role.HOLDER, by=None)


def link_of(secret: str, desk_url: str) -> str:
    return desk_url + reverse("guard:come_in", args=[secret], urlconf="massline.urls_desk")


def days_left() -> int:
    from massline.desk.guard.accounts.invitations import INVITATION_LIVES

    lives: timedelta = INVITATION_LIVES
    return lives.days
