"""Backups the worker makes every day, and brings back every week to see whether they would help."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from massline.desk.guard.backup import status
from massline.desk.guard.backup.dump import Backup, make_backup
from massline.desk.guard.backup.models import Trial, Trying
from massline.desk.guard.backup.postgres import Postgres

DAILY, WEEKLY = timedelta(hours=24), timedelta(days=7)
AGAIN_AFTER = timedelta(hours=3)
BAGS_LIVE = timedelta(days=30)
DRILL_SECONDS = 3600


def sources() -> dict[str, Path | Postgres]:
    """Both databases, as files or as places on a server."""
    found: dict[str, Path | Postgres] = {}
    for name in ("square", "desk"):
        about = settings.DATABASES[name]
        here = "sqlite" in about["ENGINE"]
        found[name] = Path(str(about["NAME"])) if here else Postgres.of_settings(about)
    return found


def due(what: Trial, every: timedelta) -> bool:
    """Is it time again? What failed is tried again after three hours."""
    last = Trying.objects.filter(what=what).first()
    return last is None or timezone.now() - last.at >= (every if last.held else AGAIN_AFTER)


def back_up() -> Backup | None:
    """Make a backup where it is time, keep as many as are wanted, and write down whether it went well."""
    if not settings.BACKUP_FOLDER or not due(Trial.BACKUP, DAILY):
        return None
    folder = Path(settings.BACKUP_FOLDER)
    made: Backup | None = None
    try:
        made = make_backup(sources(), folder, settings.BACKUP_RECIPIENTS, now=timezone.now())
    finally:
        status.write_down(Trial.BACKUP, held=made is not None)
    clear_up(folder, now=timezone.now())
    return made


def clear_up(folder: Path, *, now: datetime) -> None:
    """Remove what is more than wanted; a key bag goes after thirty days at the latest."""
    for kind in ("data", "keys"):
        for old in sorted(folder.glob(f"massline-*.{kind}.age"))[: -max(settings.BACKUP_KEEP, 1)]:
            old.unlink()
    last = f"massline-{now - BAGS_LIVE:%Y%m%dT%H%M%S}"
    for bag in folder.glob("massline-*.keys.age"):
        if bag.name < last:
            bag.unlink()


def try_one() -> bool | None:
    """Bring the newest backup back in a process of its own, where it is time; give whether everything held."""
    if not (settings.BACKUP_FOLDER and settings.DRILL_IDENTITY and due(Trial.RESTORE, WEEKLY)):
        return None
    newest = sorted(Path(settings.BACKUP_FOLDER).glob("massline-*.data.age"))[-1:]
    if not newest:
        return None
    words = [str(newest[0]), "--identity", settings.DRILL_IDENTITY]
    keys = newest[0].with_name(newest[0].name.replace(".data.", ".keys."))
    words += ["--keys", str(keys)] if keys.is_file() else []
    words += ["--server", settings.DRILL_SERVER] if settings.DRILL_SERVER else []
    done = subprocess.run(
        [sys.executable, "-m", "massline", "drill", "restore", *words],
        capture_output=True,
        timeout=DRILL_SECONDS,
    )
    status.write_down(Trial.RESTORE, held=done.returncode == 0)
    return done.returncode == 0
