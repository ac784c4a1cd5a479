"""Adding a task to a call, doing it, handing it to the deputy, and removing it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from massline.desk.act.tasks.models import CallTask
from massline.desk.call.models import Call
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account


def add_task(
    *, call: Call, what: str, due_at: datetime, owner: Account, deputy: Account | None, by: Account
) -> CallTask:
    with transaction.atomic(using="desk"):
        task = CallTask.objects.create(call=call, what=what, due_at=due_at, owner=owner, deputy=deputy)
        chain.append_line(call.organisation, by, "added a task to a call", call)
    return task


def finish_task(task: CallTask, *, by: Account) -> bool:
    """Note who did it; False if somebody was quicker, whose word stays."""
    done = {"done_on": timezone.localdate(), "done_by": by}
    with transaction.atomic(using="desk"):
        if not CallTask.objects.still_open().filter(pk=task.pk).update(**done):
            return False
        chain.append_line(task.call.organisation, by, "did a task of a call", task.call)
    return True


def hand_to_deputy(task: CallTask, *, by: Account) -> bool:
    """The owner cannot do it, without blame. False if it is done, or was handed on already."""
    waits = CallTask.objects.still_open().filter(pk=task.pk, owner=by, handed_on=None)
    with transaction.atomic(using="desk"):
        if not waits.update(handed_on=timezone.localdate()):
            return False
        chain.append_line(task.call.organisation, by, "handed a task of a call on", task.call)
    return True


def remove_task(task: CallTask, *, by: Account) -> None:
    with transaction.atomic(using="desk"):
        chain.append_line(task.call.organisation, by, "removed a task of a call", task.call)
        task.delete()
