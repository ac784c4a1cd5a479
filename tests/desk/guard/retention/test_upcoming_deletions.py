"""What goes soon is told two weeks before; what may lawfully stay longer may be kept, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.retention import organisation_deletion, upcoming_deletions
from massline.desk.listen.rounds.models import FieldReport, ListeningRound
from massline.desk.people.models import Account, Contact, Organisation, Section


def contact(organisation: Organisation, *, goes_in: int, agreed: int | None) -> Contact:
    """A contact that goes in so many days, and agreed so many days ago."""
    today = timezone.localdate()
    return Contact.objects.create(
        organisation=organisation,
        sealed_name=b"x",
        sealed_point=b"y",
        epoch=1,
        source="signed_up",
        keep_until=today + timedelta(days=goes_in),
        consent_on=None if agreed is None else today - timedelta(days=agreed),
    )


def until(one: Contact) -> int:
    return (Contact.objects.get(pk=one.pk).keep_until - timezone.localdate()).days


def test_who_agreed_within_a_year_may_be_kept_three_months_and_never_past_that_year(
    riverside: Organisation, harbour: Organisation, amal: Account
) -> None:
    fresh = contact(riverside, goes_in=13, agreed=30)
    nearly = contact(riverside, goes_in=3, agreed=360)
    at_its_end = contact(riverside, goes_in=5, agreed=360)
    long_ago = contact(riverside, goes_in=3, agreed=365)
    never = contact(riverside, goes_in=3, agreed=None)
    not_yet = contact(riverside, goes_in=14, agreed=30)
    theirs = contact(harbour, goes_in=3, agreed=30)
    assert upcoming_deletions.extend_contacts(riverside, by=amal) == 2
    kept = [until(one) for one in (fresh, nearly, at_its_end, long_ago, never, not_yet, theirs)]
    assert kept == [90, 5, 5, 3, 3, 14, 3]
    line = AuditLine.objects.filter(organisation=riverside).latest("sequence")
    assert (line.verb, line.subject) == ("kept contacts who had agreed", "2 contacts")
    assert upcoming_deletions.extend_contacts(riverside, by=amal) == 0
    assert AuditLine.objects.filter(organisation=riverside).latest("sequence") == line


def test_what_goes_is_told_the_soonest_first_with_how_much_of_it_may_stay(
    riverside: Organisation, amal: Account
) -> None:
    today = timezone.localdate()
    contact(riverside, goes_in=3, agreed=30)
    contact(riverside, goes_in=5, agreed=None)
    contact(riverside, goes_in=40, agreed=30)
    AuditLine.objects.update(day=today - timedelta(days=170))
    told = upcoming_deletions.upcoming_deletions(riverside)
    assert [(one.rows, one.first, one.kept) for one in told if one.what.startswith("Contacts")] == [
        (2, today + timedelta(days=4), 1)
    ]
    assert [one.kept for one in told if one.what.startswith("Lines")] == [0]
    assert [one.first for one in told] == sorted(one.first for one in told)


@pytest.fixture
def heard(riverside: Organisation, amal: Account, tomorrow: Any) -> FieldReport:
    """A field report, which keeps its section from being deleted."""
    round_ = ListeningRound.objects.create(organisation=riverside, question="Cold?", closes_on=tomorrow)
    section = Section.objects.filter(organisation=riverside).earliest("pk")
    return FieldReport.objects.create(round=round_, section=section, by=amal, channel="door")


def test_rows_that_protect_others_go_first_and_a_knot_is_said_loudly(
    riverside: Organisation, heard: FieldReport
) -> None:
    with pytest.raises(RuntimeError, match="hold each other: Section"):
        organisation_deletion._delete_all([Section], riverside)
    organisation_deletion._delete_all([Section, FieldReport], riverside)
    assert not Section.objects.filter(organisation=riverside).exists()
