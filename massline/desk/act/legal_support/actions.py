"""Run the hotline's rota, post observers, and check and publish street reports."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.events.models import Event
from massline.desk.act.legal_support import refusal_reasons
from massline.desk.act.legal_support.models import Checked, HotlineSlot, Observer, StreetReport
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.square.organisations.models import PublicOrganisation
from massline.square.street_reports import actions as square

ALARM_PERIOD = timedelta(days=3)


def open_hotline_slot(
    *, organisation: Organisation, starts_at: datetime, ends_at: datetime, by: Account
) -> HotlineSlot:
    with transaction.atomic(using="desk"):
        slot = HotlineSlot.objects.create(organisation=organisation, starts_at=starts_at, ends_at=ends_at)
        chain.append_line(organisation, by, "opened hours at the hotline", slot)
    return slot


def take_hotline_slot(*, slot: HotlineSlot, by: Account) -> None:
    """Take a slot, or give it back if it is this account's own."""
    with transaction.atomic(using="desk"):
        free = HotlineSlot.objects.filter(pk=slot.pk).filter(Q(who=None) | Q(who=by))
        given_back = slot.who_id == by.pk
        refuse([] if free.update(who=None if given_back else by) else [refusal_reasons.SlotTaken()])
        chain.append_line(slot.organisation, by, "gave hours back" if given_back else "took hours", slot)


def untaken_hotline_slots(organisation: Organisation) -> list[HotlineSlot]:
    """List the slots of the next three days that nobody has taken."""
    now = timezone.now()
    rows = HotlineSlot.objects.filter(organisation=organisation, who=None)
    return list(rows.filter(ends_at__gt=now, starts_at__lt=now + ALARM_PERIOD))


def find_uncovered_actions(organisation: Organisation) -> list[Event]:
    """List the actions of the next three days without any slot taken that covers them."""
    now = timezone.now()
    events = (
        Event.objects.of(organisation).coming_up().filter(kind="action", starts_at__lt=now + ALARM_PERIOD)
    )
    staffed = HotlineSlot.objects.filter(organisation=organisation).exclude(who=None)
    return [
        event
        for event in events
        if not staffed.filter(starts_at__lte=event.starts_at, ends_at__gte=event.ends_at).exists()
    ]


def post_observer(*, event: Event, post: str, by: Account) -> Observer:
    """Record that this account observes at a place of the event."""
    with transaction.atomic(using="desk"):
        observer = Observer.objects.create(event=event, post=post.strip(), who=by)
        chain.append_line(event.organisation, by, "posted an observer", observer)
    return observer


def record_street_report(
    *, organisation: Organisation, what: str, place: str, seen_at: datetime, by: Account
) -> StreetReport:
    """Record a street report, unchecked and unpublished, without asking who reports it."""
    with transaction.atomic(using="desk"):
        report = StreetReport.objects.create(
            organisation=organisation, what=what.strip(), place=place.strip(), seen_at=seen_at, taken_by=by
        )
        chain.append_line(organisation, by, "took in a street report", report)
    return report


def record_verification(*, report: StreetReport, result: str, how: str, by: Account) -> None:
    """Record the result of a check. A report that is no longer verified is withdrawn from the square."""
    verified = result == Checked.VERIFIED
    refuse(
        ([refusal_reasons.SameChecker()] if verified and report.taken_by_id == by.pk else [])
        + ([refusal_reasons.MissingMethod()] if verified and not how.strip() else [])
    )
    with transaction.atomic(using="desk"):
        report.checked, report.how, report.checked_by = Checked(result), how.strip(), by
        report.is_shown = report.is_shown and verified
        report.save(update_fields=["checked", "how", "checked_by", "is_shown"])
        chain.append_line(report.organisation, by, f"found a street report {result}", report)
        if not report.is_shown:
            square.withdraw_sighting(uuid=report.uuid)


def toggle_publication(*, report: StreetReport, by: Account) -> None:
    """Publish a verified report on the square, or withdraw it if it is published."""
    organisation = report.organisation
    face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
    refuse(
        ([] if report.checked == Checked.VERIFIED else [refusal_reasons.ReportNotVerified()])
        + ([] if face is not None else [refusal_reasons.OrganisationNotPublic()])
    )
    with transaction.atomic(using="desk"):
        report.is_shown = not report.is_shown
        report.save(update_fields=["is_shown"])
        chain.append_line(
            organisation, by, "showed a street report" if report.is_shown else "hid one", report
        )
        if report.is_shown and face is not None:
            square.publish_sighting(
                organisation=face,
                uuid=report.uuid,
                what=report.what,
                place=report.place,
                seen_at=report.seen_at,
            )
        else:
            square.withdraw_sighting(uuid=report.uuid)
