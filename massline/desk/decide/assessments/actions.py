"""Assessing whether it is time, citing evidence, and forecasting what will come of it."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.decide import shared_rules
from massline.desk.decide.assessments.models import Assessment, Criterion, Evidence, Forecast, Leaning, Point
from massline.desk.decide.ballots import rules as ballot_rules
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation


def begin_assessment(*, organisation: Organisation, question: str, by: Account) -> Assessment:
    """Ask whether it is time for something; every criterion begins open."""
    if not question.strip():
        raise Refused([shared_rules.NoWords("question")])
    with transaction.atomic(using="desk"):
        made = Assessment.objects.create(organisation=organisation, question=question.strip())
        for criterion in Criterion:
            Point.objects.create(assessment=made, criterion=criterion)
        chain.write(organisation, by, "began an assessment", made)
    return made


def weigh_point(*, point: Point, leaning: str, words: str, by: Account) -> None:
    """Say what a criterion says. A leaning without a reason is refused."""
    if leaning != Leaning.OPEN and not words.strip():
        raise Refused([shared_rules.NoWords("leaning")])
    with transaction.atomic(using="desk"):
        point.leaning, point.words = Leaning(leaning), words
        point.save(update_fields=["leaning", "words"])
        chain.write(point.assessment.organisation, by, "weighed a criterion", point)


def cite_evidence(*, point: Point, kind: str, source: models.Model, by: Account) -> Evidence:
    """Let a point rest on a claim, a line, a force, a mood or a pulse of the same organisation; each once."""
    with transaction.atomic(using="desk"):
        named: dict[str, Any] = {kind: source}
        made, _new = Evidence.objects.get_or_create(point=point, **named)
        chain.write(point.assessment.organisation, by, "cited evidence", made)
    return made


def conclude_assessment(*, assessment: Assessment, conclusion: str, dissent: str, by: Account) -> None:
    with transaction.atomic(using="desk"):
        assessment.conclusion, assessment.dissent = conclusion, dissent
        assessment.save(update_fields=["conclusion", "dissent"])
        chain.write(assessment.organisation, by, "concluded an assessment", assessment)


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
    """Keep what the organisation expects, so that a day can prove it right or wrong."""
    refuse(
        [
            shared_rules.NoWords(name)
            for name, said in (("forecast", text), ("criterion", criterion))
            if not said.strip()
        ]
        + ([] if 1 <= percent <= 99 else [shared_rules.NotLikely(percent)])
        + ([] if resolves_on > timezone.localdate() else [shared_rules.ReviewNotAhead(resolves_on)])
    )
    with transaction.atomic(using="desk"):
        made = Forecast.objects.create(
            organisation=organisation,
            assessment=assessment,
            text=text.strip(),
            criterion=criterion.strip(),
            percent=percent,
            resolves_on=resolves_on,
        )
        chain.write(organisation, by, "made a forecast", made)
    return made


def settle_forecast(*, forecast: Forecast, came_true: bool, by: Account) -> None:
    """Say whether it came true; once said, it stands."""
    if forecast.came_true is not None:
        raise Refused([ballot_rules.VoteOver()])
    with transaction.atomic(using="desk"):
        forecast.came_true, forecast.resolved_on = came_true, timezone.localdate()
        forecast.save(update_fields=["came_true", "resolved_on"])
        chain.write(forecast.organisation, by, "settled a forecast", forecast)
