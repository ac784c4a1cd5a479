"""How a call travels: in several languages, by counted ways, as a picture, as linked data, and in a frame on another site."""

import json

import feedparser  # type: ignore[import-untyped]
import pytest
from django.db import OperationalError

from massline.square.calls import actions
from massline.square.calls.facts import SponsorFacts, TranslationFacts
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.sharing.models import SourceDay
from massline.square.calls.sharing.open_counts import SOURCES, openings_by_source
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.calls.translated_walk import ARABIC, SPANISH, change
from tests.square.conftest import words_of


def test_every_language_stands_beside_the_original_and_the_readers_own_comes_first(
    nobody: DoorClient, spoken: PublishedCall
) -> None:
    page = words_of(nobody.get(spoken.get_absolute_url()))
    assert "Fix the heat before the frost.</h1>" in page
    for words in (ARABIC.slogan, SPANISH.slogan, "ساحة الميناء، عند الساعة", 'dir="rtl"'):
        assert words in page
    arabic = DoorClient("square", HTTP_ACCEPT_LANGUAGE="ar")
    page = words_of(arabic.get(spoken.get_absolute_url()))
    assert f"{ARABIC.slogan}</h1>" in page
    assert "Fix the heat before the frost." in page


def test_a_change_is_told_in_every_language_it_was_called_in(
    nobody: DoorClient, spoken: PublishedCall
) -> None:
    moved = TranslationFacts(**{**vars(ARABIC), "place": "قاعة البلدية"})
    change(spoken, place="Town Hall", translations=(moved, SPANISH))
    spoken = PublishedCall.objects.get()
    told = {one.language: one.what_changed for one in spoken.translations.all()}
    assert "قاعة البلدية" in told["ar"]
    assert "Town Hall" in told["es"]
    assert "Harbour Square" in told["es"]
    assert spoken.event.sequence == 1
    change(
        spoken,
        place="Town Hall",
        translations=(TranslationFacts(**{**vars(SPANISH), "ask": "Trae tu carta"}),),
    )
    assert PublicEvent.objects.get().sequence == 1, "a better word in one language is no news"
    assert [one.language for one in spoken.translations.all()] == ["es"]


def test_feeds_speak_the_language_asked_for_and_validate(nobody: DoorClient, spoken: PublishedCall) -> None:
    for address, title in (
        ("/riverside/news.atom", spoken.slogan),
        ("/riverside/news.ar.atom", ARABIC.slogan),
        ("/riverside/news.es.atom", SPANISH.slogan),
        ("/riverside/news.de.atom", spoken.slogan),
    ):
        feed = feedparser.parse(nobody.get(address).content)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        entry = next(one for one in feed.entries if one.id == spoken.uuid.urn)
        assert entry.title == title
    assert "نمشي معًا" in nobody.get("/riverside/events.ar.ics").content.decode().replace("\r\n ", "")


def test_a_cancelled_call_stays_in_the_feed_and_says_so(nobody: DoorClient, spoken: PublishedCall) -> None:
    actions.cancel_event(uuid=spoken.event.uuid, reason="The storm.")
    feed = feedparser.parse(nobody.get("/riverside/news.atom").content)
    entry = next(one for one in feed.entries if one.id == spoken.uuid.urn)
    assert entry.summary.startswith("Cancelled. The storm.")


def test_who_calls_with_us_stands_on_the_page_with_an_address_where_there_is_one(
    nobody: DoorClient, walk: PublishedCall
) -> None:
    harbour = PublicOrganisation.objects.create(slug="harbour", name="Harbour Tenants", sentence="Ours.")
    sponsors = [SponsorFacts("Harbour Blocks United", harbour.uuid), SponsorFacts("The church of St. Anne")]
    actions.set_sponsors(uuid=walk.uuid, sponsors=sponsors)
    page = words_of(nobody.get(walk.get_absolute_url()))
    assert '<a href="/harbour/"><b>Harbour Blocks United</b></a>' in page
    assert "The church of St. Anne" in page
    actions.set_sponsors(uuid=walk.uuid, sponsors=sponsors[1:])
    assert "Harbour Blocks United" not in words_of(nobody.get(walk.get_absolute_url()))


def test_ways_are_counted_by_the_day_and_leave_no_trace_in_the_address(
    nobody: DoorClient, walk: PublishedCall
) -> None:
    for _ in range(3):
        assert nobody.get(f"/-{walk.code}/p").headers["Location"] == walk.get_absolute_url()
    assert nobody.get(f"/-{walk.code}").status_code == 302
    assert nobody.get(f"{walk.get_absolute_url()}?s=s").headers["Location"] == walk.get_absolute_url()
    nobody.head(f"/-{walk.code}/p")
    for unknown in ("zz", "9", "poster"):
        assert nobody.get(f"/-{walk.code}/{unknown}").status_code == 302
    assert {(one.source, one.opened) for one in SourceDay.objects.all()} == {("p", 3), ("a", 1), ("s", 1)}
    assert openings_by_source(walk)[0] == ("Poster", 3)
    assert {field.name for field in SourceDay._meta.get_fields()} == {"id", "call", "source", "day", "opened"}


def test_a_full_disk_keeps_nobody_from_reading(
    nobody: DoorClient, walk: PublishedCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(SourceDay.objects, "get_or_create", full)
    assert nobody.get(f"/-{walk.code}/p").headers["Location"] == walk.get_absolute_url()
    assert not SourceDay.objects.exists()


def test_sources_are_short_enough_to_type() -> None:
    assert all(len(code) == 1 and code.islower() for code in SOURCES)


def test_linked_data_says_what_schema_org_expects(nobody: DoorClient, spoken: PublishedCall) -> None:
    page = words_of(nobody.get(spoken.get_absolute_url()))
    address = f"/riverside/events/{spoken.event.uuid}.jsonld"
    assert f'type="application/ld+json" href="{address}"' in page
    answer = nobody.get(address)
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    said = json.loads(answer.content)
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Event")
    assert said["startDate"].endswith(("+01:00", "+02:00"))
    assert said["eventStatus"] == "https://schema.org/EventScheduled"
    assert said["location"]["name"] == "Harbour Square, by the clock"
    assert said["inLanguage"] == ["en", "ar", "es"]
    change(spoken, place="Town Hall")
    assert json.loads(nobody.get(address).content)["eventStatus"].endswith("EventRescheduled")
    actions.cancel_event(uuid=spoken.event.uuid)
    assert json.loads(nobody.get(address).content)["eventStatus"].endswith("EventCancelled")


def test_a_frame_may_stand_on_any_site_and_knows_nobody(
    nobody: DoorClient, spoken: PublishedCall, meeting: PublicEvent
) -> None:
    for address in (spoken.get_widget_url(), "/riverside/frame/"):
        answer = nobody.get(address)
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "script-src" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
        assert not answer.cookies
        page = words_of(answer)
        assert "<form" not in page
        assert "<script" not in page
        assert f'href="http://localhost:8000/-{spoken.code}/w"' in page
        assert 'target="_blank"' in page
    arabic = words_of(nobody.get(f"{spoken.get_widget_url()}?in=ar"))
    assert '<html lang="ar" dir="rtl">' in arabic
    assert ARABIC.slogan in arabic
    assert nobody.get(spoken.get_absolute_url()).headers["X-Frame-Options"] == "DENY"


def test_the_frame_of_an_organisation_is_never_out_of_date(
    nobody: DoorClient, walk: PublishedCall, meeting: PublicEvent
) -> None:
    actions.cancel_event(uuid=walk.event.uuid)
    assert "Mass meeting of all blocks" in words_of(nobody.get("/riverside/frame/"))
    assert "Cancelled." in words_of(nobody.get(walk.get_widget_url()))
    actions.cancel_event(uuid=meeting.uuid)
    assert shows(words_of(nobody.get("/riverside/frame/")), "no-mass-meeting")
