"""Recording and ending what contacts asked to be told."""

from datetime import date
from uuid import UUID

from massline.desk.act.subscriptions.models import Subscription
from massline.desk.people.models import Contact, Section
from massline.square.envelopes.news_requests import NewsKind


def record_subscription(
    contact: Contact, *, wants: str, section: str, envelope: UUID, agreed_on: date
) -> None:
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


def merge_subscriptions(keep: Contact, other: Contact) -> None:
    """Give one contact what another asked for, beside what they asked for themselves; the days and links stay as they are."""
    wish, own = (Subscription.objects.filter(contact=contact).first() for contact in (other, keep))
    if wish is None:
        return
    if own is None:
        Subscription.objects.filter(pk=wish.pk).update(contact=keep)
        return
    own.calls, own.meetings = own.calls or wish.calls, own.meetings or wish.meetings
    own.section = own.section or wish.section
    own.agreed_on = min(own.agreed_on, wish.agreed_on)
    wish.delete()
    own.envelope = own.envelope or wish.envelope
    own.save()


def end_subscriptions_of_envelopes(*envelopes: UUID | None) -> None:
    """End what was asked for by one of these sealed wishes."""
    Subscription.objects.filter(envelope__in=[envelope for envelope in envelopes if envelope]).delete()
