"""Jobs of listening: fetching feeds that are due, and importing large files."""

from collections import Counter

from django.utils import timezone

from massline.desk.listen.import_export import actions as import_actions
from massline.desk.listen.import_export.models import ImportBatch
from massline.desk.listen.watches import actions as watch_actions
from massline.desk.listen.watches.models import Feed
from massline.desk.people.job_scope import organisation_key_of_row
from massline.jobs.lanes import FEEDS, IMPORTS
from massline.jobs.registry import every, job


@job(
    "listen.ask_feed", repeatable=True, lane=FEEDS, owner=lambda feed: organisation_key_of_row(Feed, pk=feed)
)
def fetch_feed(feed: int) -> None:
    watch_actions.fetch_feed(Feed.objects.select_related("watch__organisation").get(pk=feed))


@job(
    "listen.bring_in",
    repeatable=True,
    lane=IMPORTS,
    owner=lambda parcel: organisation_key_of_row(ImportBatch, pk=parcel),
)
def run_import(parcel: int) -> None:
    import_actions.run_import(parcel)


@every(minutes=10, database="desk", lane=FEEDS)
def fetch_due_feeds() -> None:
    """Queue the feeds that are due, those of different organisations in turn."""
    due = Feed.objects.filter(is_gone=False, watch__ended_on=None, ask_again_at__lte=timezone.now())
    turns: Counter[int] = Counter()
    for feed in due.select_related("watch").order_by("ask_again_at", "pk"):
        turns[feed.watch.organisation_id] += 1
        watch_actions.enqueue_fetch(feed, turn=turns[feed.watch.organisation_id])
