"""PLACEHOLDER from massline.desk.act.querysets: Named sets of events, and of who came."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from massline.desk.act.attendance.models import Attendance  # noqa: F401 (named in strings below)
    from massline.desk.act.events.models import Event  # noqa: F401 (named in strings below)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def came(self) -> "AttendanceQuerySet":
        return self.filter(presence="came")

    def standing(self) -> "AttendanceQuerySet":
        """Everybody who said yes or came, and did not cancel."""
        return self.exclude(presence="cancelled")
