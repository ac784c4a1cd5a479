"""Finishing agreements, correcting errors, and testing hypotheses over years."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.learn.follow_up.models import Agreement, Correction, Evidence, Hypothesis, Verdict
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Account, Organisation
from massline.square.reports import actions as report_actions
from massline.square.reports.models import ReportBack


def finish_agreement(*, agreement: Agreement, by: Account) -> Agreement:
    """Record the day an agreement was done; a second call keeps the first day."""
    with transaction.atomic(using="desk"):
        agreement.done_on = agreement.done_on or timezone.localdate()
        agreement.save(update_fields=["done_on"])
        chain.append_line(agreement.review.event.organisation, by, "did what was agreed", agreement)
    return agreement


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


def add_hypothesis(
    *, organisation: Organisation, claim: str, would_fall: str, review_on: date, by: Account
) -> Hypothesis:
    """Add a hypothesis, with the observation that would refute it and a day to review it."""
    with transaction.atomic(using="desk"):
        hypothesis = Hypothesis.objects.create(
            organisation=organisation, claim=claim, would_fall=would_fall, review_on=review_on
        )
        chain.append_line(organisation, by, "supposed something", hypothesis)
    return hypothesis


def add_evidence(
    *,
    hypothesis: Hypothesis,
    speaks_for: bool,
    words: str,
    by: Account,
    review: AfterActionReview | None = None,
    source: str = "",
) -> Evidence:
    """Add evidence for or against a hypothesis. Raises ValueError without a review or a source."""
    if review is None and not source.strip():
        raise ValueError("Evidence says where it can be read.")
    with transaction.atomic(using="desk"):
        evidence = Evidence.objects.create(
            hypothesis=hypothesis, speaks_for=speaks_for, words=words, review=review, source=source
        )
        chain.append_line(hypothesis.organisation, by, "added evidence", evidence)
    return evidence


def review_hypothesis(*, hypothesis: Hypothesis, verdict: str, review_on: date, by: Account) -> Hypothesis:
    """Record a verdict: the hypothesis held, fell, or stays open until another day."""
    with transaction.atomic(using="desk"):
        hypothesis.verdict, hypothesis.review_on = Verdict(verdict), review_on
        hypothesis.save(update_fields=["verdict", "review_on"])
        chain.append_line(hypothesis.organisation, by, "looked again at a hypothesis", hypothesis)
    return hypothesis
