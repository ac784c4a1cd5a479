"""What goes on after the review: setting right what was wrong, and finding out over years."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.learn.follow_up.models import Agreement, Correction, Evidence, Hypothesis, Verdict
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Account, Organisation
from massline.square.reports import actions as square
from massline.square.reports.models import ReportBack


def finish_agreement(*, agreement: Agreement, by: Account) -> Agreement:
    """It is done; the day is kept."""
    with transaction.atomic(using="desk"):
        agreement.done_on = agreement.done_on or timezone.localdate()
        agreement.save(update_fields=["done_on"])
        chain.write(agreement.review.event.organisation, by, "did what was agreed", agreement)
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
    """Say that something we said is wrong, who sets it right, and by when."""
    with transaction.atomic(using="desk"):
        correction = Correction.objects.create(
            organisation=organisation,
            wrong=wrong,
            where=where or (report.title if report else ""),
            report=report.uuid if report else None,
            owner=owner,
            due_on=due_on,
        )
        chain.write(organisation, by, "said something was wrong", correction)
    return correction


def resolve_correction(*, correction: Correction, right: str, by: Account) -> Correction:
    """Say what is right. What stood in a report-back is set right beside it, where everybody read it."""
    with transaction.atomic(using="desk"):
        correction.right = right
        correction.corrected_on = timezone.localdate()
        correction.save(update_fields=["right", "corrected_on"])
        if correction.report is not None:
            square.correct(
                report=correction.report, uuid=correction.uuid, wrong=correction.wrong, right=right
            )
        chain.write(correction.organisation, by, "set something right", correction)
    return correction


def add_hypothesis(
    *, organisation: Organisation, claim: str, would_fall: str, review_on: date, by: Account
) -> Hypothesis:
    """Write down what we believe, what would make us give it up, and when we look again."""
    with transaction.atomic(using="desk"):
        hypothesis = Hypothesis.objects.create(
            organisation=organisation, claim=claim, would_fall=would_fall, review_on=review_on
        )
        chain.write(organisation, by, "supposed something", hypothesis)
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
    """Add what speaks for it or against it, with where that can be read. Raises ValueError without a source."""
    if review is None and not source.strip():
        raise ValueError("Evidence says where it can be read.")
    with transaction.atomic(using="desk"):
        evidence = Evidence.objects.create(
            hypothesis=hypothesis, speaks_for=speaks_for, words=words, review=review, source=source
        )
        chain.write(hypothesis.organisation, by, "added evidence", evidence)
    return evidence


def review_hypothesis(*, hypothesis: Hypothesis, verdict: str, review_on: date, by: Account) -> Hypothesis:
    """Look at it again: it stays open until another day, it held, or it fell."""
    with transaction.atomic(using="desk"):
        hypothesis.verdict, hypothesis.review_on = Verdict(verdict), review_on
        hypothesis.save(update_fields=["verdict", "review_on"])
        chain.write(hypothesis.organisation, by, "looked again at a hypothesis", hypothesis)
    return hypothesis
