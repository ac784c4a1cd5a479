"""Feed of an organisation's public pages (Atom, RFC 4287): calls, planned events and their changes, report-backs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from massline.core.invisible_characters import strip_control_characters, to_single_line
from massline.square.calls.localized_call import call_wording_for, fact_lines, original_wording
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.organisations.models import PublicOrganisation
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import when

MOST = 30
# Calls and report-backs keep at least half of the places; events of a series are looked for among so many.
MOST_EVENTS, MOST_LOOKED_AT = 15, 300
# A feed without an entry has not changed yet.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedItem:
    uuid: UUID
    title: str
    address: str
    text: str
    changed_at: datetime


def feed_items(organisation: PublicOrganisation, language: str = "") -> list[FeedItem]:
    """The latest calls, events and report-backs; a change of time or place brings a call or an event up again.

    Of a meeting that comes again its next date is in the feed, and each date that was changed.
    """
    calls = organisation.calls.select_related("event", "organisation").order_by("-event__changed_at")[:MOST]
    if language:
        calls = calls.prefetch_related("translations")
    reports = organisation.reports.select_related("organisation")[:MOST]
    events = organisation.events.filter(call=None).with_page().order_by("-changed_at", "starts_at")
    found = [_call(call, language) for call in calls]
    found += [
        _event(event, language or organisation.language) for event in _next_dates(events[:MOST_LOOKED_AT])
    ]
    found += [
        FeedItem(
            report.uuid,
            report.title,
            report.get_absolute_url(),
            report.heard,
            datetime.combine(report.published_on, time(12), UTC),
        )
        for report in reports
    ]
    return sorted(found, key=lambda item: item.changed_at, reverse=True)[:MOST]


def _next_dates(events: Iterable[PublicEvent]) -> list[PublicEvent]:
    """The newest events, and of those with one title, as a series has, the next; changed ones stand for themselves."""
    changed = [event for event in events if event.is_changed or event.is_cancelled]
    of_title: dict[tuple[str, str], list[PublicEvent]] = {}
    for event in events:
        if event not in changed:
            of_title.setdefault((event.title, event.place), []).append(event)
    nexts = [
        min(dates, key=lambda event: (event.is_over, abs(event.starts_at - timezone.now())))
        for dates in of_title.values()
    ]
    return sorted([*changed, *nexts], key=lambda event: event.changed_at, reverse=True)[:MOST_EVENTS]


def _call(call: PublishedCall, language: str) -> FeedItem:
    """A call in the words of the language asked for, where somebody wrote them."""
    words = call_wording_for(call, language) if language else original_wording(call)
    with in_language(words.language):
        off = _("Cancelled.") if call.event.is_cancelled else ""
        starts = when(call.event.starts_at)
    lines = fact_lines(words, words.language)
    parts = (off, words.what_changed, starts, words.place, words.why, *lines)
    return FeedItem(
        call.uuid,
        words.slogan,
        call.get_absolute_url(),
        " ".join(part for part in parts if part),
        max(call.published_at, call.event.changed_at),
    )


def _event(event: PublicEvent, language: str) -> FeedItem:
    """An event without a call, in the words it was planned in."""
    with in_language(language):
        off = _("Cancelled.") if event.is_cancelled else ""
        starts, where = when(event.starts_at), event.where
    lines = fact_lines(event.facts, language)
    parts = (off, event.what_changed, starts, where, event.about, *lines)
    text = " ".join(part for part in parts if part)
    return FeedItem(event.uuid, event.title, event.get_absolute_url(), text, event.changed_at)


class _FeedOf(Atom1Feed):
    """A feed that changed when its newest entry did; an empty one is not new each time it is asked for."""

    def latest_post_date(self) -> datetime:
        newest: datetime = max((item["updateddate"] for item in self.items), default=LONG_AGO)
        return newest


def atom_feed(organisation: PublicOrganisation, language: str = "") -> str:
    address = public_url(organisation.get_absolute_url())
    feed = _FeedOf(
        title=to_single_line(organisation.name),
        link=address,
        description=None,
        author_name=to_single_line(organisation.name),
        author_link=address,
        subtitle=to_single_line(organisation.sentence),
        language=language or organisation.language,
        feed_guid=f"{organisation.uuid.urn}{f':{language}' if language else ''}",
        feed_url=f"{address}news.{language}.atom" if language else f"{address}news.atom",
    )
    for item in feed_items(organisation, language):
        feed.add_item(
            title=to_single_line(item.title),
            link=public_url(item.address),
            description=strip_control_characters(item.text),
            unique_id=item.uuid.urn,
            updateddate=item.changed_at,
        )
    return str(feed.writeString("utf-8"))
