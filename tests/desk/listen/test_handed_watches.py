"""Tables and feeds of others that went wrong once, taken into a watch by its page."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from massline.desk.listen.watches import actions, feed_items, feed_troubles
from massline.desk.listen.watches.models import Article, Feed, Watch, WatchedEvent
from massline.desk.people.models import Account, Organisation
from massline.jobs.worker import do_all
from massline.web.templatetags.massline import on_day
from tests.conftest import DoorClient
from tests.desk.listen.feed_server import Paper, rss
from tests.parts import shows


@pytest.fixture
def watch(riverside: Organisation, bea: Account) -> Watch:
    return actions.track_issue(organisation=riverside, name="Rents", by=bea)


@pytest.mark.parametrize(
    ("name", "events", "told"),
    [
        ("watch-01-crowd-counts-latin1.csv", 2, "Española"),
        ("watch-02-timeline.csv", 47, ""),
        ("watch-03-articles.csv", 2, "Rent strike"),
    ],
)
def test_a_table_counts_what_it_counts(
    watch: Watch, bea_at: DoorClient, shared: Path, name: str, events: int, told: str
) -> None:
    table = SimpleUploadedFile(name, (shared / "cases/files" / name).read_bytes())
    page = bea_at.post(f"/riverside/listen/watches/{watch.pk}/table/", {"table": table}, follow=True)
    assert sum(WatchedEvent.objects.values_list("count", flat=True)) == events
    assert told in page.content.decode()


def test_a_feed_is_read_as_far_as_it_can_be_and_the_desk_sees_what_is_wrong_since_when(
    watch: Watch, paper: Paper, bea_at: DoorClient, shared: Path
) -> None:
    page, files = f"/riverside/listen/watches/{watch.pk}/", shared / "cases/files"
    paper.body = (files / "feed-01-relative.xml").read_bytes()
    bea_at.post(f"{page}feed/", {"url": paper.address})
    do_all("desk")
    assert list(Article.objects.values_list("url", flat=True)) == ["https://news.example/rel/1"]
    assert not shows(bea_at.get(page), "feed-trouble")

    paper.body = (files / "feed-02-broken.xml").read_bytes()
    feed, today = Feed.objects.get(), timezone.localdate(timezone=watch.organisation.zone)
    for day in (today - timedelta(days=3), today):
        with time_machine.travel(day, tick=False):
            actions.fetch_feed(feed)
    titles = set(WatchedEvent.objects.values_list("title", flat=True))
    assert titles == {"Rent strike", "Rent & tenant fees up", "Evictions today"}
    assert shows(bea_at.get(page), "feed-trouble", on_day(today - timedelta(days=3)))

    paper.body = (files / "feed-03-page.html").read_bytes()
    actions.fetch_feed(feed)
    shown = bea_at.get(page)
    assert shows(shown, "follow-named-feed")
    assert paper.address.replace("/feed", "/feed-02-broken.xml") in shown.content.decode()
    paper.body = rss("Ten families evicted")
    actions.fetch_feed(feed)
    assert not shows(bea_at.get(page), "feed-trouble")


@pytest.mark.parametrize(
    ("feed", "titles"),
    [
        (b"<item><title>A & b<link>https://n.e/1</link></item><item><title>C", ["A & b", "C"]),
        (b"<item><title>A <b>b</b> & c</title></item>", ["A b & c"]),
        (b"<item><title>A</title><link>https://n.e/1<item><title>B<title></item>", ["A", "B"]),
        (b"<item><title>A</title></item></channel></rss>junk<x>", ["A"]),
    ],
)
def test_texts_that_never_end_lose_no_entry(feed: bytes, titles: list[str], today: date) -> None:
    read = feed_items.parse_feed(b'<rss version="2.0"><channel><title>x</title>' + feed, today=today)
    assert [item.title for item in read.items] == titles
    assert not read.is_well_formed


def test_the_day_is_of_the_trouble_that_stands_and_an_outage_hides_no_fault(
    watch: Watch, paper: Paper, shared: Path
) -> None:
    faulty = (shared / "cases/files/feed-02-broken.xml").read_bytes()
    paper.body, paper.headers = faulty, {"ETag": "one"}
    feed = Feed.objects.create(watch=watch, url=paper.address, trouble=feed_troubles.NO_ANSWER)
    today = timezone.localdate(timezone=watch.organisation.zone)
    told = []
    for ago, status in ((5, 503), (4, 503), (3, 200), (2, 200), (1, 503), (0, 200)):
        with time_machine.travel(today - timedelta(days=ago), tick=False):
            paper.status, paper.headers = status, {"ETag": "one"} if status == 200 else {}
            actions.fetch_feed(feed)
        told.append((feed.trouble, (today - feed.in_trouble_since).days if feed.in_trouble_since else None))
    assert told == [
        ("error-status 503", 5),
        ("error-status 503", 5),
        (feed_troubles.NOT_WELL_FORMED, 3),
        (feed_troubles.NOT_WELL_FORMED, 3),
        ("error-status 503", 1),
        (feed_troubles.NOT_WELL_FORMED, 0),
    ]
    Feed.objects.filter(pk=feed.pk).update(in_trouble_since=None, etag="")
    feed.refresh_from_db()
    actions.fetch_feed(feed)
    assert feed.in_trouble_since is None, "nobody knows since when"


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_long_feed_is_faulty_only_if_a_fault_is_in_it(watch: Watch, kind: str) -> None:
    entry = {
        "rss": "<item><title>House {n}</title><guid>{n}</guid></item>",
        "atom": "<entry><title>House {n}</title><id>{n}</id></entry>",
    }[kind]
    frame = {
        "rss": '<rss version="2.0"><channel><title>Long</title>{}</channel></rss>',
        "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>Long</title>{}</feed>',
    }[kind]
    many = "".join(entry.format(n=n) for n in range(feed_items.MOST_ENTRIES + 200))
    whole, today = frame.format(many).encode(), timezone.localdate()
    read = feed_items.parse_feed(whole, today=today)
    assert read.is_well_formed
    assert len(read.items) == feed_items.MOST_ENTRIES
    odd = whole.replace(b"House 3<", b"<![CDATA[House <item> 3]]><", 1)
    assert feed_items.parse_feed(odd, today=today).is_well_formed
    assert not feed_items.parse_feed(whole.replace(b"</title>", b"", 2), today=today).is_well_formed
