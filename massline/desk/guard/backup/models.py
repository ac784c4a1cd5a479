"""Records of backups that were made or test-restored."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter


class BackupEvent(models.TextChoices):
    BACKUP = "backup", _("a backup was made")
    RESTORE = "restore", _("a backup was tested")


class BackupRun(models.Model):
    """A backup that was made or test-restored, and whether it succeeded. It holds nothing about anybody."""

    lives = ExpiresAfter(since="at", days=365)

    what = models.CharField(max_length=8, choices=BackupEvent.choices)
    at = models.DateTimeField(default=timezone.now)
    held = models.BooleanField(help_text="it went well")

    class Meta:
        db_table = "guard_trying"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.what} {'held' if self.held else 'failed'}"
