"""The review that closes an event, the lesson that travels, and the question that begins the next turn."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.act.attendance import actions as attendance_actions
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.models import Event
from massline.desk.call import actions as calls
from massline.desk.contacts import next_steps
from massline.desk.guard.keys import organisation_setup as guard
from massline.desk.learn import sister_chapters
from massline.desk.learn.lessons import actions as lesson_actions
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.private_names import NamesSomebody
from massline.desk.learn.reviews import actions as review_actions
from massline.desk.learn.reviews.closing_obstacles import CannotClose
from massline.desk.learn.reviews.event_numbers import gather_numbers
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublishedCall
from massline.square.conversations.models import Conversation
from tests.conftest import PASSPHRASE, at_desk, unlocked
from tests.desk.decided_loop import decide, say_yes, write_call
from tests.parts import shows

TOLD: Any = {
    "expected": "Eighty of us.",
    "happened": "Ninety-four came.",
    "because": "We asked by stairwell.",
}
LESSON = {
    "claim": "Asking stairwell by stairwell doubles who comes",
    "context": "Block C, a cold week",
    "evidence": "94 came, 40 had said yes",
    "confidence": "once",
}


@pytest.fixture
def event(riverside: Organisation, amal: Account, bea: Account) -> Event:
    """A walk that is over since this morning: three had said yes, two of them came, one more unannounced."""
    call = write_call(decide(riverside, bea), bea)
    calls.publish_call(call=call, by=bea)
    event = Event.objects.get()
    for name in ("Ana 🌻", "أميرة", "Marek"):
        say_yes(riverside, event.uuid, name, f"{name.split()[0]}@example.org")
    door = unlocked(amal, riverside)
    door.post(f"/riverside/act/{event.pk}/collect/")
    for deed in Attendance.objects.order_by("pk")[:2]:
        attendance_actions.record_presence(event=event, contact=deed.contact, presence="came", by=amal)
    door.post(
        f"/riverside/act/{event.pk}/door/", {"name": "Elif", "point": "elif@example.org", "consent": "on"}
    )
    event_actions.record_headcount(event=event, headcount=94, by=bea)
    came = Attendance.objects.earliest("pk").contact
    next_steps.agree_next_step(contact=came, what="Bring one", due_on=date(2030, 1, 1), owner=bea, by=bea)
    now = timezone.now()
    Event.objects.update(starts_at=now - timedelta(hours=8), ends_at=now - timedelta(hours=6), forecast=80)
    return Event.objects.get()


@pytest.fixture
def review(event: Event, meeting: Event, bea: Account) -> AfterActionReview:
    return review_actions.hold_review(event=event, next_event=meeting, by=bea, **TOLD)


def keep(review: AfterActionReview, by: Account, **fields: str) -> Lesson:
    told = {**LESSON, **fields}
    return lesson_actions.keep_lesson(
        review=review, by=by, claim=told["claim"], context=told["context"], evidence=told["evidence"]
    )


def test_the_numbers_are_filled_in_and_the_forecast_stands_in_what_we_expected(
    event: Event, meeting: Event, bea: Account
) -> None:
    door = at_desk(bea)
    shown = door.get(f"/riverside/learn/events/{event.pk}/").content.decode()
    assert "Eighty of us, and a date in writing." in shown
    answer = door.post(f"/riverside/learn/events/{event.pk}/", {**TOLD, "next_event": meeting.pk})
    assert answer.status_code == 302
    review = AfterActionReview.objects.get()
    assert review.numbers == {
        "forecast": 80,
        "said_yes": 3,
        "came": 3,
        "headcount": 94,
        "new_people": 3,
        "next_steps": 1,
    }
    event.refresh_from_db()
    assert event.next_event == meeting
    assert event.closed_at is not None
    held = door.get(answer.headers["Location"]).content.decode()
    assert "We asked by stairwell." in held
    assert "94" in held


def test_without_a_next_event_and_a_mass_meeting_nothing_closes_and_what_was_written_stays(
    event: Event, bea: Account
) -> None:
    page = at_desk(bea).post(f"/riverside/learn/events/{event.pk}/", TOLD).content.decode()
    assert shows(page, "next-event")
    assert shows(page, "mass-meeting")
    assert "We asked by stairwell." in page
    event.refresh_from_db()
    assert event.closed_at is None
    assert not AfterActionReview.objects.exists()


def test_what_refuses_to_close(event: Event, meeting: Event, bea: Account) -> None:
    def refused(event: Event, next_event: Event | None) -> list[str]:
        with pytest.raises(CannotClose) as refusal:
            review_actions.hold_review(event=event, next_event=next_event, by=bea, **TOLD)
        return [one.missing for one in refusal.value.reasons]

    assert refused(event, None) == ["next event"]
    assert refused(event, event) == ["next event"]
    assert refused(meeting, None) == ["over", "next event", "mass meeting"]
    review_actions.hold_review(event=event, next_event=meeting, by=bea, **TOLD)
    assert refused(Event.objects.get(pk=event.pk), meeting) == ["once"]


def test_only_organisers_hold_reviews_and_dina_sees_none(
    event: Event, meeting: Event, chen: Account, dina: Account, harbour: Organisation
) -> None:
    address = f"/riverside/learn/events/{event.pk}/"
    member, stranger = at_desk(chen), at_desk(dina)
    assert member.get(address).status_code == 200
    assert member.post(address, {**TOLD, "next_event": meeting.pk}).status_code == 404
    hidden, missing = stranger.get(address), stranger.get("/harbour/learn/events/999/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert not AfterActionReview.objects.exists()


def test_a_lesson_reaches_every_sister_chapter_the_same_day_and_no_inner_organisation_gives_one(
    review: AfterActionReview, riverside: Organisation, harbour: Organisation, dina: Account, bea: Account
) -> None:
    union, _vault = guard.found_organisation(by=dina, passphrase=PASSPHRASE, name="City Tenants", slug="city")
    Organisation.objects.filter(pk__in=[riverside.pk, harbour.pk]).update(parent=union)
    lesson = keep(AfterActionReview.objects.get(), bea)
    assert {one.slug for one in lesson.shared_with.all()} == {"city", "harbour"}
    assert lesson.shared_on == timezone.localdate()
    door = at_desk(dina)
    assert LESSON["claim"] in door.get("/harbour/learn/").content.decode()
    read = door.get(f"/harbour/learn/lessons/{lesson.pk}/").content.decode()
    assert shows(read, "lesson-from", "Riverside Tenants")
    assert "Walk to the housing office" not in read
    Organisation.objects.filter(pk=riverside.pk).update(kind="inner")
    assert not sister_chapters.list_sister_chapters(Organisation.objects.get(pk=riverside.pk)).exists()


def test_a_chapter_outside_the_family_does_not_get_it(
    review: AfterActionReview, dina: Account, harbour: Organisation, bea: Account
) -> None:
    lesson = keep(review, bea)
    door = at_desk(dina)
    hidden, missing = (
        door.get(f"/harbour/learn/lessons/{lesson.pk}/"),
        door.get("/harbour/learn/lessons/999/"),
    )
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_the_call_says_what_came_of_it(review: AfterActionReview, bea: Account) -> None:
    keep(review, bea)
    keep(review, bea, claim="Interpreters belong to the front")
    assert PublishedCall.objects.get().outcome == (
        "94 people came. What we learned: Asking stairwell by stairwell doubles who comes. "
        "Interpreters belong to the front."
    )


@pytest.mark.parametrize(
    ("evidence", "sure"),
    [
        ("Call bea for the list", True),
        ("Ask at +49 170 1234567", True),
        ("Write to ana@example.org", True),
        ("Maria Lopez did it alone", False),
    ],
)
def test_a_lesson_that_points_at_a_person_does_not_travel(
    review: AfterActionReview, bea: Account, evidence: str, sure: bool
) -> None:
    door = at_desk(bea)
    address = f"/riverside/learn/events/{review.event.pk}/lessons/"
    refused = door.post(address, {**LESSON, "evidence": evidence}).content.decode()
    assert evidence in refused
    assert shows(refused, "names-somebody") is sure
    assert shows(refused, "may-name-somebody") is not sure
    assert not Lesson.objects.exists()
    again = door.post(address, {**LESSON, "evidence": evidence, "no_names": "on"})
    assert (again.status_code, Lesson.objects.count()) == ((200, 0) if sure else (302, 1))


def test_sections_and_places_are_nobodys_name(review: AfterActionReview, bea: Account) -> None:
    keep(review, bea, context="Block C and Riverside Tenants, at Harbour Square")
    with pytest.raises(NamesSomebody) as refusal:
        keep(review, bea, context="With Jonas Weber")
    assert [(one.field, one.text) for one in refusal.value.reasons] == [("context", "Jonas Weber")]


def test_a_lesson_becomes_the_next_question_once(review: AfterActionReview, bea: Account) -> None:
    lesson = keep(review, bea)
    door, day = at_desk(bea), timezone.localdate() + timedelta(days=9)
    address = f"/riverside/learn/lessons/{lesson.pk}/ask/"
    refused = door.post(address, {"question": "Kept?", "closes_on": day - timedelta(days=20)})
    assert 'value="Kept?"' in refused.content.decode()
    rounds = ListeningRound.objects.count()
    for _ in range(2):
        answer = door.post(address, {"question": "Which stairwell is next?", "closes_on": day})
        assert answer.status_code == 302
    assert ListeningRound.objects.count() == rounds + 1
    lesson.refresh_from_db()
    assert lesson.next_round is not None
    assert list(lesson.next_round.lessons.all()) == [lesson]
    assert Conversation.objects.filter(question="Which stairwell is next?").exists()
    assert "Which stairwell is next?" in door.get(f"/riverside/learn/lessons/{lesson.pk}/").content.decode()


def test_the_room_asks_the_database_no_more_for_more_lessons(
    review: AfterActionReview, riverside: Organisation, bea: Account
) -> None:
    door = at_desk(bea)

    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            assert door.get("/riverside/learn/").status_code == 200
        return len(queries)

    keep(review, bea)
    few = asked()
    for n in range(6):
        keep(review, bea, claim=f"Lesson number {n}")
        ended = timezone.now() - timedelta(days=n, hours=1)
        Event.objects.create(
            organisation=riverside, title=f"Stall {n}", place="Gate", starts_at=ended, ends_at=ended
        )
    assert asked() == few


def test_the_second_of_two_reviews_of_an_event_comes_back_beside_the_first(
    review: AfterActionReview, event: Event, meeting: Event, bea: Account
) -> None:
    page = f"/riverside/learn/events/{event.pk}/"
    sent = {**TOLD, "happened": "It rained all day.", "what_0": "Bring umbrellas", "next_event": meeting.pk}
    answer = at_desk(bea).post(page, sent)
    assert answer.status_code == 422
    assert shows(answer, "review-sent")
    told = answer.content.decode()
    for text in (TOLD["happened"], "It rained all day.", "Bring umbrellas"):
        assert text in told
    assert AfterActionReview.objects.get().happened == TOLD["happened"]
    twice = at_desk(bea).post(page, {**TOLD, "next_event": meeting.pk})
    assert twice.status_code == 302, "the same review, sent twice"
    assert not shows(at_desk(bea).get(page), "review-sent")


def test_a_review_that_was_held_in_the_same_moment_is_shown_and_nothing_sent_is_lost(
    event: Event, meeting: Event, amal: Account, bea: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is written after the check that there is none."""

    def write_other(of: Event) -> Any:
        if not AfterActionReview.objects.filter(event=of).exists():
            AfterActionReview.objects.create(event=of, held_by=amal, **TOLD)
        return gather_numbers(of)

    monkeypatch.setattr("massline.desk.learn.reviews.actions.gather_numbers", write_other)
    sent = {**TOLD, "happened": "It rained all day.", "next_event": meeting.pk}
    with transaction.atomic(using="desk"):
        answer = at_desk(bea).post(f"/riverside/learn/events/{event.pk}/", sent)
    assert answer.status_code == 422
    assert shows(answer, "review-sent")
    assert "It rained all day." in answer.content.decode()
    assert AfterActionReview.objects.get().held_by == amal
