"""Named sets of promises."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from massline.desk.decide.promises.models import Promise  # noqa: F401


class PromiseQuerySet(models.QuerySet["Promise"]):
    def running(self) -> "PromiseQuerySet":
        return self.filter(state__in=["open", "moved"])

    def due(self) -> "PromiseQuerySet":
        """Promises whose day has come, and of which nobody said yet whether they were kept."""
        return self.running().filter(due_on__lte=timezone.localdate())
