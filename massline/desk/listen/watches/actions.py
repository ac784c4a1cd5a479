"""Following an issue: adding feeds, asking them, taking in tables, setting right what was counted wrongly."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.watches import feed_items
from massline.desk.listen.watches.deduplication import Counted, take_in
from massline.desk.listen.watches.http_fetch import Unreachable, fetch
from massline.desk.listen.watches.models import Announcement, Feed, Watch, WatchedEvent
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import enqueue

ASK_EVERY = timedelta(minutes=30)
LONGEST = timedelta(days=1)


def watch_issue(
    *, organisation: Organisation, name: str, by: Account | None, words: str = "", since: date | None = None
) -> Watch:
    with transaction.atomic(using="desk"):
        watch = Watch.objects.create(
            organisation=organisation, name=name, words=words, since=since or timezone.localdate()
        )
        chain.write(organisation, by, "began to follow an issue", watch)
    return watch


def add_feed(*, watch: Watch, url: str, by: Account | None) -> Feed:
    """Follow an address, and ask it for the first time soon."""
    with transaction.atomic(using="desk"):
        feed, _made = Feed.objects.get_or_create(watch=watch, url=url)
        Feed.objects.filter(pk=feed.pk).update(is_gone=False, failures=0, ask_again_at=timezone.now())
        chain.write(watch.organisation, by, "followed a feed", feed)
        want(feed)
    return feed


def want(feed: Feed) -> None:
    enqueue("listen.ask_feed", using="desk", key=f"ask feed {feed.pk}", feed=feed.pk)


def ask(feed: Feed) -> Counted:
    """Ask a feed for what is new. Where it cannot be reached it is asked later and later, at most a day later."""
    try:
        came = fetch(feed.url, etag=feed.etag, modified=feed.modified)
        told = feed_items.of_feed(came.body, today=timezone.localdate()) if came.body is not None else []
    except (Unreachable, feed_items.Unreadable) as problem:
        _failed(feed, problem)
        return Counted()
    with transaction.atomic(using="desk"):
        counted = take_in(feed.watch, told, feed=feed)
        if came.body is not None:
            feed.etag, feed.modified = came.etag, came.modified
        feed.failures, feed.trouble = 0, ""
        _asked(feed, ASK_EVERY)
    return counted


def _failed(feed: Feed, problem: Unreachable | feed_items.Unreadable) -> None:
    feed.failures = min(feed.failures + 1, 10)
    feed.trouble = str(problem)[:160]
    wait = min(ASK_EVERY * 2**feed.failures, LONGEST)
    if isinstance(problem, Unreachable):
        feed.is_gone = problem.gone
        wait = max(wait, problem.again) if problem.again else wait
    _asked(feed, wait)


def _asked(feed: Feed, again_in: timedelta) -> None:
    feed.asked_at = timezone.now()
    feed.ask_again_at = feed.asked_at + again_in
    feed.save()


def take_table(*, watch: Watch, text: str, by: Account | None) -> Counted:
    """Take in a table of events, whole or not at all; a row that is known is not counted again."""
    told = feed_items.of_table(text)
    with transaction.atomic(using="desk"):
        counted = take_in(watch, told)
        first = min((item.day for item in told), default=watch.since)
        if first < watch.since:
            watch.since = first
            watch.save(update_fields=["since"])
        chain.write(watch.organisation, by, "took in a table of events", watch)
    return counted


def note(*, watch: Watch, day: date, title: str, by: Account | None, place: str = "", url: str = "") -> None:
    """Write down by hand something that happened."""
    with transaction.atomic(using="desk"):
        key = feed_items.key_of(f"{day}|{title}|{place}")
        take_in(watch, [feed_items.Item(day, title, key, url, place, is_news=True)])
        chain.write(watch.organisation, by, "noted an event", watch)


def announce(*, watch: Watch, day: date, title: str, by: Account | None, url: str = "") -> Announcement:
    with transaction.atomic(using="desk"):
        announcement, _made = Announcement.objects.get_or_create(
            watch=watch, day=day, title=title, defaults={"url": url}
        )
        chain.write(watch.organisation, by, "noted an announced day", watch)
    return announcement


def set_right(*, event: WatchedEvent, is_ours: bool, by: Account | None) -> None:
    """Say that an event is another matter, or that it belongs here after all; it stays to be looked up."""
    with transaction.atomic(using="desk"):
        event.is_ours = is_ours
        event.save(update_fields=["is_ours"])
        chain.write(event.watch.organisation, by, "set a count right", event)
