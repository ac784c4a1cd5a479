"""A watch follows what others publish: JSON feeds, calendars, and pages that name their feed."""

import json
from datetime import date

import pytest

from massline.desk.listen.watches import actions
from massline.desk.listen.watches.feed_items import parse_feed
from massline.desk.listen.watches.models import Feed, Watch
from massline.desk.listen.watches.other_feed_formats import find_named_feed_address
from massline.desk.people.models import Account
from tests.conftest import at_desk
from tests.desk.listen.feed_server import Paper
from tests.desk.listen.feed_texts import PAGE, TODAY, calendar, event
from tests.parts import shows


def test_a_json_feed_is_followed(watch: Watch, paper: Paper, bea: Account) -> None:
    feed = actions.add_feed(watch=watch, url=paper.address, by=bea)
    entries = [
        {
            "id": "1",
            "title": "Eviction at Mill Street",
            "url": "/a?utm_source=x",
            "date_published": "2026-11-03T10:00:00Z",
        },
        {"id": 2, "content_text": "Bailiffs came to the harbour"},
        {"id": "3"},
        "no entry",
    ]
    paper.body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": entries}
    ).encode()
    assert actions.fetch_feed(feed).events == 2
    first = watch.events.get(title="Eviction at Mill Street")
    assert (first.day, first.articles.get().url) == (date(2026, 11, 3), paper.address.replace("/feed", "/a"))
    assert actions.fetch_feed(feed).known == 2
    paper.body = b'{"version": "https://jsonfeed.org/version/1", "items": {'
    actions.fetch_feed(feed)
    assert feed.failures == 1


def test_a_page_offers_the_feed_that_it_names(watch: Watch, paper: Paper, bea: Account) -> None:
    feed = actions.add_feed(watch=watch, url=paper.address, by=bea)
    paper.body = PAGE
    actions.fetch_feed(feed)
    address = f"/riverside/listen/watches/{watch.pk}/"
    assert shows(at_desk(bea).get(address), "follow-named-feed")
    at_desk(bea).post(f"{address}feed/{feed.pk}/follow/")
    assert Feed.objects.get().url == paper.address.replace("/feed", "/news.xml")


def test_a_feed_can_be_dropped_and_what_it_told_stays(watch: Watch, paper: Paper, bea: Account) -> None:
    feed = actions.add_feed(watch=watch, url=paper.address, by=bea)
    paper.body = calendar(event("a", ":20261103T180000Z"))
    actions.fetch_feed(feed)
    at_desk(bea).post(f"/riverside/listen/watches/{watch.pk}/feed/{feed.pk}/drop/")
    assert not Feed.objects.exists()
    assert watch.events.count() == 1


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (PAGE, "https://a.example/news.xml"),
        (PAGE.replace(b"/news.xml", b"javascript:alert(1)"), ""),
        (b"<rss></rss>", ""),
        (
            b"<HTML><link href='f.atom' TYPE='application/atom+xml; charset=utf-8' REL='home Alternate'>",
            "https://a.example/x/f.atom",
        ),
    ],
)
def test_only_an_address_of_the_web_is_named(page: bytes, found: str) -> None:
    assert find_named_feed_address(page, "https://a.example/x/y") == found


def test_links_without_a_base_are_resolved_by_the_address_of_the_feed() -> None:
    body = b"<rss version='2.0'><channel><item><title>Rent strike</title><link>/rel/1</link></item></channel></rss>"
    assert (
        parse_feed(body, today=TODAY, url="https://news.example/feed").items[0].url
        == "https://news.example/rel/1"
    )
