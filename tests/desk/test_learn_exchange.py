"""Lessons as signed files, what came of trying them, the last times that were like it, and what takes years."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.act.models import Event
from massline.desk.guard import actions as guard
from massline.desk.guard.vault import Vault
from massline.desk.learn import actions, carrying, exchange, signing
from massline.desk.learn.models import (
    AfterActionReview,
    Agreement,
    Correction,
    ForeignLesson,
    Gift,
    Hypothesis,
    Lesson,
    Trial,
)
from massline.desk.learn.numbers import room_of
from massline.desk.learn.similar import similar
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.states import Kind
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.desk.loop import saturday

CLAIM = "Asking stairwell by stairwell doubles who comes"


def past_event(organisation: Organisation, title: str, kind: str = "action", there: int = 90) -> Event:
    ended = timezone.now() - timedelta(days=3)
    return Event.objects.create(
        organisation=organisation,
        title=title,
        kind=kind,
        place="Gate",
        headcount=there,
        forecast=80,
        starts_at=ended - timedelta(hours=2),
        ends_at=ended,
    )


@pytest.fixture
def meeting(riverside: Organisation) -> Event:
    start = saturday(riverside)
    return Event.objects.create(
        organisation=riverside,
        title="Mass meeting",
        place="Hall",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
    )


def review_of(event: Event, meeting: Event, by: Account, **more: Any) -> AfterActionReview:
    told = {"expected": "Eighty.", "happened": "Ninety came.", "because": "We asked.", **more}
    return actions.hold_review(event=event, next_event=meeting, by=by, **told)


@pytest.fixture
def lesson(riverside: Organisation, meeting: Event, bea: Account) -> Lesson:
    review = review_of(past_event(riverside, "Walk to the housing office"), meeting, bea)
    return actions.keep_lesson(
        review=review, claim=CLAIM, context="Block C, a cold week", evidence="94 came, 40 said yes", by=bea
    )


@pytest.fixture
def elsewhere(dina: Account, harbour: Organisation) -> DoorClient:
    """Dina with an open vault at Harbour, which knows nothing of Riverside: another installation might be hers."""
    return unlocked(dina, harbour)


@pytest.fixture
def file(riverside: Organisation, amal: Account, lesson: Lesson) -> str:
    answer = unlocked(amal, riverside).post(f"/riverside/learn/lessons/{lesson.pk}/file/")
    assert "attachment" in answer.headers["Content-Disposition"]
    return str(answer.content.decode())


def test_a_signed_lesson_is_unverified_until_somebody_has_compared_the_key(
    file: str, elsewhere: DoorClient, harbour: Organisation
) -> None:
    for _again in range(2):
        answer = elsewhere.post("/harbour/learn/received/", {"pasted": file})
        assert answer.status_code == 302
    lesson = ForeignLesson.objects.get()
    assert (lesson.claim, lesson.sender, lesson.size) == (CLAIM, "Riverside Tenants", 90)
    page = elsewhere.get(answer.headers["Location"]).content.decode()
    assert "Not verified." in page
    assert signing.fingerprint(lesson.public_key) in page
    elsewhere.post(f"/harbour/learn/received/{lesson.pk}/trust/")
    page = elsewhere.get(f"/harbour/learn/received/{lesson.pk}/").content.decode()
    assert "Verified: the signature holds, and dina compared this key with Riverside Tenants" in page
    assert CLAIM in elsewhere.get("/harbour/learn/").content.decode()


def test_every_change_of_a_file_is_found_and_nothing_of_it_is_kept(file: str, elsewhere: DoorClient) -> None:
    document = json.loads(file)
    changed = {
        "claim": {**document, "lesson": {**document["lesson"], "claim": "Stay at home"}},
        "sender": {**document, "from": {**document["from"], "name": "City Tenants"}},
        "count": {**document, "tried": {"held": 900, "did_not": 0}},
        "more": {**document, "more": 1},
    }
    for one in changed.values():
        said = elsewhere.post("/harbour/learn/received/", {"pasted": json.dumps(one)}).content.decode()
        assert "this file was changed after it was signed" in said
    for pasted in ("{}", "[]", "hello", '{"schema": "massline.lesson/1"}', "1" * 19_000):
        said = elsewhere.post("/harbour/learn/received/", {"pasted": pasted}).content.decode()
        assert "this is no signed lesson" in said
    assert not ForeignLesson.objects.exists()


def test_another_key_under_the_same_name_is_not_the_compared_one(
    file: str,
    elsewhere: DoorClient,
    riverside: Organisation,
    lesson: Lesson,
    harbour: Organisation,
    dina: Account,
) -> None:
    theirs = exchange.take_in(organisation=harbour, text=file, by=dina)
    exchange.trust(lesson=theirs, by=dina)
    forged = signing.write(lesson, Vault(riverside.uuid, 1, b"f" * 32), held=0, did_not=0)
    copy = exchange.take_in(organisation=harbour, text=forged, by=dina)
    assert copy.pk != theirs.pk
    assert exchange.key_of(theirs) is not None
    assert exchange.key_of(copy) is None


def test_a_file_that_reaches_a_person_and_one_s_own_are_refused(
    file: str, riverside: Organisation, harbour: Organisation, dina: Account, bea: Account, lesson: Lesson
) -> None:
    with pytest.raises(signing.NotGenuine, match="your own"):
        exchange.take_in(organisation=riverside, text=file, by=bea)
    Lesson.objects.update(evidence="Call +49 170 1234567")
    lesson.refresh_from_db()
    signed = signing.write(lesson, Vault(riverside.uuid, 1, b"f" * 32), held=0, did_not=0)
    with pytest.raises(signing.NotGenuine, match="a way to reach a person"):
        exchange.take_in(organisation=harbour, text=signed, by=dina)


def test_only_an_open_vault_signs(riverside: Organisation, bea: Account, lesson: Lesson) -> None:
    answer = at_desk(bea).post(f"/riverside/learn/lessons/{lesson.pk}/file/")
    assert "/guard/unlock/" in answer.headers["Location"]


def test_chapters_say_whether_it_held_and_all_see_the_count(
    lesson: Lesson, riverside: Organisation, harbour: Organisation, bea: Account, dina: Account
) -> None:
    lesson.shared_with.add(harbour)
    path = f"learn/lessons/{lesson.pk}/"
    at_desk(bea).post(f"/riverside/{path}tried/", {"held": "1"})
    for held in ("1", "0"):
        at_desk(dina).post(f"/harbour/{path}tried/", {"held": held, "words": "Nobody was at home"})
    assert exchange.tried(lesson.uuid) == exchange.Tried(held=1, did_not=1)
    assert Trial.objects.count() == 2
    shown = at_desk(bea).get(f"/riverside/{path}").content.decode()
    assert "held 1 ×, did not 1 ×" in shown
    assert "Nobody was at home" not in shown


def test_who_does_what_by_when_and_who_was_missing_from_the_room(
    riverside: Organisation, meeting: Event, bea: Account
) -> None:
    event, due = past_event(riverside, "Stall"), timezone.localdate() + timedelta(days=5)
    blocks = {section.name: section.pk for section in riverside.sections.all()}
    sent = {
        "expected": "Eighty",
        "happened": "Ninety",
        "because": "We asked",
        "next_event": meeting.pk,
        f"room_{blocks['Block A']}": "84",
        f"room_{blocks['Block C']}": "6",
        "what_0": "Knock in Block C",
    }
    door = at_desk(bea)
    half = door.post(f"/riverside/learn/events/{event.pk}/", sent).content.decode()
    assert "Who does it, and by when?" in half
    assert "Knock in Block C" in half
    door.post(f"/riverside/learn/events/{event.pk}/", {**sent, "who_0": bea.pk, "due_0": str(due)})
    review = AfterActionReview.objects.get()
    assert [(one.section, one.standing) for one in room_of(review)] == [
        ("Block A", "over"),
        ("Block C", "under"),
    ]
    held = door.get(f"/riverside/learn/events/{event.pk}/").content.decode()
    assert "12 % more than we expected." in held
    assert "missing" in held
    assert "Knock in Block C" in door.get("/riverside/learn/").content.decode()
    door.post(f"/riverside/learn/agreed/{Agreement.objects.get().pk}/done/")
    assert "Knock in Block C" not in door.get("/riverside/learn/").content.decode()


def test_before_the_next_plan_the_three_most_similar_are_shown_and_why(
    riverside: Organisation, meeting: Event, bea: Account, lesson: Lesson
) -> None:
    for title, kind, there in (
        ("Picket at the laundry gate", "action", 30),
        ("Picket at the bakery gate", "action", 400),
        ("Study evening about rent law", "meeting", 12),
        ("Tea in the yard", "meeting", 25),
    ):
        review_of(past_event(riverside, title, kind, there), meeting, bea, change="Begin at six.")
    found = similar(riverside, text="A picket at the laundry", kind="action", size=28)
    assert len(found) == 3
    assert found[0].past.title == "Picket at the laundry gate"
    assert found[0].why == ("alike in words", "the same kind", "about as many people")
    assert found[1].past.title == "Picket at the bakery gate"
    page = at_desk(bea).get("/riverside/learn/before/?text=A picket at the laundry&kind=action&size=28")
    assert "Begin at six." in page.content.decode()
    assert similar(riverside, text="", kind="action") == []


def test_the_past_of_sister_chapters_is_their_lessons_and_no_more(
    riverside: Organisation, harbour: Organisation, lesson: Lesson, dina: Account
) -> None:
    assert similar(harbour, text="stairwell by stairwell") == []
    lesson.shared_with.add(harbour)
    found = similar(harbour, text="stairwell by stairwell")
    assert [(one.past.title, one.past.whose, one.past.change) for one in found] == [
        (CLAIM, "Riverside Tenants", "")
    ]
    page = at_desk(dina).get("/harbour/learn/before/?text=stairwell by stairwell").content.decode()
    assert "Walk to the housing office" not in page


def test_what_was_wrong_has_an_owner_a_day_and_a_right(riverside: Organisation, bea: Account) -> None:
    door, day = at_desk(bea), timezone.localdate() + timedelta(days=1)
    form = {"wrong": "214 letters", "owner": bea.pk, "due_on": str(day)}
    assert "Where was it said?" in door.post("/riverside/learn/corrections/", form).content.decode()
    door.post("/riverside/learn/corrections/", {**form, "where": "The flyer of May"})
    correction = Correction.objects.get()
    door.post(f"/riverside/learn/corrections/{correction.pk}/", {"right": "It was 241 letters."})
    correction.refresh_from_db()
    assert correction.corrected_on == timezone.localdate()
    assert "It was 241 letters." in door.get("/riverside/learn/corrections/").content.decode()


def test_what_a_report_back_said_is_set_right_beside_it_for_everybody(
    riverside: Organisation, face: PublicOrganisation, bea: Account, nobody: DoorClient
) -> None:
    report = ReportBack.objects.create(organisation=face, slug="cold", title="Cold", heard="Cold.")
    stranger = PublicOrganisation.objects.create(uuid=uuid4(), slug="other", name="Other")
    other = ReportBack.objects.create(organisation=stranger, slug="x", title="Theirs", heard="X")
    door, day = at_desk(bea), str(timezone.localdate())
    form = {"wrong": "241 letters", "owner": bea.pk, "due_on": day}
    for chosen, kept in ((other, 0), (report, 1)):
        door.post("/riverside/learn/corrections/", {**form, "report": chosen.pk})
        assert Correction.objects.count() == kept
    address = f"/riverside/learn/corrections/{Correction.objects.get().pk}/"
    for right in ("It was 213.", "It was 214."):
        door.post(address, {"right": right})
    page = nobody.get(report.get_absolute_url()).content.decode()
    assert "Set right on" in page
    assert "241 letters" in page
    assert ("It was 214." in page, "It was 213." in page) == (True, False)


def test_a_hypothesis_gathers_cited_evidence_and_is_looked_at_again(
    riverside: Organisation, bea: Account, chen: Account, lesson: Lesson
) -> None:
    door, day = at_desk(bea), timezone.localdate() + timedelta(days=200)
    form = {"claim": "Doors beat leaflets", "would_fall": "Three leaflets that fill a hall"}
    door.post("/riverside/learn/questions/", {**form, "review_on": str(day)})
    found = Hypothesis.objects.get()
    address = f"/riverside/learn/questions/{found.pk}/"
    bare = door.post(address, {"speaks_for": "1", "words": "It worked"}).content.decode()
    assert "Without that it is an opinion." in bare
    door.post(address, {"speaks_for": "1", "words": "94 came", "review": lesson.review.pk})
    door.post(address, {"speaks_for": "0", "words": "A leaflet filled it", "source": "Harbour, May"})
    assert "1 for, 1 against" in door.get("/riverside/learn/questions/").content.decode()
    with pytest.raises(ValueError, match="where it can be read"):
        carrying.cite(hypothesis=found, speaks_for=True, words="I feel it", by=bea)
    door.post(f"{address}look/", {"verdict": "fell", "review_on": str(day)})
    assert "it fell" in door.get(address).content.decode()
    assert at_desk(chen).post(address, {}).status_code == 404


def test_what_is_given_goes_to_those_chosen_and_an_inner_organisation_gives_nothing(
    riverside: Organisation, harbour: Organisation, bea: Account, dina: Account
) -> None:
    union, _vault = guard.found(by=dina, passphrase=PASSPHRASE, name="City", slug="city")
    Organisation.objects.filter(pk__in=[riverside.pk, harbour.pk]).update(parent=union)
    riverside.refresh_from_db()
    form = {"what": "call", "text": "Fix the heat", "address": "https://example.org/call", "to": [harbour.pk]}
    assert at_desk(bea).post("/riverside/learn/give/", form).status_code == 302
    assert "Fix the heat" in at_desk(dina).get("/harbour/learn/").content.decode()
    assert "Fix the heat" not in at_desk(dina).get("/city/learn/").content.decode()
    assert not {field.related_model for field in Gift._meta.get_fields()} & {Contact}
    Organisation.objects.filter(pk=riverside.pk).update(kind=Kind.INNER)
    riverside.refresh_from_db()
    assert not exchange.allies(riverside).exists()
    refused = at_desk(bea).post("/riverside/learn/give/", form)
    assert (refused.status_code, Gift.objects.count()) == (200, 1)


def test_the_pages_ask_no_more_for_more(riverside: Organisation, meeting: Event, bea: Account) -> None:
    door = at_desk(bea)

    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            for path in ("", "before/?text=stall", "questions/", "corrections/"):
                assert door.get(f"/riverside/learn/{path}").status_code == 200
        return len(queries)

    def more() -> None:
        review = review_of(past_event(riverside, "Stall"), meeting, bea)
        Agreement.objects.create(review=review, what="Knock", who=bea, due_on=timezone.localdate())
        found = carrying.suppose(
            organisation=riverside, claim="A", would_fall="B", review_on=timezone.localdate(), by=bea
        )
        carrying.cite(hypothesis=found, speaks_for=True, words="C", source="D", by=bea)
        carrying.admit(
            organisation=riverside, wrong="E", where="F", owner=bea, due_on=timezone.localdate(), by=bea
        )

    more()
    few = asked()
    for _more in range(4):
        more()
    assert asked() == few
