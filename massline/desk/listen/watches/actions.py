"""Track an issue: add and fetch feeds, import tables, and correct what was counted wrongly."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from massline.desk.guard.audit import chain
from massline.desk.listen.watches import event_table, feed_items, other_feed_formats
from massline.desk.listen.watches.event_deduplication import ItemCounts, record_items
from massline.desk.listen.watches.http_fetch import AddressUnreachable, fetch_url
from massline.desk.listen.watches.models import Announcement, Feed, Watch, WatchedEvent
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import enqueue
from massline.tables.reading_options import NO_CHOICE, ReadingOptions

log = logging.getLogger("massline.listen")
ASK_EVERY = timedelta(minutes=30)
LONGEST_WAIT = timedelta(days=1)
MOST_COMING = 400
NOT_WELL_FORMED = gettext_noop("This feed is faulty XML. We read as much of it as can be read.")


def track_issue(
    *, organisation: Organisation, name: str, by: Account | None, words: str = "", since: date | None = None
) -> Watch:
    with transaction.atomic(using="desk"):
        watch = Watch.objects.create(
            organisation=organisation, name=name, words=words, since=since or timezone.localdate()
        )
        chain.append_line(organisation, by, "began to follow an issue", watch)
    return watch


def add_feed(*, watch: Watch, url: str, by: Account | None) -> Feed:
    """Add a feed and schedule its first fetch."""
    with transaction.atomic(using="desk"):
        feed, _made = Feed.objects.get_or_create(watch=watch, url=url)
        Feed.objects.filter(pk=feed.pk).update(is_gone=False, failures=0, ask_again_at=timezone.now())
        chain.append_line(watch.organisation, by, "followed a feed", feed)
        schedule_fetch(feed)
    return feed


def schedule_fetch(feed: Feed, *, turn: int = 0) -> None:
    """Queue a feed; the tenth of one organisation comes after the first of every other."""
    delay = timedelta(seconds=turn)
    enqueue("listen.ask_feed", using="desk", key=f"ask feed {feed.pk}", delay=delay, feed=feed.pk)


def fetch_feed(feed: Feed) -> ItemCounts:
    """Fetch a feed and record what is new. After a failure the next fetch is delayed, by a day at most."""
    try:
        fetched = fetch_url(feed.url, etag=feed.etag, modified=feed.modified)
        read = _read_source(feed, fetched.body) if fetched.body is not None else feed_items.ReadFeed([])
    except (AddressUnreachable, feed_items.UnreadableItems) as problem:
        _failed(feed, problem)
        return ItemCounts()
    except Exception as problem:  # noqa: BLE001 - a parser may fail in its own ways; the feed says so, others go on
        log.warning("A feed cannot be read: %s", type(problem).__name__)
        _failed(feed, feed_items.UnreadableItems(feed_items.NO_FEED))
        return ItemCounts()
    with transaction.atomic(using="desk"):
        counts = record_items(feed.watch, _record_coming(feed.watch, read.items), feed=feed)
        feed.failures, feed.named = 0, ""
        if fetched.body is not None:
            feed.etag, feed.modified = fetched.etag, fetched.modified
        is_faulty = not read.is_well_formed if fetched.body is not None else feed.trouble == NOT_WELL_FORMED
        _note_trouble(feed, NOT_WELL_FORMED if is_faulty else "")
        _asked(feed, ASK_EVERY)
    return counts


def _read_source(feed: Feed, body: bytes) -> feed_items.ReadFeed:
    """What a watched address holds, in any format that we read. A page is no feed; the one it names is offered."""
    zone = feed.watch.organisation.zone
    today = timezone.localdate(timezone=zone)
    if other_feed_formats.is_calendar(body):
        return feed_items.ReadFeed(other_feed_formats.read_calendar(body, zone=zone, today=today))
    if other_feed_formats.is_json_feed(body):
        return feed_items.ReadFeed(
            other_feed_formats.read_json_feed(body, url=feed.url, zone=zone, today=today)
        )
    try:
        return feed_items.parse_feed(body, today=today, url=feed.url)
    except feed_items.UnreadableItems:
        feed.named = other_feed_formats.find_feed(body, feed.url)
        raise


def _record_coming(watch: Watch, items: list[feed_items.FeedItem]) -> list[feed_items.FeedItem]:
    """Note days to come as announced, those of other matters left out; gives the items that have happened.

    Items of one day and title are one announcement of so many events; what comes again never lowers their number,
    nor changes one that a person set.
    """
    today = timezone.localdate(timezone=watch.organisation.zone)
    coming = [item for item in items if item.day > today and watch.concerns(item.title)]
    fresh: dict[tuple[date, str], dict[str, feed_items.FeedItem]] = {}
    for item in coming[:MOST_COMING]:
        fresh.setdefault((item.day, item.title[:200]), {})[item.key] = item
    known = {(row.day, row.title): row for row in watch.announcements.filter(day__gte=today)}
    for (day, title), rows in fresh.items():
        first, events = next(iter(rows.values())), sum(item.count for item in rows.values())
        row = known.get((day, title)) or Announcement(
            watch=watch, day=day, title=title, url=first.url, events=0
        )
        if events > row.events and not row.is_set_by_hand:
            row.events = events
            row.save()
    return [item for item in items if item.day <= today]


def follow_named_feed(*, feed: Feed, by: Account | None) -> None:
    """Follow the feed that a page names instead of the page."""
    add_feed(watch=feed.watch, url=feed.named, by=by)
    drop_feed(feed=feed, by=by)


def drop_feed(*, feed: Feed, by: Account | None) -> None:
    """Follow a feed no longer; what was counted from it stays."""
    with transaction.atomic(using="desk"):
        chain.append_line(feed.watch.organisation, by, "stopped following a feed", feed)
        feed.delete()


def _failed(feed: Feed, problem: AddressUnreachable | feed_items.UnreadableItems) -> None:
    feed.failures = min(feed.failures + 1, 10)
    _note_trouble(feed, str(problem)[:160])
    wait = min(ASK_EVERY * 2**feed.failures, LONGEST_WAIT)
    if isinstance(problem, AddressUnreachable):
        feed.is_gone = problem.gone
        wait = max(wait, problem.again) if problem.again else wait
    _asked(feed, wait)


def _note_trouble(feed: Feed, trouble: str) -> None:
    """Keep what is wrong, and since which day something is."""
    feed.trouble = trouble
    today = timezone.localdate(timezone=feed.watch.organisation.zone)
    feed.in_trouble_since = (feed.in_trouble_since or today) if trouble else None


def _asked(feed: Feed, again_in: timedelta) -> None:
    feed.asked_at = timezone.now()
    feed.ask_again_at = feed.asked_at + again_in
    feed.save()


def import_table(
    *,
    watch: Watch,
    content: bytes,
    by: Account | None,
    month_first: bool | None = None,
    choices: ReadingOptions = NO_CHOICE,
) -> ItemCounts:
    """Record the readable rows of a table of events; known rows are not counted again, and others are named."""
    if other_feed_formats.is_calendar(content):
        if other_feed_formats.count_events(content) > feed_items.MOST_ENTRIES:
            raise feed_items.UnreadableItems(
                _("This calendar has more than %(most)d events. Export a shorter time and send it again.")
                % {"most": feed_items.MOST_ENTRIES},
                code="too-many-events",
            )
        zone = watch.organisation.zone
        today = timezone.localdate(timezone=zone)
        table = event_table.TableItems(other_feed_formats.read_calendar(content, zone=zone, today=today))
    else:
        table = event_table.read_events(content, month_first=month_first, choices=choices)
    with transaction.atomic(using="desk"):
        items = _record_coming(watch, table.items)
        counts = record_items(watch, items)
        first = min((item.day for item in items), default=watch.since)
        if first < watch.since:
            watch.since = first
            watch.save(update_fields=["since"])
        chain.append_line(watch.organisation, by, "took in a table of events", watch)
    counts.left_out = table.left_out
    return counts


def record_event(
    *, watch: Watch, day: date, title: str, by: Account | None, place: str = "", url: str = ""
) -> None:
    """Record an event that an organiser typed in."""
    with transaction.atomic(using="desk"):
        key = feed_items.item_key(f"{day}|{title}|{place}")
        record_items(watch, [feed_items.FeedItem(day, title, key, url, place, is_news=True)])
        chain.append_line(watch.organisation, by, "noted an event", watch)


def record_announcement(
    *, watch: Watch, day: date, title: str, by: Account | None, events: int = 1, url: str = ""
) -> Announcement:
    """Record an announced day; the same day and title again set its number of events right."""
    with transaction.atomic(using="desk"):
        announcement, _made = Announcement.objects.update_or_create(
            watch=watch,
            day=day,
            title=title,
            defaults={"events": events, "is_set_by_hand": True},
            create_defaults={"events": events, "is_set_by_hand": True, "url": url},
        )
        chain.append_line(watch.organisation, by, "noted an announced day", watch)
    return announcement


def correct_event(*, event: WatchedEvent, is_ours: bool, by: Account | None) -> None:
    """Mark an event as unrelated to the issue or as part of it; unrelated events stay in the list."""
    with transaction.atomic(using="desk"):
        event.is_ours = is_ours
        event.save(update_fields=["is_ours"])
        chain.append_line(event.watch.organisation, by, "set a count right", event)
