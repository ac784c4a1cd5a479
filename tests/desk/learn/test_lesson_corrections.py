"""A lesson that says something wrong is corrected wherever it is read, or withdrawn; who was told of it is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.call import actions as calls
from massline.desk.guard.audit.models import AuditLine
from massline.desk.learn.lessons import actions as lesson_actions
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews import actions as review_actions
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublishedCall
from tests.conftest import DoorClient, at_desk
from tests.desk.decided_loop import decide, write_call
from tests.open_forms import open_form
from tests.parts import field_errors, shows

CLAIM = "Asking stairwell by stairwell doubles who comes"


@pytest.fixture
def lesson(riverside: Organisation, bea: Account, meeting: Event) -> Lesson:
    call = write_call(decide(riverside, bea), bea)
    calls.publish_call(call=call, by=bea)
    event, now = Event.objects.get(call=call), timezone.now()
    Event.objects.filter(pk=event.pk).update(
        starts_at=now - timedelta(hours=8), ends_at=now - timedelta(hours=6), headcount=94
    )
    event.refresh_from_db()
    told: Any = {"expected": "Eighty.", "happened": "Ninety-four came.", "because": "We asked."}
    review = review_actions.hold_review(event=event, next_event=meeting, by=bea, **told)
    return lesson_actions.keep_lesson(
        review=review, claim=CLAIM, context="Block C, a cold week", evidence="94 came", by=bea
    )


@pytest.fixture
def door(bea: Account) -> DoorClient:
    return at_desk(bea)


def test_a_lesson_is_corrected_here_and_beside_the_call(lesson: Lesson, door: DoorClient) -> None:
    assert CLAIM in PublishedCall.objects.get().outcome
    assert shows(door.get(f"/riverside/learn/lessons/{lesson.pk}/"), "correct-lesson")
    address = f"/riverside/learn/lessons/{lesson.pk}/correct/"
    form = open_form(door.get(address).content.decode(), "claim")
    right = "Asking stairwell by stairwell brings a third more"
    assert shows(door.post(address, form | {"claim": [right]}, follow=True), "lesson-corrected")
    lesson.refresh_from_db()
    assert lesson.claim == right
    outcome = PublishedCall.objects.get().outcome
    assert right in outcome
    assert CLAIM not in outcome
    assert AuditLine.objects.filter(verb="corrected a lesson").exists()


def test_a_withdrawn_lesson_is_gone_here_and_beside_the_call(lesson: Lesson, door: DoorClient) -> None:
    answer = door.post(f"/riverside/learn/lessons/{lesson.pk}/correct/", {"withdraw": "1"}, follow=True)
    assert shows(answer, "lesson-withdrawn")
    assert not Lesson.objects.exists()
    assert CLAIM not in PublishedCall.objects.get().outcome


def test_two_who_correct_one_lesson_see_each_others_words(
    lesson: Lesson, door: DoorClient, amal: Account
) -> None:
    address = f"/riverside/learn/lessons/{lesson.pk}/correct/"
    first, second = (open_form(door.get(address).content.decode(), "claim") for _ in range(2))
    at_desk(amal).post(address, first | {"context": ["Block A"]})
    assert shows(
        door.post(address, second | {"evidence": ["94 came, 40 had said yes"]}, follow=True), "joined"
    )
    assert field_errors(door.post(address, second | {"context": ["Block B"]}), "context") == [
        "changed-meanwhile"
    ]
    lesson.refresh_from_db()
    assert (lesson.context, lesson.evidence) == ("Block A", "94 came, 40 had said yes")


def test_a_name_gets_in_by_no_correction_and_no_member_corrects(
    lesson: Lesson, door: DoorClient, amal: Account, chen: Account
) -> None:
    address = f"/riverside/learn/lessons/{lesson.pk}/correct/"
    form = open_form(door.get(address).content.decode(), "claim")
    refused = door.post(address, form | {"claim": [f"Ask {amal.name} first"]})
    assert field_errors(refused, "claim") == ["names-somebody"]
    assert at_desk(chen).post(address, {"withdraw": "1"}).status_code == 404
    assert Lesson.objects.get().claim == CLAIM
