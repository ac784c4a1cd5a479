"""Named sets of memberships, contacts and next steps."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from massline.desk.people.choices import NextStepState

if TYPE_CHECKING:
    from massline.desk.people.models import Contact, Membership, NextStep, Organisation  # noqa: F401


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> "MembershipQuerySet":
        return self.filter(ended_on=None, account__is_active=True)


class ContactQuerySet(models.QuerySet["Contact"]):
    def of(self, organisation: "Organisation") -> "ContactQuerySet":
        return self.filter(organisation=organisation)

    def by_need(self) -> "ContactQuerySet":
        """Contacts without a next step first, then by due day; those who want none last."""
        from massline.desk.people.models import NextStep

        steps = NextStep.objects.filter(contact=models.OuterRef("pk"))
        due = steps.open().filter(due_on__isnull=False).order_by("due_on").values("due_on")[:1]
        wants_none = models.Exists(steps.filter(state=NextStepState.NONE_WANTED))
        return self.annotate(due=models.Subquery(due), wants_none=wants_none).order_by(
            models.Case(
                models.When(due__isnull=False, then=1), models.When(wants_none=True, then=2), default=0
            ),
            "due",
            "pk",
        )

    def with_consent(self) -> "ContactQuerySet":
        return self.filter(consent_on__isnull=False)

    def without_next_step(self) -> "ContactQuerySet":
        """Contacts with consent that have no open dated step and did not say they want none."""
        steps = models.Q(state=NextStepState.OPEN, due_on__isnull=False) | models.Q(
            state=NextStepState.NONE_WANTED
        )
        from massline.desk.people.models import NextStep

        walked_with = NextStep.objects.filter(steps, contact=models.OuterRef("pk"))
        return self.with_consent().exclude(models.Exists(walked_with))

    def unwelcomed(self) -> "ContactQuerySet":
        """Contacts with consent whom nobody has spoken with: not welcomed, and no step done. A step taken on is no word."""
        from massline.desk.people.models import NextStep

        done = NextStep.objects.filter(contact=models.OuterRef("pk"), state=NextStepState.DONE)
        return self.with_consent().filter(welcomed_on=None).exclude(models.Exists(done))

    def expired(self) -> "ContactQuerySet":
        return self.filter(keep_until__lt=timezone.localdate())


class NextStepQuerySet(models.QuerySet["NextStep"]):
    def open(self) -> "NextStepQuerySet":
        return self.filter(state=NextStepState.OPEN)

    def overdue(self) -> "NextStepQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())
