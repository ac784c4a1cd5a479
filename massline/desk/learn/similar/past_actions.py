"""What happened the last times: the three past actions most like the one being planned, and why each is like it.

Likeness is 0 to 1, over what the planner filled in: words 0.5 (see `likeness`), kind 0.2 where it is the same, place or
section 0.15 (words again), size 0.15 (1 - |log2 ratio| / 3, not below 0). What was not filled in is left out and the
rest weighs more. The weights are a choice, not an estimate: words tell most, then what kind it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from django.utils.translation import gettext as _

from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.learn.sharing.models import ForeignLesson
from massline.desk.learn.similar.text_similarity import WordOverlap, measure_overlap
from massline.desk.people.models import Organisation
from massline.desk.people.scope import everything

BY_WORDS, BY_KIND, BY_PLACE, BY_SIZE = 0.5, 0.2, 0.15, 0.15
ALIKE = 0.1
NEAR = 2 / 3
WORDS_SHOWN = 4
NEWEST = 400


@dataclass(frozen=True)
class PastAction:
    """Something that was done before: ours with its review, or a lesson others passed on."""

    title: str
    text: str
    kind: str
    size: int | None
    whose: str
    where: str = ""
    change: str = ""
    lessons: tuple[str, ...] = ()
    event: int | None = None
    lesson: int | None = None
    foreign: int | None = None


@dataclass(frozen=True)
class SimilarAction:
    """A past action, how like it is, and the words that say why."""

    past: PastAction
    likeness: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class PlannedAction:
    """What somebody plans, as far as they have said it."""

    text: str
    kind: str = ""
    place: str = ""
    size: int | None = None

    @property
    def weight(self) -> float:
        """What can be compared at all."""
        said = (BY_KIND, self.kind), (BY_PLACE, self.place), (BY_SIZE, self.size)
        return BY_WORDS + sum(weight for weight, given in said if given)


def find_similar(
    organisation: Organisation,
    *,
    text: str,
    kind: str = "",
    place: str = "",
    size: int | None = None,
    most: int = 3,
) -> list[SimilarAction]:
    """Give the most similar past actions, the most similar first; empty where there is no past."""
    known = list(_past(organisation))
    if not known or not text.strip():
        return []
    planned = PlannedAction(text, kind, place, size)
    in_words = measure_overlap(text, [one.text for one in known], organisation.language)
    in_place = measure_overlap(place, [one.where for one in known], organisation.language)
    found = [_weigh(planned, *row) for row in zip(known, in_words, in_place, strict=True)]
    found = [one for one in found if one.why]
    return sorted(found, key=lambda one: (-one.likeness, one.past.title))[:most]


def _weigh(planned: PlannedAction, past: PastAction, words: WordOverlap, place: WordOverlap) -> SimilarAction:
    same_kind = bool(planned.kind) and past.kind == planned.kind
    near = _near(planned.size, past.size)
    why = (
        *((_("the words: %(words)s") % {"words": _listed(words)},) if words.share >= ALIKE else ()),
        *((_("the same kind"),) if same_kind else ()),
        *((_("the same place or section: %(words)s") % {"words": _listed(place)},) if place.words else ()),
        *((_("about as many people"),) if near >= NEAR else ()),
    )
    parts = BY_WORDS * words.share + BY_KIND * same_kind + BY_PLACE * place.share + BY_SIZE * near
    return SimilarAction(past, parts / planned.weight, why)


def _listed(found: WordOverlap) -> str:
    return ", ".join(found.words[:WORDS_SHOWN])


def _near(one: int | None, other: int | None) -> float:
    return max(0.0, 1 - abs(log2(one / other)) / 3) if one and other else 0.0


def _past(organisation: Organisation) -> Iterator[PastAction]:
    reviews = AfterActionReview.objects.filter(event__organisation=organisation)
    for review in reviews.select_related("event__call").prefetch_related("lessons")[:NEWEST]:
        yield _of_ours(review)
    with everything("a lesson says itself to whom it was passed on"):
        passed_on = Lesson.objects.received_by(organisation).select_related("review__event__organisation")
        for lesson in passed_on[:NEWEST]:
            event = lesson.review.event
            yield PastAction(
                title=lesson.claim,
                text=f"{lesson.claim} {lesson.context} {lesson.evidence}",
                kind=event.kind,
                size=_size(lesson.review),
                whose=event.organisation.name,
                where=lesson.context,
                lesson=lesson.pk,
            )
    for foreign in ForeignLesson.objects.filter(organisation=organisation)[:NEWEST]:
        yield PastAction(
            title=foreign.claim,
            text=f"{foreign.claim} {foreign.context} {foreign.evidence}",
            kind=foreign.kind,
            size=foreign.size,
            whose=foreign.sender,
            where=foreign.context,
            foreign=foreign.pk,
        )


def _of_ours(review: AfterActionReview) -> PastAction:
    event = review.event
    lessons = tuple(one.claim for one in review.lessons.all())
    call = f"{event.call.slogan} {event.call.what}" if event.call else ""
    words = [event.title, event.about, call, event.place, review.happened, review.change, *lessons]
    return PastAction(
        title=event.title,
        text=" ".join(words),
        kind=event.kind,
        size=_size(review),
        whose="",
        where=" ".join([event.place, *(review.numbers.get("room") or {})]),
        change=review.change,
        lessons=lessons,
        event=event.pk,
    )


def _size(review: AfterActionReview) -> int | None:
    return review.numbers.get("headcount") or review.numbers.get("came") or None
