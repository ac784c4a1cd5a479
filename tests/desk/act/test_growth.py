"""People are welcomed by a person, climb by deeds alone, and no mandate hangs on one of them."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.act.attendance import actions as attendance_actions
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.growth.ladder import DeedCounts, count_contacts_by_rung, count_deeds, highest_rung
from massline.desk.act.growth.monday_note import build_monday_note, find_stall_reason
from massline.desk.contacts import next_steps
from massline.desk.people import contact_welcome, mandate_actions
from massline.desk.people.mandate_models import Holding, Mandate, Part
from massline.desk.people.models import Account, Contact, Membership, NextStep, Organisation
from massline.desk.people.rung_models import Rung
from massline.square.calls.states import EventKind
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.decided_loop import saturday, say_yes
from tests.parts import shows


@pytest.fixture
def door(riverside: Organisation, amal: Account) -> DoorClient:
    """Amal with an open vault; Ana came twice and took a shift, Marek said yes and did not come."""
    start = saturday(riverside)
    for week in range(2):
        event_actions.plan_event(
            organisation=riverside,
            by=amal,
            facts=EventPlan(
                kind=EventKind.MASS_MEETING,
                title=f"Meeting {week}",
                starts_at=start + timedelta(days=7 * week),
                ends_at=start + timedelta(days=7 * week, hours=2),
                place="Harbour Hall",
            ),
        )
    first, second = Event.objects.order_by("pk")
    say_yes(riverside, first.uuid, "Ana", "ana@example.org", offers="steward")
    say_yes(riverside, first.uuid, "Marek", "marek@example.org")
    client = unlocked(amal, riverside)
    client.post(f"/riverside/act/{first.pk}/collect/")
    ana = Contact.objects.earliest("pk")
    for event in (first, second):
        attendance_actions.record_presence(event=event, contact=ana, presence="came", by=amal)
    return client


def mandate_of(riverside: Organisation, by: Account, days: int = 90) -> Mandate:
    ends_on = timezone.localdate() + timedelta(days=days)
    return mandate_actions.give_mandate(
        organisation=riverside, what="Stewards", given_by="Mass meeting", ends_on=ends_on, by=by
    )


def test_a_ladder_is_made_of_deeds_and_says_how_many_never_who_thinks_what(
    door: DoorClient, riverside: Organisation, amal: Account
) -> None:
    for name, deed, times in (("Came", "came", 1), ("Comes back", "came", 2), ("Carries", "shift", 1)):
        answer = door.post("/riverside/people/ladder/", {"name": name, "deed": deed, "times": times})
        assert answer.status_code == 302
    ana, marek = Contact.objects.order_by("pk")
    deeds = count_deeds([ana, marek])
    assert deeds == {ana.pk: DeedCounts(came=2, shifts=1), marek.pk: DeedCounts()}
    rungs = list(riverside.rungs.all())
    assert str(highest_rung(deeds[ana.pk], rungs)) == "Carries"
    assert highest_rung(deeds[marek.pk], rungs) is None
    assert [(str(one.rung), one.people) for one in count_contacts_by_rung(riverside)] == [
        ("Carries", 1),
        ("Comes back", 0),
        ("Came", 0),
        ("None", 1),
    ]
    shown = at_desk(amal).get("/riverside/people/ladder/").content.decode()
    assert "Ana" not in shown
    door.post(f"/riverside/people/ladder/{rungs[2].pk}/remove/")
    assert Rung.objects.count() == 2


def test_a_person_welcomes_within_two_days_and_only_a_step_done_counts_as_spoken_with(
    door: DoorClient, riverside: Organisation, amal: Account, bea: Account
) -> None:
    ana, marek = Contact.objects.order_by("pk")
    assert build_monday_note(riverside, amal).unwelcomed == 2
    Contact.objects.filter(pk=marek.pk).update(met_on=timezone.localdate() - timedelta(days=3))
    assert build_monday_note(riverside, amal).too_late == 1
    page = door.get(f"/riverside/people/{ana.pk}/").content.decode()
    assert shows(page, "nobody-spoke-yet")
    assert shows(page, "times-came", 2)
    door.post(f"/riverside/people/{ana.pk}/welcome/", {"buddy": bea.pk})
    ana.refresh_from_db()
    assert (ana.welcomed_by, ana.buddy, ana.welcomed_on) == (amal, bea, timezone.localdate())
    step = next_steps.agree_next_step(
        contact=marek, what="Call", due_on=timezone.localdate(), owner=bea, by=bea
    )
    assert build_monday_note(riverside, amal).unwelcomed == 1
    next_steps.finish_next_step(step=step, by=bea)
    assert build_monday_note(riverside, amal).unwelcomed == 0
    assert not shows(door.get(f"/riverside/people/{marek.pk}/"), "nobody-spoke-yet")


def test_monday_says_who_has_no_next_step_to_the_one_who_walks_with_them(
    door: DoorClient, riverside: Organisation, amal: Account, bea: Account
) -> None:
    ana, marek = Contact.objects.order_by("pk")
    contact_welcome.welcome_contact(contact=ana, buddy=amal, by=amal)
    contact_welcome.welcome_contact(contact=marek, buddy=None, by=amal)
    late = next_steps.agree_next_step(
        contact=marek, what="Call", due_on=timezone.localdate(), owner=amal, by=amal
    )
    NextStep.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    mandate = mandate_of(riverside, amal)
    mandate_actions.assign_part(mandate=mandate, part="main", account=amal, by=amal)
    page = door.get("/riverside/people/monday/").content.decode()
    assert shows(page, "my-people-without-next-step", 1)
    assert "Ana" in page
    assert shows(page, "overdue")
    assert shows(page, "no-deputy")
    assert build_monday_note(riverside, bea).is_empty
    hidden = at_desk(amal).get("/riverside/people/monday/").content.decode()
    assert "Ana" not in hidden


def test_a_mandate_says_what_it_lacks_and_moves_on_when_it_stalls(
    door: DoorClient, riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    mandate = mandate_of(riverside, amal)
    address = f"/riverside/people/mandates/{mandate.pk}/"

    def why() -> str | None:
        found = find_stall_reason(Mandate.objects.get(pk=mandate.pk))
        return found.why if found else None

    assert why() == "nobody"
    assert shows(door.post(f"{address}move/", {"do": "hand over"}, follow=True).content.decode(), "no-deputy")
    for part, account in (("main", amal), ("deputy", bea), ("learner", chen)):
        assert door.post(address, {"part": part, "account": account.pk}).status_code == 302
    assert why() is None
    door.post(f"{address}move/", {"do": "stalled"})
    assert why() == "said"
    door.post(f"{address}move/", {"do": "hand over"})
    held = {one.part: one.account for one in Holding.objects.filter(until=None)}
    assert held == {Part.MAIN: bea, Part.DEPUTY: chen}
    assert why() == "no learner"
    Membership.objects.filter(account=bea).update(ended_on=timezone.localdate())
    assert why() == "gone"
    Mandate.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    Membership.objects.filter(account=bea).update(ended_on=None)
    assert why() == "over"
    assert shows(door.get(address).content.decode(), "earlier-holders")
    door.post(f"{address}move/", {"do": "close"})
    assert not Holding.objects.filter(until=None).exists()


def test_whom_we_ask_into_a_mandate_stands_on_the_ladder_by_it(
    door: DoorClient, riverside: Organisation, amal: Account
) -> None:
    mandate, ana = mandate_of(riverside, amal), Contact.objects.earliest("pk")
    door.post(f"/riverside/people/{ana.pk}/part/", {"mandate": mandate.pk, "part": "learner"})
    assert count_deeds([ana])[ana.pk].roles == 1
    assert shows(door.get("/riverside/people/mandates/").content.decode(), "one-of-ours")
    with pytest.raises(ValueError, match="one person"):
        mandate_actions.assign_part(mandate=mandate, part="main", by=amal)


def test_a_vouch_and_a_lesson_taught_outlive_whoever_gave_them(
    door: DoorClient, riverside: Organisation, amal: Account, bea: Account
) -> None:
    ana = Contact.objects.earliest("pk")
    door.post(
        "/riverside/people/study/", {"path": "First weeks", "what": "Speak at a door", "teacher": bea.pk}
    )
    step = riverside.study_paths.get().steps.get()
    for _again in range(2):
        door.post(f"/riverside/people/{ana.pk}/vouch/")
        door.post(f"/riverside/people/{ana.pk}/teach/", {"step": step.pk})
    guest = Account.objects.create_user("guest", "seven boats wait by the bridge")
    contact_welcome.vouch_for_contact(contact=ana, by=guest)
    guest.delete()
    assert ana.vouches.count() == 2
    page = door.get(f"/riverside/people/{ana.pk}/").content.decode()
    assert shows(page, "gone-voucher")
    assert "Speak at a door" in page
    assert shows(door.get("/riverside/people/study/").content.decode(), "learnt-count", 1)


def test_who_may_not_sees_nothing_and_lists_ask_no_more_for_more(
    door: DoorClient,
    riverside: Organisation,
    amal: Account,
    chen: Account,
    dina: Account,
    harbour: Organisation,
) -> None:
    ana = Contact.objects.earliest("pk")
    member, stranger = at_desk(chen), at_desk(dina)
    for path in ("monday/", f"{ana.pk}/"):
        assert member.get(f"/riverside/people/{path}").status_code == 404
        assert stranger.get(f"/riverside/people/{path}").status_code == 404
    assert member.get("/riverside/people/mandates/").status_code == 200
    assert member.post("/riverside/people/ladder/", {}).status_code == 404

    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            door.get("/riverside/people/mandates/")
        return len(queries)

    mandate = mandate_of(riverside, amal)
    mandate_actions.assign_part(mandate=mandate, part="main", account=amal, by=amal)
    few = asked()
    for _more in range(4):
        mandate_actions.assign_part(mandate=mandate_of(riverside, amal), part="main", account=amal, by=amal)
    assert asked() == few
    assert Attendance.objects.count() == 3
