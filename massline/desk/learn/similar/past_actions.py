"""The past actions most similar to a planned one, and why each is similar.

Likeness is 0 to 1, over what the planner filled in: words 0.5 (see `text_similarity`), kind 0.2 where it is the same, place or
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
from massline.desk.people.scope import scope_to_everything

BY_WORDS, BY_KIND, BY_PLACE, BY_SIZE = 0.5, 0.2, 0.15, 0.15
ALIKE = 0.1
NEAR = 2 / 3
WORDS_SHOWN = 4
NEWEST = 400


@dataclass(frozen=True)
class PastAction:
    """An action of the organisation with its review, or a lesson that others passed on."""

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
    """A past action, its likeness to the planned one, and the words that say why."""

    past: PastAction
    likeness: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class PlannedAction:
    """A planned action, as far as the planner filled it in."""

    text: str
    kind: str = ""
    place: str = ""
    size: int | None = None

    @property
    def weight(self) -> float:
        """The sum of the weights of what was filled in."""
        parts = (BY_KIND, self.kind), (BY_PLACE, self.place), (BY_SIZE, self.size)
        return BY_WORDS + sum(weight for weight, value in parts if value)


def find_similar(
    organisation: Organisation,
    *,
    text: str,
    kind: str = "",
    place: str = "",
    size: int | None = None,
    most: int = 3,
) -> list[SimilarAction]:
    """Return the most similar past actions, the most similar first; empty where there is no past."""
    past_actions = list(_load_past_actions(organisation))
    if not past_actions or not text.strip():
        return []
    planned = PlannedAction(text, kind, place, size)
    in_words = measure_overlap(text, [past.text for past in past_actions], organisation.language)
    in_place = measure_overlap(place, [past.where for past in past_actions], organisation.language)
    weighed = [_weigh(planned, *row) for row in zip(past_actions, in_words, in_place, strict=True)]
    alike = [similar for similar in weighed if similar.why]
    return sorted(alike, key=lambda similar: (-similar.likeness, similar.past.title))[:most]


def _weigh(
    planned: PlannedAction, past: PastAction, shared_words: WordOverlap, shared_place: WordOverlap
) -> SimilarAction:
    same_kind = bool(planned.kind) and past.kind == planned.kind
    near = _size_likeness(planned.size, past.size)
    why = explain_similarity(
        words=_listed(shared_words) if shared_words.share >= ALIKE else "",
        kind=same_kind,
        place=_listed(shared_place),
        size=near >= NEAR,
    )
    parts = (
        BY_WORDS * shared_words.share + BY_KIND * same_kind + BY_PLACE * shared_place.share + BY_SIZE * near
    )
    return SimilarAction(past, parts / planned.weight, why)


def explain_similarity(
    *, words: str = "", kind: bool = False, place: str = "", size: bool = False
) -> tuple[str, ...]:
    """Return what makes two actions alike, the strongest first."""
    return (
        *((_("similar words: %(words)s") % {"words": words},) if words else ()),
        *((_("the same kind"),) if kind else ()),
        *((_("the same place or section: %(words)s") % {"words": place},) if place else ()),
        *((_("about as many people"),) if size else ()),
    )


def _listed(overlap: WordOverlap) -> str:
    return ", ".join(overlap.words[:WORDS_SHOWN])


def _size_likeness(planned: int | None, past: int | None) -> float:
    return max(0.0, 1 - abs(log2(planned / past)) / 3) if planned and past else 0.0


def _load_past_actions(organisation: Organisation) -> Iterator[PastAction]:
    reviews = AfterActionReview.objects.filter(event__organisation=organisation)
    for review in reviews.select_related("event__call").prefetch_related("lessons")[:NEWEST]:
        yield _from_review(review)
    with scope_to_everything("a lesson says itself to whom it was passed on"):
        passed_on = Lesson.objects.received_by(organisation).select_related("review__event__organisation")
        for lesson in passed_on[:NEWEST]:
            event = lesson.review.event
            yield PastAction(
                title=lesson.claim,
                text=f"{lesson.claim} {lesson.context} {lesson.evidence}",
                kind=event.kind,
                size=lesson.review.turnout or None,
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


def _from_review(review: AfterActionReview) -> PastAction:
    event = review.event
    lessons = tuple(lesson.claim for lesson in review.lessons.all())
    call = f"{event.call.slogan} {event.call.what}" if event.call else ""
    words = [event.title, event.about, call, event.place, review.happened, review.change, *lessons]
    return PastAction(
        title=event.title,
        text=" ".join(words),
        kind=event.kind,
        size=review.turnout or None,
        whose="",
        where=" ".join([event.place, *(review.numbers.get("room") or {})]),
        change=review.change,
        lessons=lessons,
        event=event.pk,
    )
