"""Write down a hypothesis, add evidence, and judge it again years later."""

from datetime import date

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.learn.hypotheses.models import Evidence, Hypothesis, Verdict
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Account, Organisation


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
