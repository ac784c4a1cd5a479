"""Dates of the last successful backup and test restore, and whether they are too old."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from massline.desk.guard.backup.models import BackupEvent, BackupRun

STALE_BACKUP = timedelta(days=2)
STALE_DRILL = timedelta(days=14)


@dataclass(frozen=True)
class BackupStatus:
    """Backups made by the worker, with the last successful backup and test restore."""

    by_worker: bool
    made: datetime | None
    tried: datetime | None

    @property
    def made_is_old(self) -> bool:
        return self.by_worker and _older(self.made, STALE_BACKUP)

    @property
    def tried_is_old(self) -> bool:
        """True if the worker makes backups and none was test-restored for two weeks."""
        return self.by_worker and _older(self.tried, STALE_DRILL)


def _older(moment: datetime | None, than: timedelta) -> bool:
    return moment is None or timezone.now() - moment > than


def backup_status() -> BackupStatus:
    return BackupStatus(
        bool(settings.BACKUP_FOLDER), last_success(BackupEvent.BACKUP), last_success(BackupEvent.RESTORE)
    )


def last_success(what: BackupEvent) -> datetime | None:
    return BackupRun.objects.filter(what=what, held=True).values_list("at", flat=True).first()


def record_run(what: BackupEvent, *, held: bool) -> None:
    BackupRun.objects.create(what=what, held=held)
