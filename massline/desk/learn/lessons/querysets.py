"""Named sets of lessons."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from massline.desk.learn.lessons.models import Lesson  # noqa: F401 (named in strings below)
    from massline.desk.people.models import Organisation


class LessonQuerySet(models.QuerySet["Lesson"]):
    def of(self, organisation: "Organisation") -> "LessonQuerySet":
        return self.filter(review__event__organisation=organisation)

    def received_by(self, organisation: "Organisation") -> "LessonQuerySet":
        """Lessons that sister chapters passed on."""
        return self.filter(shared_with=organisation).exclude(review__event__organisation=organisation)

    def readable_by(self, organisation: "Organisation") -> "LessonQuerySet":
        ours = models.Q(review__event__organisation=organisation)
        return self.filter(ours | models.Q(shared_with=organisation)).distinct()
