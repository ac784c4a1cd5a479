"""Structure tests: a deed chosen beforehand, counted by section, compared over time, and small cells hidden outside."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from massline.desk.act.structure_tests import actions
from massline.desk.act.structure_tests.comparison import compare_tests, publishable_counts
from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.people.models import Account, Organisation, Section
from tests.conftest import at_desk
from tests.parts import expect_refusal, shows


def chosen(riverside: Organisation, bea: Account) -> StructureTest:
    today = timezone.localdate()
    return actions.create_structure_test(
        organisation=riverside,
        deed="Sign the poster",
        begins_on=today,
        ends_on=today + timedelta(days=7),
        strong_percent=50,
        by=bea,
    )


def test_the_deed_and_the_threshold_come_before_the_count(
    riverside: Organisation, bea: Account, chen: Account
) -> None:
    room, today = at_desk(bea), timezone.localdate()
    deed = {"deed": "Wear the badge", "ends_on": f"{today + timedelta(days=9)}", "strong_percent": "50"}
    late = room.post("/riverside/act/structure/", deed | {"begins_on": f"{today - timedelta(days=1)}"})
    assert shows(late, "test-not-beforehand")
    page = room.post("/riverside/act/structure/", deed | {"begins_on": f"{today}"}).headers["Location"]
    a, c = Section.objects.get(name="Block A"), Section.objects.get(name="Block C")
    many = room.post(page, {f"section_{a.pk}": "121"}).content.decode()
    assert "Block A has 120 people." in many
    assert 'value="121"' in many
    room.post(page, {f"section_{a.pk}": "80", f"section_{c.pk}": "12"})
    told = at_desk(chen).get(page).content.decode()
    assert shows(told, "strong-sections", 1, 2)
    assert shows(told, "not-yet")
    tomorrow = actions.create_structure_test(
        organisation=riverside,
        deed="Hang a cloth",
        begins_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=2),
        strong_percent=50,
        by=bea,
    )
    with expect_refusal("test-not-begun"):
        actions.record_section_counts(test=tomorrow, counts={a: 3}, by=bea)


def test_tests_are_compared_over_time_and_keep_their_own_headcount(
    riverside: Organisation, bea: Account, chen: Account
) -> None:
    a = Section.objects.get(name="Block A")
    first = chosen(riverside, bea)
    actions.record_section_counts(test=first, counts={a: 30}, by=bea)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        Section.objects.filter(pk=a.pk).update(headcount=100)
        a.refresh_from_db()
        actions.record_section_counts(test=chosen(riverside, bea), counts={a: 55}, by=bea)
        row = next(one for one in compare_tests(riverside).rows if one.section == a)
        assert [one and one.headcount for one in row.counts] == [120, 100]
        assert row.change == 30
        assert "+30" in at_desk(chen).get("/riverside/act/structure/").content.decode()


def test_outside_nobody_can_work_out_the_few(riverside: Organisation, bea: Account) -> None:
    small = Section.objects.create(organisation=riverside, name="Gate", headcount=9)
    test = chosen(riverside, bea)
    a, c = Section.objects.get(name="Block A"), Section.objects.get(name="Block C")
    actions.record_section_counts(test=test, counts={a: 60, c: 20, small: 7}, by=bea)
    shown, total = publishable_counts(test)
    gate = next(one for one in shown if one.section == "Gate")
    others = [one.did for one in shown if one.section != "Gate"]
    assert gate.did is None
    assert total is None or None in others
    fields = {
        field.name for model in (StructureTest, type(test.counts.all()[0])) for field in model._meta.fields
    }
    assert not fields & {"contact", "account", "who", "name"}
