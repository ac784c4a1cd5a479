"""The hotline's rota, observers, and what is seen on the street."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.events.models import Event
from massline.desk.act.legal import rules
from massline.desk.act.legal.models import Checked, HotlineSlot, Observer, StreetReport
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.square.organisations.models import PublicOrganisation
from massline.square.sightings import actions as square

ALARM = timedelta(days=3)


def open_slot(
    *, organisation: Organisation, starts_at: datetime, ends_at: datetime, by: Account
) -> HotlineSlot:
    with transaction.atomic(using="desk"):
        slot = HotlineSlot.objects.create(organisation=organisation, starts_at=starts_at, ends_at=ends_at)
        chain.write(organisation, by, "opened hours at the hotline", slot)
    return slot


def take_slot(*, slot: HotlineSlot, by: Account) -> None:
    """Take the hours, or give them back if they are one's own."""
    with transaction.atomic(using="desk"):
        free = HotlineSlot.objects.filter(pk=slot.pk).filter(Q(who=None) | Q(who=by))
        given_back = slot.who_id == by.pk
        refuse([] if free.update(who=None if given_back else by) else [rules.Taken()])
        chain.write(slot.organisation, by, "gave hours back" if given_back else "took hours", slot)


def gaps(organisation: Organisation) -> list[HotlineSlot]:
    """Give the hours of the next three days that nobody has taken."""
    now = timezone.now()
    rows = HotlineSlot.objects.filter(organisation=organisation, who=None)
    return list(rows.filter(ends_at__gt=now, starts_at__lt=now + ALARM))


def uncovered(organisation: Organisation) -> list[Event]:
    """Give the actions of the next three days during which nobody at all sits at the hotline."""
    now = timezone.now()
    actions = Event.objects.of(organisation).coming_up().filter(kind="action", starts_at__lt=now + ALARM)
    manned = HotlineSlot.objects.filter(organisation=organisation).exclude(who=None)
    return [
        one
        for one in actions
        if not manned.filter(starts_at__lte=one.starts_at, ends_at__gte=one.ends_at).exists()
    ]


def post_observer(*, event: Event, post: str, by: Account) -> Observer:
    """Say that somebody watches there: who writes it down takes it."""
    with transaction.atomic(using="desk"):
        made = Observer.objects.create(event=event, post=post.strip(), who=by)
        chain.write(event.organisation, by, "posted an observer", made)
    return made


def take_in(
    *, organisation: Organisation, what: str, place: str, seen_at: datetime, by: Account
) -> StreetReport:
    """Take in what somebody says they see. Nobody is asked who they are, and nothing is said on."""
    with transaction.atomic(using="desk"):
        made = StreetReport.objects.create(
            organisation=organisation, what=what.strip(), place=place.strip(), seen_at=seen_at, taken_by=by
        )
        chain.write(organisation, by, "took in a street report", made)
    return made


def check(*, report: StreetReport, found: str, how: str, by: Account) -> None:
    """Say what came of checking. What is no longer verified leaves the square at once."""
    verified = found == Checked.VERIFIED
    refuse(
        ([rules.SameEyes()] if verified and report.taken_by_id == by.pk else [])
        + ([rules.NoHow()] if verified and not how.strip() else [])
    )
    with transaction.atomic(using="desk"):
        report.checked, report.how, report.checked_by = Checked(found), how.strip(), by
        report.is_shown = report.is_shown and verified
        report.save(update_fields=["checked", "how", "checked_by", "is_shown"])
        chain.write(report.organisation, by, f"found a street report {found}", report)
        if not report.is_shown:
            square.take_back(uuid=report.uuid)


def show(*, report: StreetReport, by: Account) -> None:
    """Say it in public, or take it back. Only what is verified is shown."""
    organisation = report.organisation
    face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
    refuse(
        ([] if report.checked == Checked.VERIFIED else [rules.NotVerified()])
        + ([] if face is not None else [rules.NotPublic()])
    )
    with transaction.atomic(using="desk"):
        report.is_shown = not report.is_shown
        report.save(update_fields=["is_shown"])
        chain.write(organisation, by, "showed a street report" if report.is_shown else "hid one", report)
        if report.is_shown and face is not None:
            square.show(
                organisation=face,
                uuid=report.uuid,
                what=report.what,
                place=report.place,
                seen_at=report.seen_at,
            )
        else:
            square.take_back(uuid=report.uuid)
