"""What an organisation puts on its square, as a feed (Atom, RFC 4287): calls and their changes, report-backs."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from django.utils.feedgenerator import Atom1Feed

from massline.square.organisations.models import PublicOrganisation
from massline.web.addresses import public
from massline.web.templatetags.massline import when

MOST = 30


@dataclass(frozen=True)
class Item:
    uuid: UUID
    title: str
    address: str
    text: str
    changed_at: datetime


def items(organisation: PublicOrganisation) -> list[Item]:
    """The latest calls and report-backs; a change of time or place brings a call up again."""
    calls = organisation.calls.select_related("event", "organisation").order_by("-event__changed_at")[:MOST]
    reports = organisation.reports.select_related("organisation")[:MOST]
    found = [
        Item(
            call.uuid,
            call.slogan,
            call.get_absolute_url(),
            " ".join(
                part
                for part in (call.event.what_changed, when(call.event.starts_at), call.event.place, call.why)
                if part
            ),
            max(call.published_at, call.event.changed_at),
        )
        for call in calls
    ]
    found += [
        Item(
            report.uuid,
            report.title,
            report.get_absolute_url(),
            report.heard,
            datetime.combine(report.published_on, time(12), UTC),
        )
        for report in reports
    ]
    return sorted(found, key=lambda item: item.changed_at, reverse=True)[:MOST]


def atom(organisation: PublicOrganisation) -> str:
    address = public(organisation.get_absolute_url())
    feed = Atom1Feed(
        title=organisation.name,
        link=address,
        description=None,
        subtitle=organisation.sentence,
        language=organisation.language,
        feed_guid=organisation.uuid.urn,
        feed_url=f"{address}news.atom",
    )
    for item in items(organisation):
        feed.add_item(
            title=item.title,
            link=public(item.address),
            description=item.text,
            unique_id=item.uuid.urn,
            updateddate=item.changed_at,
        )
    return str(feed.writeString("utf-8"))
