"""What happens in the world comes in by feeds, tables and by hand, is counted once, and each count can be traced."""

import csv
import gzip
import io
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from massline.desk.listen.watches import actions, event_table, feed_items
from massline.desk.listen.watches.event_deduplication import record_items
from massline.desk.listen.watches.feed_items import FeedItem
from massline.desk.listen.watches.models import Article, Feed, Watch, WatchedEvent
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.estimates.pulse import daily_rows
from massline.jobs.models import Job
from massline.jobs.worker import do_all
from tests.conftest import at_desk
from tests.desk.listen.feed_server import Paper, newspaper, rss
from tests.parts import field_errors, shows

EVICTION = "Police clear eviction at Mill Street this morning"


@pytest.fixture
def paper(settings: Any) -> Iterator[Paper]:
    settings.WATCH_OWN_NETWORK = True
    with newspaper() as paper:
        yield paper


@pytest.fixture
def evictions(riverside: Organisation, bea: Account) -> Watch:
    return actions.track_issue(organisation=riverside, name="Evictions", words="eviction, evicted", by=bea)


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
        (410, {}, b"", "gone for good", True),
        (503, {"Retry-After": "7200"}, b"", "error 503", False),
        (200, {}, b"<html><p>Log in first</p></html>", "no feed", False),
        (200, {}, b"<rss>" + b"x" * (4 * 1024 * 1024), "more than 4 MiB", False),
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
    assert trouble in feed.trouble
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


def real_registrations(shared: Path) -> str:
    with gzip.open(shared / "data/events/de_registrations/registrations.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["issue"] == "housing_cost"]
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def test_a_table_of_real_events_is_taken_in_once(evictions: Watch, bea: Account, shared: Path) -> None:
    text = real_registrations(shared)
    desk, address = at_desk(bea), f"/riverside/listen/watches/{evictions.pk}/table/"
    for _time in range(2):
        answer = desk.post(address, {"table": SimpleUploadedFile("table.csv", text.encode())})
        assert answer.status_code == 302
    rows = list(csv.DictReader(io.StringIO(text)))
    different = {tuple(row.values()) for row in rows}
    counts = list(Watch.objects.get().daily_counts())
    assert sum(one.count for one in counts) == len(different)
    assert min(one.day for one in counts) == date.fromisoformat(min(row["date"] for row in rows))
    assert {one.first_seen_at for one in counts} == {None}, "when it was first known was made up"


def test_the_tables_of_others_are_understood() -> None:
    acled = "event_id_cnty,event_date,event_type,location,notes,source\nDEU1,08 March 2024,Protests,Mainz,Tenants march,Local Press\n"
    ccc = 'date,locality,state,claims_summary,source_1\n2025-02-01,Austin,TX,"against rents, for a cap",https://news.example/a?fbclid=1\n'
    ours = "day,count,first_seen_at\n2026-11-01,3,2026-11-02\n2026-11-02,0,2026-11-02\n"
    assert [(i.day, i.place, i.title) for i in event_table.read_events(acled.encode()).items] == [
        (date(2024, 3, 8), "Mainz", "Tenants march")
    ]
    assert [(i.day, i.url) for i in event_table.read_events(ccc.encode()).items] == [
        (date(2025, 2, 1), "https://news.example/a")
    ]
    assert [(i.count, i.first_seen) for i in event_table.read_events(ours.encode()).items] == [
        (3, date(2026, 11, 2))
    ]


def test_a_row_that_cannot_be_read_is_left_out_alone_and_named(evictions: Watch, bea: Account) -> None:
    bad = "".join(f"31.02.2026,{n}\n" for n in range(10))
    text = f"day,count\n2026-11-01,2\n{bad}2026-11-02,many\n2026-11-03,1\n"
    address = f"/riverside/listen/watches/{evictions.pk}/table/"
    door = at_desk(bea)
    page = door.post(address, {"table": SimpleUploadedFile("t.csv", text.encode())}, follow=True)
    assert WatchedEvent.objects.count() == 2
    assert "11 rows were left out" in page.content.decode()
    assert "row 2 has the day" in page.content.decode()


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,city\nx,y\n", ("no-day-column",)),
        ("day,count\n31.02.2026,1\n", ("unreadable-day", 1, "31.02.2026")),
        ("day,count\n2026-11-01,many\n", ("unreadable-count", 1, "many")),
    ],
)
def test_a_table_with_a_fault_names_the_row_and_keeps_nothing(
    evictions: Watch, bea: Account, text: str, said: tuple[str, ...]
) -> None:
    address = f"/riverside/listen/watches/{evictions.pk}/table/"
    page = at_desk(bea).post(address, {"table": SimpleUploadedFile("t.csv", text.encode())}).content.decode()
    assert shows(page, *said)
    assert not WatchedEvent.objects.exists()


ARTICLES = (
    "\ufeffURL,MobileURL,Date,Title\r\n"
    "https://news.example/1,,{one},Tenants rally\r\n"
    "https://news.example/2,,{two},Rent strike\r\n"
)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("2026-10-21 03:15:00", "2026-10-22 03:15:00"),
        ("2026-10-21T03:15:00Z", "2026-10-22T23:59:59+00:00"),
        ("20261021T031500Z", "20261022T031500Z"),
        ("21.10.2026 03:15", "22.10.2026 03:15"),
    ],
    ids=["a space", "ISO with a zone", "GDELT", "German"],
)
def test_articles_with_an_hour_beside_their_day_come_in_on_their_days(
    evictions: Watch, bea: Account, one: str, two: str
) -> None:
    """D4: a table of articles whose day carries an hour was refused; three more ways to write it."""
    text = ARTICLES.format(one=one, two=two)
    address = f"/riverside/listen/watches/{evictions.pk}/table/"
    answer = at_desk(bea).post(address, {"table": SimpleUploadedFile("t.csv", text.encode())})
    assert answer.status_code == 302
    assert sorted(WatchedEvent.objects.values_list("day", "title")) == [
        (date(2026, 10, 21), "Tenants rally"),
        (date(2026, 10, 22), "Rent strike"),
    ]


def test_an_announced_day_carries_as_many_events_as_were_announced(
    evictions: Watch, bea: Account, today: date
) -> None:
    desk, base = at_desk(bea), f"/riverside/listen/watches/{evictions.pk}/"
    coming = today + timedelta(days=4)
    desk.post(f"{base}announce/", {"day": coming, "title": "Rallies in the quarters", "events": 5})
    desk.post(f"{base}announce/", {"day": coming, "title": "Court day"})
    assert [(one.day, one.announced) for one in evictions.daily_counts()] == [(coming, 6)]
    assert [row[4] for row in daily_rows(evictions)] == [6]
    page = desk.get(base).content.decode()
    assert shows(page, "announced-day", 5)
    desk.post(f"{base}announce/", {"day": coming, "title": "Rallies in the quarters", "events": 7})
    assert [one.announced for one in evictions.daily_counts()] == [8]
    refused = desk.post(f"{base}announce/", {"day": coming, "title": "Court day", "events": 0})
    assert field_errors(refused.content.decode(), "events") == ["min-value"]
    assert [one.announced for one in evictions.daily_counts()] == [8]


def test_a_table_of_days_to_come_counts_every_event_of_a_day_once(
    evictions: Watch, bea: Account, today: date
) -> None:
    coming = today + timedelta(days=4)
    rows = [
        f"{coming},Eviction march,{place},{count},{key}" for place, count, key in (("A", 2, 1), ("B", 1, 2))
    ]
    table = "\n".join(["day,title,locality,count,id", *rows]).encode()
    for _again in range(2):
        actions.import_table(watch=evictions, content=table, by=bea)
    assert [(row.title, row.events) for row in evictions.announcements.all()] == [("Eviction march", 3)]
    later = f"day,title,locality,count,id\n{coming},Eviction march,A,1,1".encode()
    actions.import_table(watch=evictions, content=later, by=bea)
    assert [one.announced for one in evictions.daily_counts()] == [3]


def test_a_number_that_a_person_set_right_is_not_raised_again(
    evictions: Watch, paper: Paper, bea: Account, today: date
) -> None:
    coming = today + timedelta(days=4)
    rows = [f"{coming},Eviction march,Place {n},1,{n}" for n in range(5)]
    table = "\n".join(["day,title,locality,count,id", *rows]).encode()
    actions.import_table(watch=evictions, content=table, by=bea)
    assert [one.announced for one in evictions.daily_counts()] == [5]
    actions.record_announcement(watch=evictions, day=coming, title="Eviction march", events=3, by=bea)
    actions.import_table(watch=evictions, content=table, by=bea)
    assert [one.announced for one in evictions.daily_counts()] == [3]
    more = FeedItem(coming, "Eviction march", "another", "", "", count=9)
    actions._record_coming(evictions, [more])
    assert [one.announced for one in evictions.daily_counts()] == [3]


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
