"""Contacts counted by their next step, for a page that shows no names."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from massline.desk.people.querysets import ContactQuerySet

SOON = timedelta(days=7)


@dataclass(frozen=True)
class StepCounts:
    """People without a next step, with one that is overdue, due within a week or later, and who want none."""

    without: int
    overdue: int
    soon: int
    later: int
    want_none: int


def count_by_step(contacts: ContactQuerySet) -> StepCounts:
    """Count each contact once, by its next step that is due first, in one query."""
    today = timezone.localdate()
    without = Q(due__isnull=True)
    return StepCounts(
        **contacts.by_need().aggregate(
            without=Count("pk", filter=without & Q(wants_none=False)),
            overdue=Count("pk", filter=Q(due__lt=today)),
            soon=Count("pk", filter=Q(due__gte=today, due__lte=today + SOON)),
            later=Count("pk", filter=Q(due__gt=today + SOON)),
            want_none=Count("pk", filter=without & Q(wants_none=True)),
        )
    )
