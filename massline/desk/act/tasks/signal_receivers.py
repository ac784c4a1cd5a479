"""What becomes of the tasks of somebody whose membership ends."""

from typing import Any

from massline.desk.act.tasks.models import CallTask
from massline.desk.people.models import Account, Membership


def leave_tasks_of_former_member(
    sender: type[Membership], *, membership: Membership, by: Account, **_: Any
) -> None:
    """Take them off what is still to do: the deputy has it at once, and without one it is for whoever is there."""
    left = CallTask.objects.of(membership.organisation).still_open()
    left.filter(owner=membership.account).update(owner=None)
    left.filter(deputy=membership.account).update(deputy=None)
