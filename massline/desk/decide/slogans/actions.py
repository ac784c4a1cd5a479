"""Writing a slogan, and counting its trials on the street."""

from datetime import date

from django.db import transaction

from massline.core.refusal import Refused
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.slogans.models import Slogan, SloganTrial
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account


def write_slogan(*, demand: Demand, language: str, text: str, by: Account) -> Slogan:
    """Write a slogan for a demand, in one language."""
    if not text.strip():
        raise Refused([shared_refusal_reasons.NoWords("slogan")])
    with transaction.atomic(using="desk"):
        slogan = Slogan.objects.create(
            organisation=demand.organisation, demand=demand, language=language, text=text.strip()
        )
        chain.append_line(demand.organisation, by, "wrote a slogan", slogan)
    return slogan


def try_slogan(
    *,
    slogan: Slogan,
    place: str,
    understood: int,
    asked_again: int,
    walked_on: int,
    by: Account,
    day: date | None = None,
) -> SloganTrial:
    """Record the counts of one trial; nobody is named."""
    with transaction.atomic(using="desk"):
        trial = SloganTrial(
            slogan=slogan,
            place=place,
            understood=understood,
            asked_again=asked_again,
            walked_on=walked_on,
        )
        if day is not None:
            trial.day = day
        trial.save()
        chain.append_line(slogan.organisation, by, "tried a slogan", slogan)
    return trial
