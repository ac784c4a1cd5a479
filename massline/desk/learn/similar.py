"""What happened the last times: the three past actions most like the one being planned, and why each is like it.

Likeness is 0 to 1: 0.6 × the cosine of what was written (sentence vectors centred on all candidates, so that common
words do not count), 0.25 where the kind is the same, 0.15 × how near the size is (1 - |log2 ratio| / 3, not below 0).
The weights are a choice, not an estimate: text tells most, then what kind it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

import numpy as np
from django.utils.translation import gettext as _

from massline.desk.learn.models import AfterActionReview, Lesson
from massline.desk.learn.passing import ForeignLesson
from massline.desk.people.models import Organisation
from massline.desk.people.scope import everything

BY_TEXT, BY_KIND, BY_SIZE = 0.6, 0.25, 0.15
ALIKE_TEXT = 0.2
NEWEST = 400


@dataclass(frozen=True)
class Past:
    """Something that was done before: ours with its review, or a lesson others passed on."""

    title: str
    text: str
    kind: str
    size: int | None
    whose: str
    change: str = ""
    lessons: tuple[str, ...] = ()
    event: int | None = None
    lesson: int | None = None
    foreign: int | None = None


@dataclass(frozen=True)
class Similar:
    """A past action, how like it is, and the words that say why."""

    past: Past
    likeness: float
    why: tuple[str, ...]


def similar(
    organisation: Organisation, *, text: str, kind: str = "", size: int | None = None, most: int = 3
) -> list[Similar]:
    """Give the most similar past actions, the most similar first; empty where there is no past."""
    known = list(_past(organisation))
    if not known or not text.strip():
        return []
    alike = _alike(text, [one.text for one in known])
    found = [_weigh(one, float(words), kind, size) for one, words in zip(known, alike, strict=True)]
    found = [one for one in found if one.why]
    return sorted(found, key=lambda one: (-one.likeness, one.past.title))[:most]


def _weigh(past: Past, words: float, kind: str, size: int | None) -> Similar:
    same_kind = bool(kind) and past.kind == kind
    near = _near(size, past.size)
    why = (
        *((_("alike in words"),) if words >= ALIKE_TEXT else ()),
        *((_("the same kind"),) if same_kind else ()),
        *((_("about as many people"),) if near >= 2 / 3 else ()),
    )
    return Similar(past, BY_TEXT * max(words, 0.0) + BY_KIND * same_kind + BY_SIZE * near, why)


def _near(one: int | None, other: int | None) -> float:
    return max(0.0, 1 - abs(log2(one / other)) / 3) if one and other else 0.0


def _alike(text: str, texts: list[str]) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    # Reading texts brings scikit-learn along; a door that only shows pages should not wait for it.
    # Letters only: the large model has no place in a page that somebody waits for.
    from massline.embed import embedder
    from massline.embed.embedder import unit

    vectors = embedder("letters").encode([text, *texts])
    if len(texts) > 2:
        vectors = unit(vectors - vectors[1:].mean(axis=0))
    return np.asarray(vectors[1:] @ vectors[0], dtype=np.float32)


def _past(organisation: Organisation) -> Iterator[Past]:
    reviews = AfterActionReview.objects.filter(event__organisation=organisation)
    for review in reviews.select_related("event__call").prefetch_related("lessons")[:NEWEST]:
        yield _of_ours(review)
    with everything("a lesson says itself to whom it was passed on"):
        passed_on = Lesson.objects.received_by(organisation).select_related("review__event__organisation")
        for lesson in passed_on[:NEWEST]:
            event = lesson.review.event
            yield Past(
                title=lesson.claim,
                text=f"{lesson.claim} {lesson.context} {lesson.evidence}",
                kind=event.kind,
                size=_size(lesson.review),
                whose=event.organisation.name,
                lesson=lesson.pk,
            )
    for foreign in ForeignLesson.objects.filter(organisation=organisation)[:NEWEST]:
        yield Past(
            title=foreign.claim,
            text=f"{foreign.claim} {foreign.context} {foreign.evidence}",
            kind=foreign.kind,
            size=foreign.size,
            whose=foreign.sender,
            foreign=foreign.pk,
        )


def _of_ours(review: AfterActionReview) -> Past:
    event = review.event
    lessons = tuple(one.claim for one in review.lessons.all())
    call = f"{event.call.slogan} {event.call.what}" if event.call else ""
    words = [event.title, event.about, call, event.place, review.happened, review.change, *lessons]
    return Past(
        title=event.title,
        text=" ".join(words),
        kind=event.kind,
        size=_size(review),
        whose="",
        change=review.change,
        lessons=lessons,
        event=event.pk,
    )


def _size(review: AfterActionReview) -> int | None:
    return review.numbers.get("headcount") or review.numbers.get("came") or None
