"""Tasks of a call by the hour: each has a deputy, and steps up by itself when it is overdue."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from massline.desk.act.tasks.actions import add_task, finish_task
from massline.desk.act.tasks.models import CallTask
from massline.desk.call.models import Call
from massline.desk.guard.keys.key_rotation import remove_member
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import at_desk
from tests.desk.call.test_urgent_calls import call, decision  # noqa: F401
from tests.parts import field_errors, shows

WHAT = "Print 200 flyers"


@pytest.fixture
def task(call: Call, bea: Account, chen: Account) -> CallTask:  # noqa: F811
    """Due in two hours: Bea does it, Chen steps up."""
    due = timezone.now() + timedelta(hours=2)
    return add_task(call=call, what=WHAT, due_at=due, owner=bea, deputy=chen, by=bea)


def at(task: CallTask, **later: float) -> time_machine.travel:
    return time_machine.travel(task.due_at + timedelta(**later), tick=False)


def today_of(account: Account) -> Any:
    return at_desk(account).get("/riverside/")


def test_from_the_call_one_adds_a_task_with_its_hour_and_its_deputy(
    call: Call,  # noqa: F811
    bea: Account,
    chen: Account,
    riverside: Organisation,
) -> None:
    door, page = at_desk(bea), f"/riverside/act/tasks/call/{call.pk}/"
    assert shows(door.get(page), "no-task")
    due = f"{timezone.localtime(timezone=riverside.zone) + timedelta(hours=3):%Y-%m-%dT%H:%M}"
    given: dict[str, Any] = {"what": WHAT, "due_at": due, "owner": bea.pk, "deputy": bea.pk}
    refused = door.post(page, given)
    assert refused.status_code == 422
    assert "same" in field_errors(refused, "deputy")
    assert at_desk(chen).post(page, given | {"deputy": chen.pk}).status_code == 404
    assert shows(door.post(page, given | {"deputy": chen.pk}, follow=True), "tasks", WHAT, "chen")
    assert shows(today_of(bea), "task")
    assert not shows(today_of(chen), "task-stepped-up")


def test_overdue_it_is_the_deputys_and_an_hour_later_everybodys(
    task: CallTask, amal: Account, bea: Account, chen: Account
) -> None:
    page = f"/riverside/act/tasks/call/{task.call_id}/"
    with at(task, minutes=-1):
        assert not shows(today_of(chen), "task-stepped-up")
    with at(task, minutes=1):
        assert shows(today_of(chen), "task-stepped-up", WHAT, "bea")
        assert shows(today_of(bea), "task"), "whoever has it keeps it beside the deputy"
        assert not shows(today_of(amal), "task-stepped-up")
        assert shows(at_desk(chen).get(page), "task-with-deputy", "chen")
    with at(task, minutes=61):
        assert shows(today_of(amal), "task-stepped-up", WHAT)
        assert shows(at_desk(amal).get(page), "task-for-anybody")


def test_whoever_does_it_first_is_thanked_and_it_leaves_every_today(
    task: CallTask, amal: Account, bea: Account, chen: Account
) -> None:
    with at(task, minutes=61):
        answer = at_desk(chen).post(f"/riverside/act/tasks/{task.pk}/done/", follow=True)
        assert shows(answer, "task-is-done", "chen")
        assert shows(at_desk(amal).post(f"/riverside/act/tasks/{task.pk}/done/", follow=True), "was-done")
        for account in (amal, bea, chen):
            assert not shows(today_of(account), "task-stepped-up")
            assert not shows(today_of(account), "task")
    task.refresh_from_db()
    assert task.done_by == chen
    assert not finish_task(task, by=amal)


def test_the_owner_hands_it_on_before_its_hour_and_nobody_else_can(
    task: CallTask, amal: Account, bea: Account, chen: Account
) -> None:
    address = f"/riverside/act/tasks/{task.pk}/hand-on/"
    assert shows(at_desk(chen).post(address, follow=True), "not-yours")
    assert shows(at_desk(bea).post(address, follow=True), "task-handed-on")
    assert shows(today_of(chen), "task-stepped-up", WHAT)
    assert not shows(today_of(bea), "task")
    assert at_desk(chen).post(f"/riverside/act/tasks/{task.pk}/remove/").status_code == 404
    at_desk(amal).post(f"/riverside/act/tasks/{task.pk}/remove/")
    assert not CallTask.objects.exists()


def test_without_a_deputy_it_steps_up_to_everybody_at_once(
    call: Call,  # noqa: F811
    amal: Account,
    bea: Account,
) -> None:
    due: datetime = timezone.now() - timedelta(minutes=1)
    add_task(call=call, what=WHAT, due_at=due, owner=bea, deputy=None, by=bea)
    assert shows(today_of(amal), "task-stepped-up", WHAT)


def test_whoever_leaves_leaves_what_is_not_done_to_the_other_or_to_everybody(
    task: CallTask, amal: Account, bea: Account, chen: Account
) -> None:
    remove_member(Membership.objects.get(account=bea), by=amal, vault=None)
    with at(task, minutes=-60):
        assert shows(today_of(chen), "task-stepped-up", WHAT)
        assert not shows(today_of(amal), "task-stepped-up")
    remove_member(Membership.objects.get(account=chen), by=amal, vault=None)
    with at(task, minutes=-60):
        assert shows(today_of(amal), "task-stepped-up", WHAT)


def test_nobody_is_asked_for_it_long_after_the_evening(task: CallTask, amal: Account) -> None:
    Call.objects.filter(pk=task.call_id).update(ends_at=task.due_at + timedelta(hours=3))
    with at(task, hours=20):
        assert shows(today_of(amal), "task-stepped-up", WHAT)
    with at(task, hours=25):
        assert not shows(today_of(amal), "task-stepped-up")
        assert shows(at_desk(amal).get(f"/riverside/act/tasks/call/{task.call_id}/"), "tasks", WHAT)
