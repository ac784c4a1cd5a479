"""Holding the review, keeping the lesson, sharing it the same day, and asking the next question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from massline.desk.act.models import Event
from massline.desk.guard.audit import chain
from massline.desk.learn.closing import CannotClose, lacking
from massline.desk.learn.longer import Agreement
from massline.desk.learn.models import AfterActionReview, Confidence, Lesson
from massline.desk.learn.naming import Named, names_in
from massline.desk.learn.numbers import numbers
from massline.desk.listen import actions as listen
from massline.desk.listen.models.hearing import ListeningRound
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.people.states import Kind
from massline.square.calls import actions as square
from massline.web.refusing import Refused


class NamesSomebody(Refused):
    """A lesson that points at a person does not travel; the reasons say where."""

    reasons: tuple[Named, ...]


@dataclass(frozen=True)
class Agreed:
    """Who does what by when."""

    what: str
    who: Account
    due_on: date


class RoundFields(TypedDict, total=False):
    """What else a listening round can be opened with."""

    why: str
    sections: list[Section] | None
    seeds: list[str] | None
    shown: str


def hold_review(
    *,
    event: Event,
    expected: str,
    happened: str,
    because: str,
    next_event: Event | None,
    by: Account | None,
    keep: str = "",
    change: str = "",
    room: Mapping[str, int] | None = None,
    agreed: Iterable[Agreed] = (),
) -> AfterActionReview:
    """Hold the review of an event, freeze its numbers and close it. `room` is how many came from each section.

    Raises CannotClose, with reasons, where no next event follows or no mass meeting is set.
    """
    reasons = lacking(event, next_event)
    if reasons or next_event is None:
        raise CannotClose(reasons)
    with transaction.atomic(using="desk"):
        review = AfterActionReview.objects.create(
            event=event,
            numbers={**numbers(event).as_dict(), **({"room": dict(room)} if room else {})},
            expected=expected,
            happened=happened,
            because=because,
            keep=keep,
            change=change,
            held_by=by,
        )
        for one in agreed:
            Agreement.objects.create(review=review, what=one.what, who=one.who, due_on=one.due_on)
        event.next_event = next_event
        event.closed_at = timezone.now()
        event.save(update_fields=["next_event", "closed_at"])
        chain.write(event.organisation, by, "held a review", review)
    return review


def finish_agreement(*, agreement: Agreement, by: Account) -> Agreement:
    """It is done; the day is kept."""
    with transaction.atomic(using="desk"):
        agreement.done_on = agreement.done_on or timezone.localdate()
        agreement.save(update_fields=["done_on"])
        chain.write(agreement.review.event.organisation, by, "did what was agreed", agreement)
    return agreement


def keep_lesson(
    *,
    review: AfterActionReview,
    claim: str,
    context: str,
    evidence: str,
    confidence: str = Confidence.ONCE,
    by: Account | None,
    no_names: bool = False,
) -> Lesson:
    """Keep a lesson, give it to every sister chapter the same day, and say on the call what came of it.

    Raises NamesSomebody where it points at a person. Mere guesses are let through by `no_names`: somebody
    has looked and says that they name nobody.
    """
    event = review.event
    found = names_in({"claim": claim, "context": context, "evidence": evidence}, event)
    if any(one.sure or not no_names for one in found):
        raise NamesSomebody(found)
    with transaction.atomic(using="desk"):
        lesson = Lesson.objects.create(
            review=review, claim=claim, context=context, evidence=evidence, confidence=confidence
        )
        lesson.shared_with.set(sisters(event.organisation))
        chain.write(event.organisation, by, "kept a lesson", lesson)
        if event.call is not None:
            square.write_outcome(uuid=event.call.uuid, outcome=_outcome(review))
    return lesson


def open_next_round(
    *, lesson: Lesson, question: str, closes_on: date, by: Account | None, **fields: Unpack[RoundFields]
) -> ListeningRound:
    """Go back to the people: a lesson becomes the next question. A lesson that has asked keeps its round."""
    if lesson.next_round is not None:
        return lesson.next_round
    with transaction.atomic(using="desk"):
        organisation = lesson.review.event.organisation
        round_ = listen.open_round(
            organisation=organisation, question=question, closes_on=closes_on, by=by, **fields
        )
        lesson.next_round = round_
        lesson.save(update_fields=["next_round"])
    return round_


def sisters(organisation: Organisation) -> QuerySet[Organisation]:
    """Every chapter beside and below, and the whole above. An inner organisation gives nothing away."""
    if organisation.kind == Kind.INNER:
        return Organisation.objects.none()
    family = Organisation.objects.filter(parent=organisation)
    if organisation.parent_id is not None:
        family |= Organisation.objects.filter(parent_id=organisation.parent_id)
        family |= Organisation.objects.filter(pk=organisation.parent_id)
    return family.exclude(pk=organisation.pk).distinct()


def _outcome(review: AfterActionReview) -> str:
    """Say what came of a call, in its own language: how many were there, and what was learnt."""
    call = review.event.call
    there = review.numbers.get("headcount") or review.numbers.get("came")
    with translation.override(call.language if call else None):
        said = [_("%(n)d people were there.") % {"n": there}] if there else []
        said.append(_("What we learned:"))
        claims = review.lessons.order_by("pk").values_list("claim", flat=True)
        return " ".join([*said, *(_closed(claim) for claim in claims)])


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "؟", "。")) else f"{sentence}."
