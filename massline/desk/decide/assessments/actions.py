"""Assessing whether it is time, citing evidence, and forecasting the outcome."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.decide import shared_rules
from massline.desk.decide.assessments.models import (
    Assessment,
    Criterion,
    Evidence,
    Forecast,
    Leaning,
    Point,
    Reading,
    ReadingState,
)
from massline.desk.decide.assessments.prefilled_facts import gather_facts
from massline.desk.decide.ballots import rules as ballot_rules
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation


def begin_assessment(*, organisation: Organisation, question: str, by: Account) -> Assessment:
    """Begin an assessment of whether it is time for something; every criterion begins open, with today's numbers."""
    if not question.strip():
        raise Refused([shared_rules.NoWords("question")])
    with transaction.atomic(using="desk"):
        assessment = Assessment.objects.create(organisation=organisation, question=question.strip())
        points = {
            criterion.value: Point.objects.create(assessment=assessment, criterion=criterion)
            for criterion in Criterion
        }
        Reading.objects.bulk_create(
            Reading(
                point=points[fact.criterion],
                key=fact.key[:120],
                text=fact.text[:600],
                address=fact.url[:240],
                leaning=fact.leaning,
            )
            for fact in gather_facts(organisation)
        )
        chain.append_line(organisation, by, "began an assessment", assessment)
    return assessment


def accept_or_overrule_readings(*, assessment: Assessment, overruled: Mapping[int, str], by: Account) -> None:
    """Accept every number of an assessment but those overruled, each in words."""
    with transaction.atomic(using="desk"):
        readings = list(Reading.objects.filter(point__assessment=assessment))
        for reading in readings:
            reading.words = overruled.get(reading.pk, "").strip()
            reading.state = ReadingState.OVERRULED if reading.words else ReadingState.ACCEPTED
        Reading.objects.bulk_update(readings, ["words", "state"])
        chain.append_line(assessment.organisation, by, "judged the numbers of an assessment", assessment)


def record_leaning(*, point: Point, leaning: str, words: str, by: Account) -> None:
    """Record the leaning of a criterion. Raises Refused for a leaning without a reason."""
    if leaning != Leaning.OPEN and not words.strip():
        raise Refused([shared_rules.NoWords("leaning")])
    with transaction.atomic(using="desk"):
        point.leaning, point.words = Leaning(leaning), words
        point.save(update_fields=["leaning", "words"])
        chain.append_line(point.assessment.organisation, by, "weighed a criterion", point)


def cite_evidence(*, point: Point, kind: str, source: models.Model, by: Account) -> Evidence:
    """Cite a claim, line, force, mood or pulse of the organisation for a point; each source once."""
    with transaction.atomic(using="desk"):
        cited: Mapping[str, Any] = {kind: source}
        evidence, _made = Evidence.objects.get_or_create(point=point, **cited)
        chain.append_line(point.assessment.organisation, by, "cited evidence", evidence)
    return evidence


def conclude_assessment(*, assessment: Assessment, conclusion: str, dissent: str, by: Account) -> None:
    with transaction.atomic(using="desk"):
        assessment.conclusion, assessment.dissent = conclusion, dissent
        assessment.save(update_fields=["conclusion", "dissent"])
        chain.append_line(assessment.organisation, by, "concluded an assessment", assessment)


def add_forecast(
    *,
    organisation: Organisation,
    text: str,
    criterion: str,
    percent: int,
    resolves_on: date,
    by: Account,
    assessment: Assessment | None = None,
) -> Forecast:
    """Record what the organisation expects by a day, with its probability and a criterion to settle it by."""
    texts = {"forecast": text, "criterion": criterion}
    refuse(
        [shared_rules.NoWords(name) for name, words in texts.items() if not words.strip()]
        + ([] if 1 <= percent <= 99 else [shared_rules.NotLikely(percent)])
        + ([] if resolves_on > timezone.localdate() else [shared_rules.ReviewNotAhead(resolves_on)])
    )
    with transaction.atomic(using="desk"):
        forecast = Forecast.objects.create(
            organisation=organisation,
            assessment=assessment,
            text=text.strip(),
            criterion=criterion.strip(),
            percent=percent,
            resolves_on=resolves_on,
        )
        chain.append_line(organisation, by, "made a forecast", forecast)
    return forecast


def settle_forecast(*, forecast: Forecast, came_true: bool, by: Account) -> None:
    """Record whether a forecast came true. Raises Refused for one that is settled."""
    if forecast.came_true is not None:
        raise Refused([ballot_rules.VoteOver()])
    with transaction.atomic(using="desk"):
        forecast.came_true, forecast.resolved_on = came_true, timezone.localdate()
        forecast.save(update_fields=["came_true", "resolved_on"])
        chain.append_line(forecast.organisation, by, "settled a forecast", forecast)
