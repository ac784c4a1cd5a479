"""Named sets of attendances."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from massline.desk.act.attendance.models import Attendance  # noqa: F401 (named in strings below)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def came(self) -> "AttendanceQuerySet":
        return self.filter(presence="came")

    def not_cancelled(self) -> "AttendanceQuerySet":
        return self.exclude(presence="cancelled")
