"""A stranger comes to the square: who is here, and what is next?"""

from datetime import timedelta
from xml.etree import ElementTree

import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from massline.desk.act.events.actions import cancel_event
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.conversations.models import Conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient
from tests.desk.decided_loop import plan_meeting
from tests.parts import shows
from tests.square.conftest import words_of


def test_an_empty_square_says_so(nobody: DoorClient) -> None:
    assert shows(words_of(nobody.get("/")), "nobody-here")


def test_one_organisation_alone_is_the_front_page(nobody: DoorClient, face: PublicOrganisation) -> None:
    assert nobody.get("/").headers["Location"] == "/riverside/"


def test_several_stand_side_by_side_each_with_its_meeting(
    nobody: DoorClient, face: PublicOrganisation, meeting: PublicEvent
) -> None:
    PublicOrganisation.objects.create(slug="nile", name="مستأجرو النيل", sentence="نحن معًا.", language="ar")
    page = words_of(nobody.get("/"))
    assert "Riverside Tenants" in page
    assert "مستأجرو النيل" in page
    assert "Harbour Hall" in page
    assert shows(page, "no-mass-meeting")


def test_the_page_of_an_organisation_shows_what_stands_now(
    nobody: DoorClient, walk: PublishedCall, meeting: PublicEvent, talk: Conversation, report: ReportBack
) -> None:
    page = words_of(nobody.get("/riverside/"))
    for words in (
        "Tenants of five blocks who act together.",
        "Fix the heat before the frost.",
        "Harbour Hall",
        "What should change about the heating?",
        "The heat, the bills, and who decides",
    ):
        assert words in page


def test_every_page_shows_the_next_mass_meeting_or_says_that_none_is_set(
    nobody: DoorClient, walk: PublishedCall, talk: Conversation, report: ReportBack
) -> None:
    pages = ["/riverside/", "/riverside/next/", walk.get_absolute_url(), talk.get_absolute_url()]
    pages += [talk.get_results_url(), report.get_absolute_url(), f"{talk.get_absolute_url()}words/"]
    for address in pages:
        assert shows(words_of(nobody.get(address)), "no-mass-meeting"), address
    PublicEvent.objects.filter(pk=walk.event.pk).update(kind="mass_meeting")
    for address in pages:
        page = words_of(nobody.get(address))
        assert not shows(page, "no-mass-meeting")
        assert page.index('data-part="next-meeting"') < page.index("<main")


def test_a_chapter_shows_the_mass_meeting_of_the_whole(
    nobody: DoorClient, face: PublicOrganisation, meeting: PublicEvent
) -> None:
    PublicOrganisation.objects.create(slug="block-c", name="Block C", sentence="Sixty homes.", parent=face)
    assert "Harbour Hall" in words_of(nobody.get("/block-c/"))
    assert "Block C" in words_of(nobody.get("/riverside/"))


def test_whats_next_gives_one_answer(
    nobody: DoorClient, face: PublicOrganisation, talk: Conversation, report: ReportBack
) -> None:
    def answer() -> str:
        return "<h1" + words_of(nobody.get("/riverside/next/")).split("<h1")[1].split("</h1>")[0]

    assert "What should change about the heating?" in answer()
    Conversation.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert "The heat, the bills" in answer()
    ReportBack.objects.all().delete()
    assert shows(answer(), "nothing-planned")


def test_the_soonest_is_next(nobody: DoorClient, walk: PublishedCall, meeting: PublicEvent) -> None:
    page = words_of(nobody.get("/riverside/next/"))
    assert "Mass meeting of all blocks</h1>" in page
    PublicEvent.objects.filter(pk=meeting.pk).update(state="cancelled")
    page = words_of(nobody.get("/riverside/next/"))
    assert "Fix the heat before the frost.</h1>" in page


def test_times_are_told_as_where_the_organisation_lives(nobody: DoorClient, meeting: PublicEvent) -> None:
    assert "11:00" in words_of(nobody.get("/riverside/"))
    PublicOrganisation.objects.update(timezone="Asia/Kathmandu")
    assert "11:00" not in words_of(nobody.get("/riverside/"))


def test_the_language_is_chosen_by_a_link_and_turns_the_page(
    nobody: DoorClient, face: PublicOrganisation
) -> None:
    assert 'dir="ltr"' in words_of(nobody.get("/riverside/"))[:60]
    answer = nobody.get("/-/language/ar/?next=/riverside/")
    assert answer.headers["Location"] == "/riverside/"
    assert '<html lang="ar" dir="rtl">' in words_of(nobody.get("/riverside/"))
    assert nobody.get("/-/language/tlh/").status_code == 404
    away = nobody.get("/-/language/es/?next=https://elsewhere.example/")
    assert away.headers["Location"] == "/"


def test_the_organisation_page_asks_few_questions_however_much_there_is(
    nobody: DoorClient,
    walk: PublishedCall,
    meeting: PublicEvent,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(12):
        PublicEvent.objects.create(
            organisation=walk.organisation,
            kind="shift",
            title=f"Shift {n}",
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place="Block A",
        )
    with django_assert_max_num_queries(12, using="square"):
        nobody.get("/riverside/")


def test_an_unknown_name_is_a_plain_page(nobody: DoorClient, face: PublicOrganisation) -> None:
    answer = nobody.get("/somebody-else/")
    assert answer.status_code == 404
    assert shows(words_of(answer), "not-found")


def test_the_feed_brings_a_changed_call_up_again(
    nobody: DoorClient, walk: PublishedCall, report: ReportBack
) -> None:
    answer = nobody.get("/riverside/news.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert answer.content == nobody.get("/riverside/news.atom").content
    atom = "{http://www.w3.org/2005/Atom}"
    before = {
        entry.findtext(f"{atom}id"): entry
        for entry in ElementTree.fromstring(answer.content).iter(f"{atom}entry")
    }
    assert set(before) == {walk.uuid.urn, report.uuid.urn}
    changed = walk.event.changed_at + timedelta(days=1)
    PublicEvent.objects.update(state="changed", what_changed="An hour later.", changed_at=changed)
    feed = ElementTree.fromstring(nobody.get("/riverside/news.atom").content)
    first = next(feed.iter(f"{atom}entry"))
    assert first.findtext(f"{atom}id") == walk.uuid.urn
    assert str(first.findtext(f"{atom}updated")) > str(before[walk.uuid.urn].findtext(f"{atom}updated"))
    assert str(first.findtext(f"{atom}summary")).startswith("An hour later.")


def test_the_feed_has_planned_events_an_author_and_is_not_sent_twice(
    nobody: DoorClient, riverside: Organisation, bea: Account
) -> None:
    empty = nobody.get("/riverside/news.atom")
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(empty.content)
    assert feed.findtext(f"{atom}author/{atom}name") == riverside.name
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert nobody.get("/riverside/news.atom").content == empty.content, "nothing has changed"
    meeting = plan_meeting(riverside, bea)
    answer = nobody.get("/riverside/news.atom", headers={"If-None-Match": empty.headers["ETag"]})
    (entry,) = ElementTree.fromstring(answer.content).iter(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == meeting.title
    assert meeting.place in str(entry.findtext(f"{atom}summary"))
    again = nobody.get("/riverside/news.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    cancel_event(event=meeting, by=bea, reason="The hall is flooded.")
    (entry,) = ElementTree.fromstring(nobody.get("/riverside/news.atom").content).iter(f"{atom}entry")
    assert "The hall is flooded." in str(entry.findtext(f"{atom}summary"))
