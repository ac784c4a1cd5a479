"""From an id in a URL to a tracked issue or one of its events, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.watches.models import Feed, Watch, WatchedEvent
from massline.desk.people.choices import Role


def access_watch(request: DeskRequest, org: str, pk: int, *, need: Role) -> Watch:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(Watch.objects.select_related("organisation"), organisation=organisation, pk=pk)


def access_watched_event(request: DeskRequest, org: str, pk: int, event: int, *, need: Role) -> WatchedEvent:
    watch = access_watch(request, org, pk, need=need)
    return get_object_or_404(
        WatchedEvent.objects.select_related("watch__organisation"), watch=watch, pk=event
    )


def access_feed(request: DeskRequest, org: str, pk: int, feed: int, *, need: Role) -> Feed:
    watch = access_watch(request, org, pk, need=need)
    return get_object_or_404(Feed.objects.select_related("watch__organisation"), watch=watch, pk=feed)
