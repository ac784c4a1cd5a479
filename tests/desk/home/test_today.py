"""Today groups what needs somebody by when; an item can be put off or given away, and goes by itself when done."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from massline.desk.home import today as actions
from massline.desk.home.models import PutOff
from massline.desk.home.today import Today
from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.parts import shows


def _items(organisation: Organisation, account: Account, role: Role = Role.HOLDER) -> dict[str, TodoItem]:
    today = Today(organisation, account, role)
    return {need.item.name: need.item for group in today.groups for need in group.needs}


@pytest.fixture
def meeting_item(riverside: Organisation, amal: Account) -> TodoItem:
    """No mass meeting has a date: an item that every organiser has."""
    return _items(riverside, amal)["mass-meeting"]


def test_items_stand_under_their_time(riverside: Organisation, amal: Account) -> None:
    groups = {group.urgency: group for group in Today(riverside, amal, Role.HOLDER).groups}
    tonight = [need.item.name for need in groups[Urgency.TONIGHT].needs]
    assert tonight[0] == "mass-meeting"
    assert [need.item.name for need in groups[Urgency.LATER].needs] == ["second-factor"]
    assert groups[Urgency.TONIGHT].is_now
    assert groups[Urgency.LATER].is_folded


def test_put_off_until_a_day_it_comes_back_by_itself(
    riverside: Organisation, amal: Account, bea: Account, meeting_item: TodoItem
) -> None:
    door = at_desk(amal)
    assert (
        door.post("/riverside/later/", {"item": meeting_item.key, "until": "1"}).headers["Location"]
        == "/riverside/"
    )
    assert "mass-meeting" not in _items(riverside, amal)
    assert "mass-meeting" in _items(riverside, bea)
    assert shows(door.get("/riverside/"), "show-again")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert "mass-meeting" in _items(riverside, amal)


def test_given_to_another_it_says_by_whom(
    riverside: Organisation, amal: Account, bea: Account, meeting_item: TodoItem
) -> None:
    at_desk(amal).post("/riverside/later/", {"item": meeting_item.key, "to": bea.pk})
    assert "mass-meeting" not in _items(riverside, amal)
    assert shows(at_desk(bea).get("/riverside/"), "given", "amal")


def test_given_back_it_is_seen_again(
    riverside: Organisation, amal: Account, bea: Account, meeting_item: TodoItem
) -> None:
    at_desk(amal).post("/riverside/later/", {"item": meeting_item.key, "to": bea.pk})
    at_desk(bea).post("/riverside/later/", {"item": meeting_item.key, "to": amal.pk})
    assert "mass-meeting" in _items(riverside, amal)


def test_everything_put_off_can_be_shown_again(
    riverside: Organisation, amal: Account, meeting_item: TodoItem
) -> None:
    door = at_desk(amal)
    door.post("/riverside/later/", {"item": meeting_item.key, "until": "4"})
    door.post("/riverside/later/back/")
    assert "mass-meeting" in _items(riverside, amal)


@pytest.mark.parametrize(
    "sent", [{}, {"until": "900"}, {"to": "dina"}, {"item": "<b>", "until": "1"}, {"to": "chen"}]
)
def test_what_is_not_offered_changes_nothing(
    riverside: Organisation,
    amal: Account,
    chen: Account,
    dina: Account,
    meeting_item: TodoItem,
    sent: dict[str, str],
) -> None:
    others = {"dina": dina.pk, "chen": chen.pk}
    told: dict[str, object] = {"item": meeting_item.key, **sent}
    told["to"] = others.get(sent.get("to", ""), "")
    assert at_desk(amal).post("/riverside/later/", told).status_code == 302
    assert not PutOff.objects.exists()


def test_nothing_is_put_off_for_longer_than_a_month(
    riverside: Organisation, amal: Account, meeting_item: TodoItem
) -> None:
    far = timezone.localdate() + timedelta(days=400)
    actions.put_off_todo(organisation=riverside, account=amal, item=meeting_item.key, until=far)
    assert PutOff.objects.get().until == timezone.localdate() + actions.LONGEST


def test_a_member_sees_only_what_a_member_can_do(riverside: Organisation, chen: Account) -> None:
    assert all(item.need == Role.MEMBER for item in _items(riverside, chen, Role.MEMBER).values())
    assert not shows(at_desk(chen).get("/riverside/"), "mass-meeting")
