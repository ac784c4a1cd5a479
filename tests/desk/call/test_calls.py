"""From a decision to a call on the square, and every change of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections
from django.test.utils import CaptureQueriesContext

from massline.desk.act.events.models import Event
from massline.desk.call import actions
from massline.desk.call.models import Call, CallState
from massline.desk.call.publication_checks import NotPublishable
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Organisation
from massline.square.calls import actions as square
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import at_desk
from tests.desk.decided_loop import decide, saturday, write_call
from tests.parts import holds, shows


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decide(riverside, bea)


@pytest.fixture
def call(decision: Decision, bea: Account) -> Call:
    return write_call(decision, bea)


def test_bea_writes_a_call_looks_at_it_and_publishes_it(decision: Decision, bea: Account) -> None:
    door = at_desk(bea)
    start = saturday(decision.organisation)
    form = {
        "slogan": "دفّئوا بيوتنا قبل الصقيع 🥶",
        "what": "Walk to the housing office",
        "ask": "Come with your letter",
        "starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "place": "Harbour Square",
    }
    written = door.post(f"/riverside/call/from/{decision.pk}/", form)
    page = written.headers["Location"]
    assert shows(door.get(page).content.decode(), "clear-enough")
    assert not PublishedCall.objects.exists()
    assert door.post(f"{page}publish/").status_code == 302
    published = PublishedCall.objects.get()
    assert published.slogan == form["slogan"]
    assert published.event.starts_at == start
    assert published.event.ends_at == start + timedelta(hours=2)
    assert published.report is not None
    assert published.report.slug == "cold"
    assert published.called_by == "Riverside Tenants"
    shown = door.get(page).content.decode()
    assert published.get_absolute_url() in shown
    assert published.code in shown


def test_every_published_call_has_its_event_under_the_same_uuid(call: Call, bea: Account) -> None:
    actions.publish_call(call=call, by=bea)
    event = Event.objects.get()
    assert event.uuid == call.uuid == PublicEvent.objects.get().uuid
    assert (event.call, event.title, event.place, event.kind) == (call, call.what, call.place, "action")


def test_published_twice_it_is_out_once(call: Call, bea: Account) -> None:
    door = at_desk(bea)
    for _ in range(2):
        assert door.post(f"/riverside/call/{call.pk}/publish/").status_code == 302
    assert PublishedCall.objects.count() == PublicEvent.objects.count() == Event.objects.count() == 1


def test_a_vague_call_stays_a_draft_and_the_page_says_why(decision: Decision, bea: Account) -> None:
    call = write_call(decision, bea, place="", ask="Come. Bring a friend.")
    answer = at_desk(bea).post(f"/riverside/call/{call.pk}/publish/", follow=True)
    said = answer.content.decode()
    assert shows(said, "where")
    assert shows(said, "one-ask")
    assert not PublishedCall.objects.exists()
    assert not Event.objects.exists()
    assert Call.objects.get().state == CallState.DRAFT


def test_if_the_square_fails_nothing_is_out(
    call: Call, bea: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(square, "publish_call", broken)
        with pytest.raises(DatabaseError):
            actions.publish_call(call=call, by=bea)
    assert Call.objects.get().state == CallState.DRAFT
    assert not Event.objects.exists()
    actions.publish_call(call=Call.objects.get(), by=bea)
    assert PublishedCall.objects.count() == 1


def test_a_change_of_hour_and_place_reaches_the_square_the_event_and_the_calendar(
    call: Call, bea: Account
) -> None:
    actions.publish_call(call=call, by=bea)
    door = at_desk(bea)
    noon = saturday(call.organisation, 12)
    form = {
        "slogan": call.slogan,
        "what": call.what,
        "ask": call.ask,
        "starts_at": f"{noon:%Y-%m-%dT%H:%M}",
        "ends_at": f"{noon + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "place": "Town Hall",
        "bring": call.bring,
        "called_by": call.called_by,
    }
    assert door.post(f"/riverside/call/{call.pk}/change/", form).status_code == 302
    public, event = PublicEvent.objects.get(), Event.objects.get()
    assert public.starts_at == event.starts_at == noon
    assert public.place == event.place == "Town Hall"
    assert public.sequence == 1
    assert holds(public.what_changed, "12:00", "11:00")
    assert holds(public.what_changed, "Town Hall", "Harbour Square, by the clock")
    calendar = door.get(f"/riverside/call/{call.pk}/calendar.ics").content.decode()
    assert "SEQUENCE:1" in calendar
    assert f"UID:{call.uuid}" in calendar
    assert public.what_changed in door.get(f"/riverside/call/{call.pk}/").content.decode().replace(
        "&#x27;", "'"
    )


def test_the_same_facts_again_change_nothing_and_a_comma_in_why_is_not_news(call: Call, bea: Account) -> None:
    actions.publish_call(call=call, by=bea)
    actions.change_call(call=call, by=bea, facts=replace(call.facts, place=call.place, slogan=call.slogan))
    assert Call.objects.get().state == CallState.LIVE
    actions.change_call(call=call, by=bea, facts=replace(call.facts, why="214 letters; no answer."))
    public = PublicEvent.objects.get()
    assert (public.sequence, public.what_changed, public.call.why) == (0, "", "214 letters; no answer.")


def test_a_call_that_is_out_cannot_become_vague(call: Call, bea: Account) -> None:
    actions.publish_call(call=call, by=bea)
    with pytest.raises(NotPublishable) as refusal:
        actions.change_call(call=call, by=bea, facts=replace(call.facts, place=""))
    assert [one.missing for one in refusal.value.reasons] == ["where"]
    assert Call.objects.get().place == PublicEvent.objects.get().place == "Harbour Square, by the clock"


def test_called_off_it_stays_and_says_so(call: Call, bea: Account) -> None:
    actions.publish_call(call=call, by=bea)
    door = at_desk(bea)
    address = f"/riverside/call/{call.pk}/cancel/"
    door.post(address, {"reason": ""})
    assert not PublicEvent.objects.get().is_cancelled
    door.post(address, {"reason": "The office gave us a date."})
    public = PublicEvent.objects.get()
    assert public.is_cancelled
    assert (public.sequence, public.what_changed) == (1, "The office gave us a date.")
    assert PublishedCall.objects.exists()
    assert Event.objects.get().cancelled
    assert "STATUS:CANCELLED" in door.get(f"/riverside/call/{call.pk}/calendar.ics").content.decode()


def test_chen_reads_but_does_not_publish_and_dina_sees_nothing(
    call: Call, chen: Account, dina: Account, harbour: Organisation
) -> None:
    door = at_desk(chen)
    assert door.get(f"/riverside/call/{call.pk}/").status_code == 200
    assert door.post(f"/riverside/call/{call.pk}/publish/").status_code == 404
    assert door.get(f"/riverside/call/from/{call.decision.pk}/").status_code == 404
    stranger = at_desk(dina)
    missing = stranger.get("/harbour/call/999/")
    for path in ("", "poster.pdf", "calendar.ics", "change/"):
        hidden = stranger.get(f"/riverside/call/{call.pk}/{path}")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


def test_an_organisation_without_a_face_cannot_call_in_public(call: Call, bea: Account) -> None:
    PublicOrganisation.objects.filter(uuid=call.organisation.uuid).delete()
    with pytest.raises(NotPublishable) as refusal:
        actions.publish_call(call=call, by=bea)
    assert [one.missing for one in refusal.value.reasons] == ["square"]


def test_the_list_of_calls_asks_the_database_no_more_for_more_calls(decision: Decision, bea: Account) -> None:
    door = at_desk(bea)

    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            assert door.get("/riverside/call/").status_code == 200
        return len(queries)

    write_call(decision, bea)
    few = asked()
    for n in range(8):
        write_call(decision, bea, slogan=f"Slogan {n}")
    assert asked() == few
