"""Admit an error and correct it where it was said."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.learn.corrections.models import Correction
from massline.desk.people.models import Account, Organisation
from massline.square.reports import actions as report_actions
from massline.square.reports.models import ReportBack


def admit_error(
    *,
    organisation: Organisation,
    wrong: str,
    where: str,
    owner: Account,
    due_on: date,
    by: Account,
    report: ReportBack | None = None,
) -> Correction:
    """Admit an error, with the owner of its correction and the day it is due."""
    with transaction.atomic(using="desk"):
        correction = Correction.objects.create(
            organisation=organisation,
            wrong=wrong,
            where=where or (report.title if report else ""),
            report=report.uuid if report else None,
            owner=owner,
            due_on=due_on,
        )
        chain.append_line(organisation, by, "said something was wrong", correction)
    return correction


def resolve_correction(*, correction: Correction, right: str, by: Account) -> Correction:
    """Publish what is right: in the correction, and beside the report-back that held the error."""
    with transaction.atomic(using="desk"):
        correction.right = right
        correction.corrected_on = timezone.localdate()
        correction.save(update_fields=["right", "corrected_on"])
        if correction.report is not None:
            report_actions.correct_report(
                report=correction.report, uuid=correction.uuid, wrong=correction.wrong, right=right
            )
        chain.append_line(correction.organisation, by, "set something right", correction)
    return correction
