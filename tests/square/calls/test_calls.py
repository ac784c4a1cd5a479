"""A call's page: what, when, where and why, one ask, and what became of it."""

from pytest_django import DjangoAssertNumQueries

from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.conversations.models import Conversation
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.calls.sign_up_pages import form_id_on, sign_up
from tests.square.conftest import words_of


def test_a_call_says_what_when_where_why_and_one_ask(nobody: DoorClient, walk: PublishedCall) -> None:
    page = words_of(nobody.get(walk.get_absolute_url()))
    for words in (
        "Fix the heat before the frost.</h1>",
        "Walk to the housing office",
        "11:00",
        "Harbour Square, by the clock",
        "Come, with your letter signed.",
        "We want a repair date for every boiler, in writing.",
        "Called by 214 households",
        "The heat, the bills, and who decides",
        f"/-{walk.code}",
        'itemtype="https://schema.org/Event"',
    ):
        assert words in page


def test_the_short_address_leads_there_however_it_is_typed(nobody: DoorClient, walk: PublishedCall) -> None:
    assert nobody.get(f"/-{walk.code}").headers["Location"] == walk.get_absolute_url()
    assert nobody.get(f"/-{walk.code.upper()}").headers["Location"] == walk.get_absolute_url()
    assert nobody.get("/-zzzzzz").status_code == 404


def test_a_changed_event_says_what_changed_and_when(nobody: DoorClient, walk: PublishedCall) -> None:
    PublicEvent.objects.update(state="changed", sequence=1, what_changed="It starts an hour later.")
    page = words_of(nobody.get(walk.get_absolute_url()))
    assert "Changed:" in page
    assert "It starts an hour later." in page


def test_a_cancelled_event_stays_says_so_and_takes_no_names(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    form_id = form_id_on(nobody.get(walk.get_absolute_url()))
    PublicEvent.objects.update(state="cancelled", sequence=1, what_changed="The storm.")
    page = words_of(nobody.get(walk.get_absolute_url()))
    assert "Cancelled." in page
    assert "<form" not in page
    answer = nobody.post(walk.get_absolute_url(), {"form_id": form_id, "name": "Y", "contact": "1"})
    assert answer.status_code == 409
    assert not Envelope.objects.exists()
    assert "Walk to the housing office" in words_of(nobody.get("/riverside/"))


def test_what_came_of_it_stands_on_the_call(nobody: DoorClient, walk: PublishedCall) -> None:
    PublishedCall.objects.update(outcome="The office promised dates by 10 December.")
    assert "The office promised dates by 10 December." in words_of(nobody.get(walk.get_absolute_url()))


def test_an_event_with_a_call_has_one_page_and_one_without_its_own(
    nobody: DoorClient, walk: PublishedCall, meeting: PublicEvent
) -> None:
    answer = nobody.get(f"/riverside/events/{walk.event.uuid}/")
    assert answer.headers["Location"] == walk.get_absolute_url()
    assert "Mass meeting of all blocks" in words_of(nobody.get(meeting.get_absolute_url()))


def test_a_call_asks_few_questions(
    nobody: DoorClient,
    private: bytes,
    walk: PublishedCall,
    talk: Conversation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(6):
        sign_up(nobody, walk.get_absolute_url())
    with django_assert_max_num_queries(12, using="square"):
        nobody.get(walk.get_absolute_url())


def test_a_call_that_has_been_reviewed_is_told_as_over_and_takes_no_names(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    form = {
        "form_id": form_id_on(nobody.get(walk.get_absolute_url())),
        "name": "Yusra",
        "contact": "yusra@post.example",
    }
    PublishedCall.objects.update(outcome="Nine of us were there.")
    page = nobody.get(walk.get_absolute_url())
    assert shows(page, "over")
    assert not shows(page, "coming-count")
    assert "<form" not in words_of(page)
    assert nobody.post(walk.get_absolute_url(), form).status_code == 409
    assert nobody.post(walk.get_absolute_url(), {}).status_code == 409
    assert not PublishedCall.objects.running().exists()
    assert not Envelope.objects.exists()
