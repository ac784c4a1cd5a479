"""Holding the review, keeping the lesson, sharing it the same day, and asking the next question."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from massline.desk.guard.audit import chain
from massline.desk.learn.lessons.models import Confidence, Lesson
from massline.desk.learn.private_names import NamesSomebody, find_names
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.learn.sister_chapters import list_sister_chapters
from massline.desk.listen.rounds import actions as listen
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Section
from massline.square.calls import actions as square


class RoundFields(TypedDict, total=False):
    """What else a listening round can be opened with."""

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
    """Keep a lesson, give it to every sister chapter the same day, and say on the call what came of it.

    Raises NamesSomebody where it points at a person. Mere guesses are let through by `no_names`: somebody
    has looked and says that they name nobody.
    """
    event = review.event
    found = find_names({"claim": claim, "context": context, "evidence": evidence}, event)
    if any(one.sure or not no_names for one in found):
        raise NamesSomebody(found)
    with transaction.atomic(using="desk"):
        lesson = Lesson.objects.create(
            review=review, claim=claim, context=context, evidence=evidence, confidence=confidence
        )
        lesson.shared_with.set(list_sister_chapters(event.organisation))
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


def _outcome(review: AfterActionReview) -> str:
    """Say what came of a call, in its own language: how many were there, and what was learnt."""
    call = review.event.call
    there = review.numbers.get("headcount") or review.numbers.get("came")
    with translation.override(call.language if call else None):
        said = [_("%(n)d people were there.") % {"n": there}] if there else []
        said.append(_("What we learned:"))
        claims = review.lessons.order_by("pk").values_list("claim", flat=True)
        return " ".join([*said, *(_end_sentence(claim) for claim in claims)])


def _end_sentence(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "؟", "。")) else f"{sentence}."
