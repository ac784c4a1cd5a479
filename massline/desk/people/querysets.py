"""Named sets of memberships, contacts and next steps."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from massline.desk.people.states import StepState

if TYPE_CHECKING:
    pass


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> "MembershipQuerySet":
        return self.filter(ended_on=None, account__is_active=True)


class ContactQuerySet(models.QuerySet["Contact"]):
    def with_consent(self) -> "ContactQuerySet":
        return self.filter(consent_on__isnull=False)

    def without_next_step(self) -> "ContactQuerySet":
        """People the organisation has lost sight of: no dated step open, and no stated "none wanted"."""
        steps = models.Q(state=StepState.OPEN, due_on__isnull=False) | models.Q(state=StepState.NONE_WANTED)
        from massline.desk.people.models import NextStep

        walked_with = NextStep.objects.filter(steps, contact=models.OuterRef("pk"))
        return self.with_consent().exclude(models.Exists(walked_with))

    def expired(self) -> "ContactQuerySet":
        return self.filter(keep_until__lt=timezone.localdate())


class NextStepQuerySet(models.QuerySet["NextStep"]):
    def open(self) -> "NextStepQuerySet":
        return self.filter(state=StepState.OPEN)

    def overdue(self) -> "NextStepQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())
