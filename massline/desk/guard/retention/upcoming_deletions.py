"""Rows that will be deleted within two weeks, and contacts whose retention may be extended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from massline.core.expiry import ExpiresAfter, declared_lifetimes, expired_rows, organisation_path
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Contact, Organisation

WARNED = timedelta(days=14)
CONSENT_GOOD_FOR = timedelta(days=365)
KEPT_ON = timedelta(days=90)


@dataclass(frozen=True)
class UpcomingDeletion:
    """Rows of one model that will be deleted: their number, the first day, and how many may be kept longer."""

    what: str
    rows: int
    first: date
    kept: int = 0


def row_names() -> dict[str, str]:
    """Names of the models' rows for organisers."""
    return {
        "people.Contact": _("contacts without a next step"),
        "envelopes.Envelope": _("sign-ups"),
        "envelopes.CourierKey": _("addresses kept for reminders"),
        "listen.FieldReport": _("door reports"),
        "listen.Voice": _("voices nothing is based on"),
        "guard.AuditLine": _("lines of the activity log"),
        "guard.Invitation": _("invitations"),
        "people.Membership": _("ended memberships"),
    }


def upcoming_deletions(organisation: Organisation) -> list[UpcomingDeletion]:
    """Deletions in this organisation within two weeks, the soonest first; none during a legal hold."""
    return sorted(_going(organisation), key=lambda deletion: deletion.first)


def _going(organisation: Organisation) -> Iterator[UpcomingDeletion]:
    today = timezone.localdate()
    for model, keep in declared_lifetimes().items():
        path = organisation_path(model)
        if not isinstance(keep, ExpiresAfter) or not path or model._meta.label == "guard.Unlock":
            continue
        soon = expired_rows(model, keep, on=today + WARNED).filter(**{f"{path}__uuid": organisation.uuid})
        about = soon.aggregate(n=models.Count("pk"), since=models.Min(keep.since))
        if about["n"]:
            since = about["since"]
            day = timezone.localdate(since) if isinstance(since, datetime) else since
            first = max(day + timedelta(days=keep.days + 1), today)
            name = row_names().get(model._meta.label, str(model._meta.verbose_name_plural))
            kept = extendable_contacts(organisation).count() if model is Contact else 0
            yield UpcomingDeletion(capfirst(name), about["n"], first, kept)


def extendable_contacts(organisation: Organisation) -> "models.QuerySet[Contact]":
    """Contacts due for deletion that may be kept longer, because they consented within the last twelve months."""
    today = timezone.localdate()
    soon = Contact.objects.filter(organisation=organisation, keep_until__lt=today + WARNED)
    return soon.filter(consent_on__gt=today - CONSENT_GOOD_FOR)


def extend_contacts(organisation: Organisation, *, by: Account) -> int:
    """Keep those contacts three months longer, at most twelve months after their consent; return how many."""
    today, kept = timezone.localdate(), 0
    with transaction.atomic(using="desk"):
        for contact in extendable_contacts(organisation):
            assert contact.consent_on is not None
            until = min(contact.consent_on + CONSENT_GOOD_FOR, today + KEPT_ON)
            if until > contact.keep_until:
                Contact.objects.filter(pk=contact.pk).update(keep_until=until)
                kept += 1
        if kept:
            chain.append_line(organisation, by, "kept contacts who had agreed", f"{kept} contacts")
    return kept
