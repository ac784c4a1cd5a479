"""Feed of an organisation's public pages (Atom, RFC 4287): calls and their changes, report-backs."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from massline.core.invisible_characters import strip_control_characters, to_single_line
from massline.square.calls.localized_call import call_wording_for, fact_lines, original_wording
from massline.square.calls.models import PublishedCall
from massline.square.organisations.models import PublicOrganisation
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import when

MOST = 30


@dataclass(frozen=True)
class FeedItem:
    uuid: UUID
    title: str
    address: str
    text: str
    changed_at: datetime


def feed_items(organisation: PublicOrganisation, language: str = "") -> list[FeedItem]:
    """The latest calls and report-backs; a change of time or place brings a call up again."""
    calls = organisation.calls.select_related("event", "organisation").order_by("-event__changed_at")[:MOST]
    if language:
        calls = calls.prefetch_related("translations")
    reports = organisation.reports.select_related("organisation")[:MOST]
    found = [_call(call, language) for call in calls]
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


def atom_feed(organisation: PublicOrganisation, language: str = "") -> str:
    address = public_url(organisation.get_absolute_url())
    feed = Atom1Feed(
        title=to_single_line(organisation.name),
        link=address,
        description=None,
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
