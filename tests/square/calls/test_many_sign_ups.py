"""Very many sign up in the same moment: one commit keeps them, one bad one fails alone, everybody has a form of their own."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import QueryDict

from massline.core.db.group_commit import BatchWriter, DeferredOutcome, UnknownOutcome
from massline.square.calls import sign_up_page
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.sponsors import CallSponsor
from massline.square.envelopes import actions, event_capacity, timeslots
from massline.square.envelopes.forms import fresh_form_id
from massline.square.envelopes.models import CourierCopy, CourierKey, Envelope
from massline.square.envelopes.sealing import envelope_binding, seal_contents
from massline.square.envelopes.sign_up_batch_writer import (
    SavedSignUp,
    SealedSignUp,
    queue_sign_up,
    save_sign_ups,
)
from massline.square.envelopes.timeslots import Slot, WantedSlot
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.calls.sign_up_pages import form_id_on, sign_up


@pytest.fixture
def key(private: bytes) -> bytes:
    return private


def sent(
    meeting: PublicEvent, name: str, *, people: int = 1, slot: Slot | None = None, form: str = ""
) -> SealedSignUp:
    face, row = meeting.organisation, uuid4()
    envelope = Envelope(
        uuid=row,
        organisation=face,
        about=meeting.uuid,
        sealed=seal_contents(
            {"name": name}, bytes(face.seal_key or b""), bound_to=envelope_binding(meeting.uuid, row)
        ),
        epoch=1,
        token_hash=actions.hash_token(f"{name} {form}"),
        form_id=form or name,
        people=people,
        expires_on=meeting.ends_at.date(),
    )
    return SealedSignUp(envelope, slot, {"contact": f"{name}@post.example"}, meeting.ends_at.date())


@pytest.fixture
def hall(key: bytes, face: PublicOrganisation, meeting: PublicEvent) -> PublicEvent:
    """A meeting of an organisation that takes names."""
    meeting.refresh_from_db()
    CourierKey.objects.create(public_key=bytes(face.seal_key or b""))
    return meeting


def test_many_sign_ups_are_kept_by_few_queries(hall: PublicEvent, django_assert_max_num_queries: Any) -> None:
    event_capacity.set_capacity(organisation=hall.organisation, about=hall.uuid, places=30)
    crowd = [sent(hall, f"person {n}") for n in range(60)]
    with django_assert_max_num_queries(15, using="square"):
        kept = save_sign_ups(crowd)
    assert all(isinstance(one, SavedSignUp) and one.is_new for one in kept)
    assert Envelope.objects.count() == CourierCopy.objects.count() == 60
    assert event_capacity.count_sign_ups([hall.uuid])[hall.uuid] == event_capacity.SignUpCount(30, 30, 60)
    waiting = Envelope.objects.filter(awaits_place=True).values_list("form_id", flat=True)
    assert set(waiting) == {f"person {n}" for n in range(30, 60)}


def test_the_same_form_twice_in_one_batch_and_once_before_it_is_one_sign_up(hall: PublicEvent) -> None:
    (before,) = save_sign_ups([sent(hall, "ana")])
    kept = save_sign_ups([sent(hall, "ana"), sent(hall, "ben"), sent(hall, "ben")])
    assert [one.is_new for one in kept if isinstance(one, SavedSignUp)] == [False, True, False]
    assert isinstance(before, SavedSignUp)
    assert isinstance(kept[0], SavedSignUp)
    assert kept[0].envelope == before.envelope
    assert Envelope.objects.count() == 2


def test_one_broken_sign_up_fails_alone(hall: PublicEvent) -> None:
    kept = save_sign_ups([sent(hall, "ana"), sent(hall, "ben", people=2**70), sent(hall, "chen")])
    assert [type(one) for one in kept] == [SavedSignUp, OverflowError, SavedSignUp]
    assert Envelope.objects.count() == 2


def test_an_hour_fills_up_in_order_and_one_that_was_removed_leaves_who_chose_it_on_the_list(
    hall: PublicEvent,
) -> None:
    wanted = [WantedSlot("Stewards", 2), WantedSlot("Tea", 1)]
    stewards, tea = timeslots.set_slots(organisation=hall.organisation, about=hall.uuid, wanted=wanted)
    with transaction.atomic(using="square"):
        timeslots.set_slots(
            organisation=hall.organisation, about=hall.uuid, wanted=[WantedSlot("Stewards", 2, "Stewards")]
        )
    save_sign_ups(
        [sent(hall, f"steward {n}", slot=stewards) for n in range(3)] + [sent(hall, "ana", slot=tea)]
    )
    assert list(Envelope.objects.order_by("pk").values_list("waits", flat=True)) == [
        False,
        False,
        True,
        False,
    ]
    ana = Envelope.objects.get(form_id="ana")
    assert (ana.slot, ana.lost_slot) == (None, "Tea")


@pytest.mark.parametrize(
    ("problem", "said"), [(DeferredOutcome, "many-at-once"), (UnknownOutcome, "cannot-tell-yet")]
)
def test_who_must_come_later_keeps_what_was_typed(
    nobody: DoorClient,
    key: bytes,
    walk: PublishedCall,
    monkeypatch: pytest.MonkeyPatch,
    problem: type[Exception],
    said: str,
) -> None:
    def no_room(_sign_up: SealedSignUp) -> SavedSignUp:
        raise problem

    with monkeypatch.context() as full:
        full.setattr(actions, "queue_sign_up", no_room)
        answer = sign_up(nobody, walk.get_absolute_url())
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert shows(answer, said)
    assert 'value="Yusra"' in answer.content.decode()
    again = {"form_id": form_id_on(answer), "name": "Yusra", "contact": "@yusra"}
    assert nobody.post(walk.get_absolute_url(), again).status_code == 302


def test_a_writer_shares_commits_and_raises_what_one_of_them_broke() -> None:
    def settle(numbers: Sequence[int]) -> list[str | Exception]:
        return [ValueError(number) if number == 13 else str(number) for number in numbers]

    writer: BatchWriter[int, str] = BatchWriter(settle, name="numbers")
    assert writer.write(7) == "7"
    with pytest.raises(ValueError, match="13"):
        writer.write(13)


def test_a_chapter_shows_its_own_calls_those_it_calls_with_others_and_the_union_s(
    nobody: DoorClient, walk: PublishedCall, face: PublicOrganisation
) -> None:
    chapter = PublicOrganisation.objects.create(slug="hill", name="Hill", sentence="Tenants.", parent=face)
    friend = PublicOrganisation.objects.create(slug="friend", name="Friends", sentence="Neighbours.")
    page = nobody.get("/hill/")
    assert shows(page, "call-of-others", face.name)
    assert walk.slogan in page.content.decode()
    assert walk.slogan not in nobody.get("/friend/").content.decode()
    CallSponsor.objects.create(call=walk, name="Friends", organisation=friend)
    assert shows(nobody.get("/friend/"), "call-of-others", face.name)
    assert not shows(nobody.get(f"/{face.slug}/"), "call-of-others")
    assert PublishedCall.objects.concerning(chapter).get() == walk


def test_a_sign_up_that_was_kept_though_nobody_could_tell_is_counted_once_when_it_is_sent_again(
    nobody: DoorClient, key: bytes, walk: PublishedCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(sign_up: SealedSignUp) -> SavedSignUp:
        queue_sign_up(sign_up)
        raise UnknownOutcome

    with monkeypatch.context() as slow:
        slow.setattr(actions, "queue_sign_up", too_late)
        answer = sign_up(nobody, walk.get_absolute_url())
    assert shows(answer, "cannot-tell-yet")
    again = {"form_id": form_id_on(answer), "name": "Yusra", "contact": "@yusra"}
    assert nobody.post(walk.get_absolute_url(), again).status_code == 302
    assert Envelope.objects.count() == 1


def test_forms_that_share_their_fields_know_nothing_of_one_another(hall: PublicEvent) -> None:
    page = sign_up_page.page_of_event(hall)
    good = {
        "name": "Rosa",
        "contact": "rosa@post.example",
        "form_id": fresh_form_id(hall.uuid),
    }
    asked = {**good, "contact": "12"}
    kept = {**asked, "as_it_is": "on"}
    for _round in range(2):
        assert page.check(given(good)).is_valid()
        assert page.check(given(asked)).errors.keys() == {"contact"}
        assert page.check(given(kept)).is_valid()
        assert page.check(given({**good, "name": ""})).errors.keys() == {"name"}
    first, second = page.check(given(good)), page.check(given({**good, "name": "Amal"}))
    assert [form.is_valid() for form in (first, second)] == [True, True]
    assert (first.contents()["name"], second.contents()["name"]) == ("Rosa", "Amal")


def given(form: dict[str, str]) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(form)
    return sent
