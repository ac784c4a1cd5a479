"""What happens in the world comes in by feeds, tables and by hand, is counted once, and each count can be traced."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from massline.desk.listen.watches import actions, feed_items
from massline.desk.listen.watches.event_deduplication import record_items
from massline.desk.listen.watches.feed_items import FeedItem
from massline.desk.listen.watches.models import Article, Feed, Watch, WatchedEvent
from massline.desk.people.models import Account
from massline.jobs.models import Job
from massline.jobs.worker import do_all
from tests.conftest import at_desk
from tests.desk.listen.feed_server import Paper, rss
from tests.parts import shows

EVICTION = "Police clear eviction at Mill Street this morning"


def test_a_feed_is_asked_only_for_what_changed(evictions: Watch, paper: Paper, bea: Account) -> None:
    paper.body = rss(EVICTION, "Football: nil nil again", "Ten families evicted in the harbour")
    paper.headers = {"ETag": '"one"'}
    at_desk(bea).post(f"/riverside/listen/watches/{evictions.pk}/feed/", {"url": paper.address})
    assert Job.objects.using("desk").filter(name="listen.ask_feed").count() == 1
    feed = Feed.objects.get()
    first, second = actions.fetch_feed(feed), actions.fetch_feed(feed)
    assert (first.events, first.elsewhere) == (2, 1)
    assert second.events == 0
    assert paper.asked[1]["if-none-match"] == '"one"'
    assert "massline" in paper.asked[0]["user-agent"].lower()
    assert "cookie" not in paper.asked[0]
    article = Article.objects.get(title=EVICTION)
    assert article.url == "https://paper.example/0?id=0", "what only follows readers stayed in the address"
    page = at_desk(bea).get(f"/riverside/listen/watches/{evictions.pk}/").content.decode()
    assert EVICTION in page
    assert "Football" not in page


def test_two_papers_that_tell_of_one_event_make_one_count(
    evictions: Watch, paper: Paper, bea: Account
) -> None:
    feed = actions.add_feed(watch=evictions, url=paper.address, by=bea)
    paper.body = rss(EVICTION)
    actions.fetch_feed(feed)
    paper.body = rss("Eviction at Mill Street: police clear house this morning", host="other.example")
    assert actions.fetch_feed(feed).told_again == 1
    event = WatchedEvent.objects.get()
    assert event.articles.count() == 2
    assert sum(one.count for one in evictions.daily_counts()) == 1


@pytest.mark.parametrize(
    ("status", "headers", "body", "trouble", "gone"),
    [
        (410, {}, b"", "gone", True),
        (503, {"Retry-After": "7200"}, b"", "error-status 503", False),
        (200, {}, b"<html><p>Log in first</p></html>", "no-feed", False),
        (200, {}, b"<rss>" + b"x" * (4 * 1024 * 1024), "too-large", False),
    ],
)
def test_a_feed_in_trouble_says_so_and_is_asked_later(
    evictions: Watch,
    paper: Paper,
    bea: Account,
    status: int,
    headers: dict[str, str],
    body: bytes,
    trouble: str,
    gone: bool,
) -> None:
    paper.status, paper.headers, paper.body = status, headers, body
    feed = actions.add_feed(watch=evictions, url=paper.address, by=bea)
    actions.fetch_feed(feed)
    feed.refresh_from_db()
    explained = feed.trouble_explained
    assert trouble == feed.trouble
    with translation.override("es"):
        assert feed.trouble_explained != explained, "every sentence is translated"
    assert feed.is_gone is gone
    assert feed.asked_at is not None
    least = timedelta(hours=2) if "Retry-After" in headers else timedelta(minutes=55)
    assert feed.ask_again_at - feed.asked_at >= least
    paper.status, paper.headers, paper.body = 200, {}, rss(EVICTION)
    assert actions.fetch_feed(feed).events == 1
    assert feed.trouble == ""


def test_a_feed_is_no_way_to_knock_on_our_own_doors(
    evictions: Watch, paper: Paper, bea: Account, settings: Any
) -> None:
    settings.WATCH_OWN_NETWORK = False
    for address in (paper.address, "file:///etc/passwd", "http://[::1]:1/"):
        feed = Feed.objects.create(watch=evictions, url=address)
        actions.fetch_feed(feed)
        assert feed.trouble
        assert not paper.asked
    settings.WATCH_OWN_NETWORK = True
    paper.status, paper.headers = 302, {"Location": "file:///etc/passwd"}
    actions.fetch_feed(feed := Feed.objects.get(url=paper.address))
    assert feed.trouble
    assert not WatchedEvent.objects.exists()


def test_the_worker_asks_by_itself(evictions: Watch, paper: Paper, bea: Account) -> None:
    paper.body = rss(EVICTION)
    actions.add_feed(watch=evictions, url=paper.address, by=bea)
    do_all("desk")
    assert WatchedEvent.objects.get().title == EVICTION


def test_four_thousand_headlines_are_compared_in_seconds(evictions: Watch) -> None:
    """U1: 4,000 entries took 64 seconds. Half of these tell of an event again, in other words."""
    places = [f"Street{n} house{n} number{n}" for n in range(2000)]
    first = [
        FeedItem(date(2026, 11, 1), f"Police clear {place} eviction today", f"a{place}") for place in places
    ]
    again = [
        FeedItem(date(2026, 11, 2), f"Today eviction {place} police clear", f"b{place}") for place in places
    ]
    feed = Feed.objects.create(watch=evictions, url="https://paper.example/feed")
    began = time.process_time()
    counts = record_items(evictions, [*first, *again], feed=feed)
    assert (counts.events, counts.told_again) == (2000, 2000)
    assert time.process_time() - began < 8


def test_a_feed_without_end_is_read_to_its_thousandth_entry_and_one_too_deep_is_none() -> None:
    entries = "".join(f"<item><title>Eviction {n}</title></item>" for n in range(30_000))
    feed = f'<rss version="2.0"><channel>{entries}</channel></rss>'.encode()
    assert len(feed_items.parse_feed(feed, today=date(2026, 11, 30)).items) == feed_items.MOST_ENTRIES
    with pytest.raises(feed_items.UnreadableItems):
        feed_items.parse_feed(b"<rss><channel>" + b"<a>" * 300_000, today=date(2026, 11, 30))


def test_ten_entries_that_cannot_be_read_keep_no_other_out() -> None:
    bad = "".join(
        f"<item><title>Eviction {n}</title><pubDate>Mon, 01 Jan 0000 00:00:00 GMT</pubDate><link>http://[{n}</link></item>"
        for n in range(10)
    )
    feed = f'<rss version="2.0"><channel>{bad}<item><title>Good</title></item></channel></rss>'.encode()
    titles = [item.title for item in feed_items.parse_feed(feed, today=date(2026, 11, 30)).items]
    assert "Good" in titles


def test_by_hand_and_what_is_another_matter(evictions: Watch, bea: Account, today: date) -> None:
    desk, base = at_desk(bea), f"/riverside/listen/watches/{evictions.pk}/"
    desk.post(f"{base}note/", {"day": today, "title": "Bailiffs at number 9", "place": "Block C"})
    tomorrow = today + timedelta(days=1)
    desk.post(f"{base}announce/", {"day": tomorrow, "title": "Court day"})
    late = desk.post(f"{base}note/", {"day": tomorrow, "title": "To come"}).content.decode()
    assert shows(late, "in-future")
    assert "To come" in late
    event = WatchedEvent.objects.get()
    counts = [(one.day, one.count, one.announced) for one in evictions.daily_counts()]
    assert counts == [(today, 1, 0), (tomorrow, 0, 1)]
    desk.post(f"{base}events/{event.pk}/", {})
    assert [one.count for one in evictions.daily_counts()] == [0]
    desk.post(f"{base}events/{event.pk}/", {"is_ours": "1"})
    assert sum(one.count for one in evictions.daily_counts()) == 1
    page = desk.get("/riverside/listen/watches/").content.decode()
    assert shows(page, "week-count", 1)
