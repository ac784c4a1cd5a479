"""An event without a call is printed and shared by the same sheets as a call; each says what, when, where and the address."""

import pytest

from massline.desk.act.events.models import Event
from massline.desk.call import actions as calls
from massline.desk.call.materials.sheets import Sheet
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.calls.printed.printed_event import EventOnPaper
from massline.web.absolute_urls import public_url
from tests.conftest import at_desk
from tests.desk.decided_loop import decide, write_call
from tests.parts import shows


def test_a_meeting_has_a_kit_with_its_own_facts(event: Event, chen: Account) -> None:
    door = at_desk(chen)
    assert shows(door.get(f"/riverside/act/{event.pk}/"), "print-and-share")
    page = door.get(f"/riverside/act/{event.pk}/kit/").content.decode()
    public = PublicEvent.objects.get(uuid=event.uuid)
    assert page.count(public_url(public.get_absolute_url())) >= 3
    assert page.count('class="take"') == len(Sheet)
    assert not shows(page, "calendar-file")


@pytest.mark.parametrize("sheet", list(Sheet))
def test_each_sheet_is_made_of_the_event(event: Event, chen: Account, sheet: Sheet) -> None:
    made = at_desk(chen).get(f"/riverside/act/{event.pk}/kit/{sheet}.pdf")
    assert made.status_code == 200
    assert made.content.startswith(b"%PDF")


def test_the_words_of_a_kit_are_those_of_the_organisation_s_language(
    event: Event, riverside: Organisation
) -> None:
    public = PublicEvent.objects.get(uuid=event.uuid)
    english = EventOnPaper(public)
    public.organisation.language = "es"
    spanish = EventOnPaper(public)
    assert english.printed.slogan == spanish.printed.slogan == event.title
    assert english.printed.ask != spanish.printed.ask
    assert not public.__class__.objects.filter(call__isnull=False).exists()


def test_an_event_with_a_call_leads_to_the_call_s_kit(riverside: Organisation, bea: Account) -> None:
    call = write_call(decide(riverside, bea), bea)
    calls.publish_call(call=call, by=bea)
    planned = Event.objects.get(call=call)
    answer = at_desk(bea).get(f"/riverside/act/{planned.pk}/kit/")
    assert answer.headers["Location"].endswith(f"/call/{call.pk}/kit/")


def test_a_kit_of_another_chapter_is_not_there(event: Event, harbour: Organisation, dina: Account) -> None:
    assert at_desk(dina).get(f"/riverside/act/{event.pk}/kit/").status_code == 404
    assert at_desk(dina).get(f"/riverside/act/{event.pk}/kit/poster.pdf").status_code == 404
