"""What the worker does for listening: asks the feeds whose time has come, and brings large files in."""

from django.utils import timezone

from massline.desk.listen.import_export import actions as bringing
from massline.desk.listen.watches import actions as watch_actions
from massline.desk.listen.watches.models import Feed
from massline.jobs.registry import every, job


@job("listen.ask_feed", repeatable=True)
def ask_feed(feed: int) -> None:
    watch_actions.ask(Feed.objects.select_related("watch__organisation").get(pk=feed))


@job("listen.bring_in", repeatable=True)
def bring_in(parcel: int) -> None:
    bringing.carry_out(parcel)


@every(minutes=10, database="desk")
def ask_due_feeds() -> None:
    due = Feed.objects.filter(is_gone=False, watch__ended_on=None, ask_again_at__lte=timezone.now())
    for feed in due[:200]:
        watch_actions.want(feed)
