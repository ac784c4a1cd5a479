"""Keeping the lesson of a review, passing it on the same day, and opening the next round from it."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from massline.desk.act.events.models import Event
from massline.desk.guard.audit import chain
from massline.desk.learn.lessons.models import Confidence, Lesson
from massline.desk.learn.private_names import NamesSomebody, find_possible_names
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.learn.sister_chapters import list_sister_chapters
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Section
from massline.square.calls import actions as call_actions
from massline.web.language_choice import in_language


class RoundFields(TypedDict, total=False):
    """Further fields of a listening round."""

    why: str
    sections: list[Section] | None
    seeds: list[str] | None
    shown: str


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
    """Keep a lesson, pass it on to every sister chapter, and write the outcome beside the call.

    Raises NamesSomebody where it points at a person. With `no_names`, somebody has checked the names that
    are mere guesses, and they are let through.
    """
    event = review.event
    _refuse_names(event, claim=claim, context=context, evidence=evidence, no_names=no_names)
    with transaction.atomic(using="desk"):
        lesson = Lesson.objects.create(
            review=review, claim=claim, context=context, evidence=evidence, confidence=confidence
        )
        lesson.shared_with.set(list_sister_chapters(event.organisation))
        chain.append_line(event.organisation, by, "kept a lesson", lesson)
        _tell_outcome(review)
    return lesson


def correct_lesson(
    *,
    lesson: Lesson,
    claim: str,
    context: str,
    evidence: str,
    confidence: str,
    by: Account | None,
    no_names: bool = False,
) -> Lesson:
    """Correct a lesson wherever it is read in this installation, beside the call too. Raises NamesSomebody as `keep_lesson` does."""
    event = lesson.review.event
    _refuse_names(event, claim=claim, context=context, evidence=evidence, no_names=no_names)
    with transaction.atomic(using="desk"):
        lesson.claim, lesson.context, lesson.evidence = claim, context, evidence
        lesson.confidence = confidence
        lesson.save(update_fields=["claim", "context", "evidence", "confidence"])
        chain.append_line(event.organisation, by, "corrected a lesson", lesson)
        _tell_outcome(lesson.review)
    return lesson


def withdraw_lesson(*, lesson: Lesson, by: Account | None) -> None:
    """Delete a lesson here and at every chapter of this installation. What it led to stays; signed files elsewhere do too."""
    review = lesson.review
    with transaction.atomic(using="desk"):
        chain.append_line(review.event.organisation, by, "withdrew a lesson", lesson)
        lesson.delete()
        _tell_outcome(review)


def _refuse_names(event: Event, *, claim: str, context: str, evidence: str, no_names: bool) -> None:
    names = find_possible_names({"claim": claim, "context": context, "evidence": evidence}, event)
    if any(name.sure or not no_names for name in names):
        raise NamesSomebody(names)


def _tell_outcome(review: AfterActionReview) -> None:
    """Write the outcome beside the call that led to the event."""
    call = review.event.call
    if call is not None:
        call_actions.write_outcome(
            uuid=call.uuid, outcome=_outcome(review) if review.lessons.exists() else ""
        )


def open_next_round(
    *, lesson: Lesson, question: str, closes_on: date, by: Account | None, **fields: Unpack[RoundFields]
) -> ListeningRound:
    """Open the round that asks the next question; return the one that the lesson has opened before."""
    if lesson.next_round is not None:
        return lesson.next_round
    with transaction.atomic(using="desk"):
        organisation = lesson.review.event.organisation
        round_ = round_actions.open_round(
            organisation=organisation, question=question, closes_on=closes_on, by=by, **fields
        )
        lesson.next_round = round_
        lesson.save(update_fields=["next_round"])
    return round_


def _outcome(review: AfterActionReview) -> str:
    """Word the outcome of a call in its own language: how many were there, and what was learnt."""
    call = review.event.call
    with in_language(call.language if call else ""):
        turnout = [_("%(n)d people came.") % {"n": review.turnout}] if review.turnout else []
        claims = review.lessons.order_by("pk").values_list("claim", flat=True)
        return " ".join([*turnout, _("What we learned:"), *(_end_sentence(claim) for claim in claims)])


def _end_sentence(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "؟", "。")) else f"{sentence}."
