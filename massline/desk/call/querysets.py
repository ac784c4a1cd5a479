"""Named sets of calls."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from massline.desk.call.models import Call  # noqa: F401 (named in strings below)
    from massline.desk.people.models import Organisation


class CallQuerySet(models.QuerySet["Call"]):
    def of(self, organisation: "Organisation") -> "CallQuerySet":
        return self.filter(organisation=organisation)
