"""Recording and ending what contacts asked to be told."""

from datetime import date
from uuid import UUID

from massline.desk.act.subscriptions.models import Subscription
from massline.desk.people.models import Contact, Section
from massline.square.envelopes.news_requests import NewsKind


def record_wish(contact: Contact, *, wants: str, section: str, envelope: UUID, agreed_on: date) -> None:
    """Keep which kinds were asked for; an unknown section is left open. A newer wish replaces an older one."""
    kinds = set(wants.split(","))
    named = Section.objects.filter(organisation=contact.organisation, name__iexact=section.strip()).first()
    Subscription.objects.update_or_create(
        contact=contact,
        defaults={
            "calls": NewsKind.CALLS in kinds,
            "meetings": NewsKind.MEETINGS in kinds,
            "section": named,
            "envelope": envelope,
            "agreed_on": agreed_on,
        },
    )


def end_wish(envelope: UUID) -> None:
    """End what was asked for by this sealed wish."""
    Subscription.objects.filter(envelope=envelope).delete()
