"""What has to be done for a call, by which hour, by whom, and who steps up when it is not done by then."""

from datetime import timedelta
from enum import StrEnum

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager

EVERYBODY_AFTER = timedelta(hours=1)  # from then on it is for whoever is there
ASKED_FOR = timedelta(days=1)  # past its hour, once what was called has taken place


class TaskState(StrEnum):
    OPEN = "open"
    WITH_DEPUTY = "with-deputy"
    FOR_ANYBODY = "for-anybody"
    DONE = "done"


class CallTaskQuerySet(models.QuerySet["CallTask"]):
    def of(self, organisation: Organisation) -> "CallTaskQuerySet":
        return self.filter(call__organisation=organisation)

    def still_open(self) -> "CallTaskQuerySet":
        return self.filter(done_on=None)


class CallTask(models.Model):
    """A task. It steps up by itself: overdue it is the deputy's, and an hour later everybody's."""

    lives = NoOwnExpiry("who took on which task of a call")

    call = models.ForeignKey("call.Call", on_delete=models.CASCADE, related_name="tasks")
    what = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    owner = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    handed_on = models.DateField(
        null=True, blank=True, help_text="the owner could not do it from that day on"
    )
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager.from_queryset(CallTaskQuerySet)("call__organisation")

    class Meta:
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def state(self) -> TaskState:
        """With whom it is in this moment."""
        late_by = timezone.now() - self.due_at
        if self.done_on is not None:
            return TaskState.DONE
        if late_by >= EVERYBODY_AFTER:
            return TaskState.FOR_ANYBODY
        if late_by >= timedelta() or self.handed_on is not None or self.owner is None:
            return TaskState.WITH_DEPUTY if self.deputy else TaskState.FOR_ANYBODY
        return TaskState.OPEN

    @property
    def is_past(self) -> bool:
        """Whether nobody is asked for it any more: what was called is over, and its hour was more than a day ago."""
        now = timezone.now()
        is_over = self.call.ends_at is not None and self.call.ends_at < now
        return is_over and self.due_at < now - ASKED_FOR

    def waits_for(self, account: Account) -> bool:
        """Whether it is this account's to do now. The owner keeps an overdue task beside the deputy."""
        state = self.state
        if state == TaskState.FOR_ANYBODY:
            return True
        is_owners = self.owner_id == account.pk and self.handed_on is None
        is_deputys = state == TaskState.WITH_DEPUTY and self.deputy_id == account.pk
        return state != TaskState.DONE and (is_owners or is_deputys)
