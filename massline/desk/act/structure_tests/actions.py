"""Choose a deed beforehand, and record its counts by section."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.structure_tests import refusal_reasons
from massline.desk.act.structure_tests.models import SectionCount, StructureTest
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation, Section


def create_structure_test(
    *,
    organisation: Organisation,
    deed: str,
    begins_on: date,
    ends_on: date,
    strong_percent: int,
    by: Account,
) -> StructureTest:
    """Choose the deed and the threshold before the first day, so that no result can influence them."""
    refuse(
        ([refusal_reasons.TestNotBeforehand()] if begins_on < timezone.localdate() else [])
        + ([refusal_reasons.EndsBeforeStart()] if ends_on < begins_on else [])
    )
    with transaction.atomic(using="desk"):
        test = StructureTest.objects.create(
            organisation=organisation,
            deed=deed.strip(),
            begins_on=begins_on,
            ends_on=ends_on,
            strong_percent=strong_percent,
            made_by=by,
        )
        chain.append_line(organisation, by, "chose a structure test", test)
    return test


def record_section_counts(*, test: StructureTest, counts: dict[Section, int], by: Account) -> None:
    """Record how many of each section did it, with the section's headcount. A second count replaces the first."""
    refuse([] if test.has_begun else [refusal_reasons.TestNotBegun()])
    refuse(
        [
            refusal_reasons.MoreThanHeadcount(section.name, section.headcount)
            for section, did in counts.items()
            if did > section.headcount
        ]
    )
    with transaction.atomic(using="desk"):
        for section, did in counts.items():
            SectionCount.objects.update_or_create(
                test=test,
                section=section,
                defaults={"did": did, "headcount": section.headcount, "counted_on": timezone.localdate()},
            )
        chain.append_line(test.organisation, by, "counted a structure test", test)
