"""The days before and after: reminders at decent hours, thanks once, and what is said where nothing can be sent."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.act.events import actions
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Delivery, DeliveryState, Mailing, Occasion
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import Job
from massline.square.calls.states import EventKind
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient, at_desk
from tests.desk.act.mail_server import Post, occasion_of, text_of, worker_looks
from tests.desk.act.sign_up_crowd import AMIRA, ROSA, at, say_yes
from tests.parts import shows

pytestmark = pytest.mark.usefixtures("couriers")


def test_the_cadence_the_day_before_at_eleven_the_same_morning_and_once_after(
    event: Event, post: Post, nobody: DoorClient, riverside: Organisation, bea: Account
) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    say_yes(nobody, event, "Called", "+49 170 1234567")
    actions.plan_event(
        organisation=riverside,
        by=bea,
        facts=EventPlan(
            kind=EventKind.MASS_MEETING,
            title="The one after",
            starts_at=event.starts_at + timedelta(days=7),
            ends_at=event.ends_at + timedelta(days=7),
            place="Canteen",
        ),
    )
    start = event.starts_at.astimezone(riverside.zone)
    hours = [
        (start.replace(hour=10) - timedelta(days=1), None),
        (start.replace(hour=11) - timedelta(days=1), Occasion.DAY_BEFORE),
        (start.replace(hour=7, minute=30), None),
        (start.replace(hour=8), Occasion.SAME_DAY),
        (start.replace(hour=17, minute=30), None),
        (start.replace(hour=21, minute=30), None),
        (start.replace(hour=9) + timedelta(days=1), Occasion.AFTER),
    ]
    for moment, occasion in hours:
        before = len(post.raw)
        with at(moment):
            worker_looks()
            worker_looks()
        assert [occasion_of(letter) for letter in post.letters[before:]] == ([occasion] if occasion else [])
    tomorrow = text_of(post.letters[1])
    assert f"/manage/{secret}/confirm/" in tomorrow
    assert "Canteen" in text_of(post.letters[-1])
    assert Delivery.objects.filter(state=DeliveryState.NO_WAY).count() == 4


def test_the_link_of_the_reminder_confirms_by_a_button_and_not_by_being_looked_at(
    event: Event, nobody: DoorClient
) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    assert shows(nobody.get(f"/manage/{secret}/confirm/").content.decode(), "still-coming")
    assert not Envelope.objects.get().confirmed
    assert nobody.post(f"/manage/{secret}/confirm/").status_code == 302
    assert Envelope.objects.get().confirmed
    assert shows(nobody.get(f"/manage/{secret}/confirm/").content.decode(), "see-you")
    nobody.post(f"/manage/{secret}/cancel/")
    assert shows(nobody.get(f"/manage/{secret}/confirm/").content.decode(), "off-the-list")


def test_nobody_is_thanked_twice_a_day(
    event: Event, post: Post, nobody: DoorClient, riverside: Organisation, bea: Account
) -> None:
    twin = actions.plan_event(
        organisation=riverside,
        by=bea,
        facts=EventPlan(
            kind=EventKind.SHIFT,
            title="Shift",
            starts_at=event.starts_at - timedelta(hours=4),
            ends_at=event.starts_at - timedelta(hours=2),
            place="Stall",
        ),
    )
    say_yes(nobody, event, "Rosa", ROSA)
    say_yes(nobody, twin, "Rosa", "Rosa@post.example")
    with at(event.ends_at.replace(hour=9) + timedelta(days=1)):
        worker_looks()
        worker_looks()
    assert [occasion_of(letter) for letter in post.letters] == [Occasion.AFTER]


def test_who_is_refused_is_told_at_the_desk_and_a_mail_server_that_sleeps_is_asked_again(
    event: Event, post: Post, nobody: DoorClient, bea: Account
) -> None:
    post.refused, post.fails_after = {AMIRA}, 0
    say_yes(nobody, event, "Rosa", ROSA)
    say_yes(nobody, event, "Amira", AMIRA)
    worker_looks()
    assert post.raw == []
    post.fails_after = None
    with at(timezone.now() + timedelta(minutes=2)):
        worker_looks()
        worker_looks()
    assert [to for _sender, to, _raw in post.raw] == [ROSA]
    page = at_desk(bea).get(f"/riverside/act/{event.pk}/").content.decode()
    assert "1 sent" in page
    assert "1 failed" in page


def test_without_a_way_to_send_nothing_is_sent_and_the_page_says_so(
    event: Event, nobody: DoorClient, bea: Account, settings: Any
) -> None:
    settings.MAIL = ""
    say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    assert not Mailing.objects.exists()
    assert shows(at_desk(bea).get(f"/riverside/act/{event.pk}/").content.decode(), "not-sent")


def test_no_address_lies_in_a_job_a_log_or_a_table_of_the_desk(
    event: Event, post: Post, nobody: DoorClient, bea: Account, caplog: pytest.LogCaptureFixture
) -> None:
    from massline.desk.guard import seizure_audit

    post.fails_after = 0
    say_yes(nobody, event, "Rosa", ROSA)
    with caplog.at_level("DEBUG"):
        worker_looks()
        actions.change_event(event=event, by=bea, facts=replace(event.facts, place="Town Hall"))
        worker_looks()
    assert "rosa" not in caplog.text.casefold()
    assert "rosa" not in str(list(Job.objects.using("desk").values())).casefold()
    for seen in seizure_audit.audit_tables("desk"):
        assert seen.readable == {}, seen
    assert all("rosa" not in str(row).casefold() for row in Delivery.objects.values())
