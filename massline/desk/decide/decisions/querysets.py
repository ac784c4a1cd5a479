"""Queries for decisions."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from massline.desk.decide.decisions.models import Decision  # noqa: F401 (named in strings below)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def to_call(self) -> "DecisionQuerySet":
        """Decisions that a call may be based on: to act, or taken up again after waiting."""
        return self.exclude(waits=True, taken_up_on=None)
