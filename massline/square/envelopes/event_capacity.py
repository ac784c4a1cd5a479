"""Places of an event: how many people come, how many it has room for, and who waits until somebody cancels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from massline.core.expiry import NoOwnExpiry
from massline.core.parameter_batches import batched
from massline.square.envelopes.models import Envelope, EnvelopeQuerySet
from massline.square.organisations.models import PublicOrganisation

PERSONS_AT_ONCE = 400


class EventLimit(models.Model):
    """How many people an event has room for. An event without one takes everybody."""

    lives = NoOwnExpiry("how many people a place holds", public=True)

    about = models.UUIDField(unique=True, help_text="the public event")
    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="limits")
    places = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.places} places"


class TooFewPlaces(Exception):
    """A sign-up grew beyond the places that are left; `left` is how many people it may have."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True)
class SignUpCount:
    """People who signed up for one event: those who come, those who wait for a place, and sign-ups still sealed.

    Everybody counts once, also where they signed up twice and the desk found it.
    """

    coming: int = 0
    waiting: int = 0
    sealed: int = 0


def count_sign_ups(events: Iterable[UUID]) -> dict[UUID, SignUpCount]:
    """Count each event in the database, with one query, and two more where somebody signed up twice.

    Every page, feed and file that says how many come asks here.
    """
    abouts = list(events)
    counted = _count(Envelope.objects.filter(about__in=abouts)) if abouts else {}
    return {about: counted.get(about, SignUpCount()) for about in abouts}


def _count(envelopes: EnvelopeQuerySet) -> dict[UUID, SignUpCount]:
    """Count every sign-up, then take out what people who signed up twice were counted too much."""
    rows = (
        envelopes.standing()
        .order_by()
        .values("about")
        .annotate(
            coming=_people(models.Q(awaits_place=False)),
            waiting=_people(models.Q(awaits_place=True)),
            sealed=models.Count("pk", filter=models.Q(seen=False, sealed__isnull=False)),
            twice=models.Count("same_as"),
        )
    )
    counts, with_doubles = dict[UUID, SignUpCount](), list[UUID]()
    for row in rows:
        counts[row["about"]] = SignUpCount(row["coming"], row["waiting"], row["sealed"])
        with_doubles += [row["about"]] if row["twice"] else []
    doubles = _doubles(envelopes.filter(about__in=with_doubles)) if with_doubles else ()
    for about, too_many_coming, too_many_waiting in doubles:
        count = counts[about]
        counts[about] = SignUpCount(
            count.coming - too_many_coming, count.waiting - too_many_waiting, count.sealed
        )
    return counts


def _people(which: models.Q) -> Coalesce:
    return Coalesce(models.Sum("people", filter=which), 0)


def _doubles(envelopes: EnvelopeQuerySet) -> Iterator[tuple[UUID, int, int]]:
    """For each person with several sign-ups the people counted too much: among those who come, and who wait.

    They count as the largest of their sign-ups, and come if one of them has a place.
    """
    standing = envelopes.standing().order_by()
    persons = set(standing.exclude(same_as=None).values_list("same_as", flat=True))
    for some in batched(persons, PERSONS_AT_ONCE):
        sign_ups = standing.filter(models.Q(same_as__in=some) | models.Q(uuid__in=some))
        by_person: dict[UUID, list[tuple[UUID, int, bool]]] = {}
        for uuid, same_as, about, people, waits in sign_ups.values_list(
            "uuid", "same_as", "about", "people", "awaits_place"
        ):
            by_person.setdefault(same_as or uuid, []).append((about, people, waits))
        for theirs in by_person.values():
            largest = max(people for _about, people, _waits in theirs)
            has_place = any(not waits for _about, _people, waits in theirs)
            coming = sum(people for _about, people, waits in theirs if not waits)
            waiting = sum(people for _about, people, waits in theirs if waits)
            yield theirs[0][0], coming - largest * has_place, waiting - largest * (not has_place)


def lock_limits(events: Iterable[UUID]) -> dict[UUID, int]:
    """Hold the limits of these events until the transaction ends; those without a limit are left out."""
    limits = EventLimit.objects.select_for_update().filter(about__in=list(events)).order_by("pk")
    return {limit.about: limit.places for limit in limits}


def capacity_of_event(about: UUID) -> int | None:
    """How many people the event has room for; None without a limit."""
    limit = EventLimit.objects.filter(about=about).first()
    return limit.places if limit else None


def is_full(about: UUID, count: SignUpCount) -> bool:
    """Whether somebody who signs up now would wait."""
    places = capacity_of_event(about)
    return places is not None and (bool(count.waiting) or count.coming >= places)


def set_capacity(*, organisation: PublicOrganisation, about: UUID, places: int | None) -> None:
    """Set or lift the limit. Who has a place keeps it; the caller lets in who waits."""
    if places is None:
        EventLimit.objects.filter(about=about).delete()
    else:
        EventLimit.objects.update_or_create(
            about=about, defaults={"organisation": organisation, "places": places}
        )


def allocate_places(envelope: Envelope, people: int, *, anew: bool) -> None:
    """Give a sign-up its places, all of them or none. `anew` is one that had none; if it does not fit, it waits.

    Raises TooFewPlaces where a sign-up that has places asks for more than are left.
    """
    limit = EventLimit.objects.select_for_update().filter(about=envelope.about).first()
    if limit is None:
        envelope.people, envelope.awaits_place = people, envelope.awaits_place and not anew
        envelope.save(update_fields=["people", "awaits_place"])
        return
    others = _count(Envelope.objects.about(envelope.about).exclude(pk=envelope.pk))
    count = others.get(envelope.about, SignUpCount())
    left = max(limit.places - count.coming, 0)
    fits = people <= left and not count.waiting
    if anew:
        envelope.awaits_place = not fits
    elif not envelope.awaits_place and people > envelope.people and not fits:
        raise TooFewPlaces(envelope.people if count.waiting else max(left, envelope.people))
    envelope.people = people
    envelope.save(update_fields=["people", "awaits_place"])


def admit_waiting_sign_ups(about: UUID) -> int:
    """Let those who wait longest in, in their order, as far as there is room; return how many sign-ups moved up."""
    limit = EventLimit.objects.select_for_update().filter(about=about).first()
    coming = count_sign_ups([about])[about].coming
    first = []
    waiting = Envelope.objects.about(about).standing().filter(awaits_place=True).order_by("pk")
    for pk, people in waiting.values_list("pk", "people"):
        coming += people
        if limit is not None and coming > limit.places:
            break
        first.append(pk)
    return Envelope.objects.filter(pk__in=first).update(awaits_place=False, moved_up=True)
