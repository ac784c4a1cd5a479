"""The worker's daily backups and weekly test restores."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from massline.desk.guard.backup import status
from massline.desk.guard.backup.dump import Backup, make_backup
from massline.desk.guard.backup.models import BackupEvent, BackupRun
from massline.desk.guard.backup.postgres_address import Postgres

DAILY, WEEKLY = timedelta(hours=24), timedelta(days=7)
AGAIN_AFTER = timedelta(hours=3)
BAGS_LIVE = timedelta(days=30)
DRILL_SECONDS = 3600
# Where `massline upgrade` writes down its backup, which a rollback needs (massline/cli/install/upgrade.py).
LAST_UPGRADE = Path("/var/lib/massline/upgrade.json")


def backup_sources() -> dict[str, Path | Postgres]:
    """Both databases, as SQLite files or PostgreSQL connections."""
    databases: dict[str, Path | Postgres] = {}
    for name in ("square", "desk"):
        about = settings.DATABASES[name]
        here = "sqlite" in about["ENGINE"]
        databases[name] = Path(str(about["NAME"])) if here else Postgres.of_settings(about)
    return databases


def is_due(what: BackupEvent, every: timedelta) -> bool:
    """True if a run is due; after a failure it is due again in three hours."""
    last = BackupRun.objects.filter(what=what).first()
    return last is None or timezone.now() - last.at >= (every if last.held else AGAIN_AFTER)


def back_up_if_due() -> Backup | None:
    """Make a backup if one is due, record the result and delete old backups; None if none is due."""
    if not settings.BACKUP_FOLDER or not is_due(BackupEvent.BACKUP, DAILY):
        return None
    folder = Path(settings.BACKUP_FOLDER)
    made: Backup | None = None
    try:
        made = make_backup(backup_sources(), folder, settings.BACKUP_RECIPIENTS, now=timezone.now())
    finally:
        status.record_run(BackupEvent.BACKUP, held=made is not None)
    delete_old_backups(folder, now=timezone.now())
    return made


def delete_old_backups(folder: Path, *, now: datetime) -> None:
    """Delete backups beyond the number to keep but for the last upgrade's, and key bags after thirty days at the latest."""
    needed = find_backup_of_upgrade()
    for kind in ("data", "keys"):
        for old in sorted(folder.glob(f"massline-*.{kind}.age"))[: -max(settings.BACKUP_KEEP, 1)]:
            if old.name not in needed:
                old.unlink()
    last = f"massline-{now - BAGS_LIVE:%Y%m%dT%H%M%S}"
    for bag in folder.glob("massline-*.keys.age"):
        if bag.name < last:
            bag.unlink()


def find_backup_of_upgrade() -> set[str]:
    """The names of the files that a rollback would bring back; none where nothing was upgraded on this machine."""
    if not os.access(LAST_UPGRADE, os.R_OK):
        return set()
    record = json.loads(LAST_UPGRADE.read_text())
    return {Path(record[kind]).name for kind in ("data", "keys")}


def rehearse_restore_if_due() -> bool | None:
    """Test-restore the newest backup in a separate process if it is due; return whether it succeeded, or None."""
    if not (settings.BACKUP_FOLDER and settings.DRILL_IDENTITY and is_due(BackupEvent.RESTORE, WEEKLY)):
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
    status.record_run(BackupEvent.RESTORE, held=done.returncode == 0)
    return done.returncode == 0
