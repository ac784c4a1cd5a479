"""When backups were last made and last brought back; a backup nobody has tried is a hope."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from massline.desk.guard.backup.models import Trial, Trying

STALE_BACKUP = timedelta(days=2)
STALE_DRILL = timedelta(days=14)


@dataclass(frozen=True)
class Backups:
    """Whether the worker makes backups here, and when it last went well."""

    by_worker: bool
    made: datetime | None
    tried: datetime | None

    @property
    def made_is_old(self) -> bool:
        return self.by_worker and _older(self.made, STALE_BACKUP)

    @property
    def tried_is_old(self) -> bool:
        """The worker makes backups, and none was brought back for two weeks."""
        return self.by_worker and _older(self.tried, STALE_DRILL)


def _older(moment: datetime | None, than: timedelta) -> bool:
    return moment is None or timezone.now() - moment > than


def backups() -> Backups:
    return Backups(bool(settings.BACKUP_FOLDER), last(Trial.BACKUP), last(Trial.RESTORE))


def last(what: Trial) -> datetime | None:
    return Trying.objects.filter(what=what, held=True).values_list("at", flat=True).first()


def write_down(what: Trial, *, held: bool) -> None:
    Trying.objects.create(what=what, held=held)
