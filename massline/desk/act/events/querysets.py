"""Named sets of events."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from massline.desk.act.attendance.models import Attendance  # noqa: F401 (named in strings below)
    from massline.desk.act.events.models import Event  # noqa: F401 (named in strings below)
    from massline.desk.people.models import Organisation


class EventQuerySet(models.QuerySet["Event"]):
    def of(self, organisation: "Organisation") -> "EventQuerySet":
        return self.filter(organisation=organisation)

    def coming_up(self) -> "EventQuerySet":
        return self.filter(ends_at__gte=timezone.now(), cancelled=False)

    def past(self) -> "EventQuerySet":
        return self.filter(ends_at__lt=timezone.now(), cancelled=False).order_by("-starts_at")

    def without_review(self) -> "EventQuerySet":
        return self.past().filter(closed_at=None)

    def mass_meetings(self) -> "EventQuerySet":
        return self.filter(kind="mass_meeting")
