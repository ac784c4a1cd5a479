"""Writing to those who said they come: what they need to know, each thing once, and only to those who asked."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from icalendar import Calendar

from massline.desk.act import actions
from massline.desk.act.mailings import Delivery, DeliveryState, Mailing
from massline.desk.act.models import Event
from massline.desk.act.sending.wording import compose
from massline.desk.call import actions as calls
from massline.desk.guard import courier
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import Job
from massline.jobs.worker import do_all
from massline.square.calls.models import EventKind, PublicEvent
from massline.square.envelopes.models import CourierCopy, Envelope
from tests.conftest import DoorClient, at_desk
from tests.desk.loop import decide, saturday, write_call
from tests.desk.post import Post, html_of, post_office, text_of, worker_looks

ROSA, AMIRA = "rosa@post.example", "amira@post.example"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    courier.keep_ready()


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with post_office() as office:
        settings.MAIL = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
        settings.MAIL_FROM = settings.DEFAULT_FROM_EMAIL = "Riverside <hello@riverside.example>"
        yield office


@pytest.fixture
def event(riverside: Organisation, bea: Account) -> Event:
    start = saturday(riverside, 18)
    return actions.plan(
        organisation=riverside,
        kind=EventKind.MASS_MEETING,
        title="Mass meeting",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place="Harbour Hall",
        by=bea,
    )


def say_yes(nobody: DoorClient, event: Event, name: str, contact: str, language: str = "") -> str:
    """Sign up on the page, as people do; give the secret of the manage link."""
    address = PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()
    page = nobody.get(address).content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    assert found is not None
    form = {"form_id": found[1], "name": name, "contact": contact, "language": language}
    answer = nobody.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].split("/")[2])


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def test_who_signs_up_hears_at_once_and_once(event: Event, post: Post, nobody: DoorClient) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    worker_looks()
    (letter,) = post.letters
    assert letter["Subject"] == "You are counted in: Mass meeting"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip() == f"<http://localhost:8000/manage/{secret}/stop/>"
    assert f"/manage/{secret}/" in text_of(letter)
    assert "Harbour Hall" in text_of(letter)
    (attached,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert Calendar.from_ical(attached.get_content()).events[0]["uid"] == str(event.uuid)


def test_everybody_is_written_to_in_their_language(event: Event, post: Post, nobody: DoorClient) -> None:
    say_yes(nobody, event, "Amira", AMIRA, "ar")
    say_yes(nobody, event, "Rosa", ROSA, "es")
    worker_looks()
    assert 'dir="rtl"' in html_of(post.to(AMIRA)[0])
    assert "حسبناكم" in text_of(post.to(AMIRA)[0])
    assert "Contamos contigo" in text_of(post.to(ROSA)[0])


def test_one_click_stops_everything_about_it_without_a_login(
    event: Event, post: Post, nobody: DoorClient, bea: Account
) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    stranger = DoorClient("square", enforce_csrf_checks=True)
    answer = stranger.post(f"/manage/{secret}/stop/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    with at(event.starts_at - timedelta(days=3)):
        actions.change(event=event, by=bea, place="Town Hall")
        worker_looks()
    assert len(post.letters) == 1
    assert not CourierCopy.objects.exists()
    assert Envelope.objects.standing().count() == 1


def test_a_change_of_place_reaches_everybody_once_though_the_worker_dies_in_the_middle(
    event: Event, post: Post, nobody: DoorClient, bea: Account, riverside: Organisation, face: Any
) -> None:
    people = [f"n{number}@post.example" for number in range(300)]
    sign_up_many(face, event, people)
    with at(event.starts_at - timedelta(days=3)):
        actions.change(event=event, by=bea, place="Town Hall")
        dies_after(post, 123, worker_works)
        dies_after(post, 241, worker_works)
    with at(event.starts_at - timedelta(days=3) + timedelta(minutes=11)):
        worker_works()
        worker_works()
    told = post.letters
    assert {letter["Subject"] for letter in told} == {"Changed: Mass meeting"}
    assert Counter(letter["To"] for letter in told) == Counter(people)
    assert len({letter["Message-ID"] for letter in told}) == 300
    assert '<b dir="auto">Now at Town Hall, no longer at Harbour Hall.</b>' in html_of(told[0])
    (attached,) = [part for part in told[7].walk() if part.get_content_type() == "text/calendar"]
    entry = Calendar.from_ical(attached.get_content()).events[0]
    assert (str(entry["sequence"]), entry["location"]) == ("1", "Town Hall")


def worker_works() -> None:
    """What has been asked of the worker, and no round besides."""
    do_all("desk")


def sign_up_many(face: Any, event: Event, people: list[str]) -> None:
    from massline.square.envelopes.actions import leave

    for number, address in enumerate(people):
        contents = {"name": f"N{number}", "contact": address, "language": "", "help": ""}
        leave(
            organisation=face,
            about=event.uuid,
            contents=contents,
            form_id=f"f{number}",
            happens_on=event.ends_at.date(),
        )


def dies_after(post: Post, letters: int, run: Any) -> None:
    """Run until so many letters have come, and be killed before the next one is handed over."""

    class Killed(BaseException):
        pass

    def counted(*args: Any) -> Any:
        if len(post.raw) >= letters:
            raise Killed
        return compose(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("massline.desk.act.sending.rounds.compose", counted)
        with pytest.raises(Killed):
            run()
    # A killed process holds its lease no longer than the lease lasts.
    Job.objects.using("desk").update(leased_until=None)


def test_a_call_that_changes_tells_those_who_signed_up_too(
    riverside: Organisation, bea: Account, post: Post, nobody: DoorClient
) -> None:
    call = write_call(decide(riverside, bea), bea)
    calls.publish(call=call, by=bea)
    event = Event.objects.get()
    say_yes(nobody, event, "Rosa", ROSA, "es")
    worker_looks()
    with at(event.starts_at - timedelta(days=2)):
        calls.change(call=call, by=bea, place="Rathaus", why="Because.")
        worker_looks()
        calls.change(call=call, by=bea, why="Because it is cold.")
        worker_looks()
    (_welcome, changed) = post.letters
    assert "Rathaus" in changed.get_body(("html",)).get_content().split("</b>")[0]  # type: ignore[union-attr]
    with at(event.starts_at - timedelta(days=1)):
        calls.cancel(call=call, by=bea, reason="The office is closed.")
        worker_looks()
        worker_looks()
    assert len(post.letters) == 3
    assert "The office is closed." in text_of(post.letters[2])


def test_two_changes_before_the_first_was_told_are_one_message(
    event: Event, post: Post, nobody: DoorClient, bea: Account
) -> None:
    say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    with at(event.starts_at - timedelta(days=3, hours=-4)):  # ten in the evening: nobody is woken
        actions.change(event=event, by=bea, place="Town Hall")
        worker_looks()
        actions.change(event=event, by=bea, starts_at=event.starts_at - timedelta(hours=1))
        worker_looks()
        assert len(post.letters) == 1
    with at(event.starts_at - timedelta(days=2, hours=6)):
        worker_looks()
    (_welcome, changed) = post.letters
    assert "no longer at Harbour Hall" in text_of(changed)
    assert "17:00" in text_of(changed)


def test_the_cadence_the_day_before_at_eleven_the_same_morning_and_once_after(
    event: Event, post: Post, nobody: DoorClient, riverside: Organisation, bea: Account
) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    say_yes(nobody, event, "Called", "+49 170 1234567")
    actions.plan(
        organisation=riverside,
        kind=EventKind.MASS_MEETING,
        title="The one after",
        starts_at=event.starts_at + timedelta(days=7),
        ends_at=event.ends_at + timedelta(days=7),
        place="Canteen",
        by=bea,
    )
    start = event.starts_at.astimezone(riverside.zone)
    hours = [
        (start.replace(hour=10) - timedelta(days=1), None),
        (start.replace(hour=11) - timedelta(days=1), "Tomorrow: Mass meeting"),
        (start.replace(hour=7, minute=30), None),
        (start.replace(hour=8), "Today: Mass meeting"),
        (start.replace(hour=17, minute=30), None),
        (start.replace(hour=21, minute=30), None),
        (start.replace(hour=9) + timedelta(days=1), "Thank you, and what is next"),
    ]
    for moment, subject in hours:
        before = len(post.raw)
        with at(moment):
            worker_looks()
            worker_looks()
        assert [one["Subject"] for one in post.letters[before:]] == ([subject] if subject else [])
    tomorrow = text_of(post.letters[1])
    assert f"/manage/{secret}/confirm/" in tomorrow
    assert "Canteen" in text_of(post.letters[-1])
    assert Delivery.objects.filter(state=DeliveryState.NO_WAY).count() == 4


def test_the_link_of_the_reminder_confirms_by_a_button_and_not_by_being_looked_at(
    event: Event, nobody: DoorClient
) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    assert "Yes, I’m coming" in nobody.get(f"/manage/{secret}/confirm/").content.decode()
    assert not Envelope.objects.get().confirmed
    assert nobody.post(f"/manage/{secret}/confirm/").status_code == 302
    assert Envelope.objects.get().confirmed
    assert "See you there." in nobody.get(f"/manage/{secret}/confirm/").content.decode()
    nobody.post(f"/manage/{secret}/cancel/")
    assert "You are off the list." in nobody.get(f"/manage/{secret}/confirm/").content.decode()


def test_nobody_is_thanked_twice_a_day(
    event: Event, post: Post, nobody: DoorClient, riverside: Organisation, bea: Account
) -> None:
    twin = actions.plan(
        organisation=riverside,
        kind=EventKind.SHIFT,
        title="Shift",
        starts_at=event.starts_at - timedelta(hours=4),
        ends_at=event.starts_at - timedelta(hours=2),
        place="Stall",
        by=bea,
    )
    say_yes(nobody, event, "Rosa", ROSA)
    say_yes(nobody, twin, "Rosa", "Rosa@post.example")
    with at(event.ends_at.replace(hour=9) + timedelta(days=1)):
        worker_looks()
        worker_looks()
    assert [one["Subject"] for one in post.letters] == ["Thank you, and what is next"]


def test_who_is_refused_is_told_at_the_desk_and_a_mail_server_that_sleeps_is_asked_again(
    event: Event, post: Post, nobody: DoorClient, bea: Account
) -> None:
    post.refused, post.fails_after = {AMIRA}, 0
    say_yes(nobody, event, "Rosa", ROSA)
    say_yes(nobody, event, "Amira", AMIRA)
    worker_looks()
    assert post.raw == []
    post.fails_after = None
    worker_looks()
    worker_looks()
    assert [to for _sender, to, _raw in post.raw] == [ROSA]
    page = at_desk(bea).get(f"/riverside/act/{event.pk}/").content.decode()
    assert "1 sent" in page
    assert "1 refused" in page


def test_without_a_way_to_send_nothing_is_sent_and_the_page_says_so(
    event: Event, nobody: DoorClient, bea: Account, settings: Any
) -> None:
    settings.MAIL = ""
    say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    assert not Mailing.objects.exists()
    assert "Nothing is sent" in at_desk(bea).get(f"/riverside/act/{event.pk}/").content.decode()


def test_no_address_lies_in_a_job_a_log_or_a_table_of_the_desk(
    event: Event, post: Post, nobody: DoorClient, bea: Account, caplog: pytest.LogCaptureFixture
) -> None:
    from massline.desk.guard import seizure

    post.fails_after = 0
    say_yes(nobody, event, "Rosa", ROSA)
    with caplog.at_level("DEBUG"):
        worker_looks()
        actions.change(event=event, by=bea, place="Town Hall")
        worker_looks()
    assert "rosa" not in caplog.text.casefold()
    assert "rosa" not in str(list(Job.objects.using("desk").values())).casefold()
    for seen in seizure.look("desk"):
        assert seen.readable == {}, seen
    assert all("rosa" not in str(row).casefold() for row in Delivery.objects.values())
