"""Places of an event: how many people come, how many it has room for, and who waits until somebody cancels."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from massline.core.expiry import Stays
from massline.square.envelopes.models import Envelope, EnvelopeQuerySet
from massline.square.organisations.models import PublicOrganisation


class EventLimit(models.Model):
    """How many people an event has room for. An event without one takes everybody."""

    lives = Stays("how many people a place holds", public=True)

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
    """Count each event, with one query. Every page, feed and file that says how many come asks here."""
    abouts = list(events)
    counted = _count(Envelope.objects.filter(about__in=abouts))
    return {about: counted.get(about, SignUpCount()) for about in abouts}


def _count(envelopes: EnvelopeQuerySet) -> dict[UUID, SignUpCount]:
    rows = (
        envelopes.standing()
        .annotate(person=Coalesce("same_as", "uuid"))
        .order_by()
        .values("about", "person")
        .annotate(
            size=models.Max("people"),
            with_place=models.Count("pk", filter=models.Q(awaits_place=False)),
            unseen=models.Count("pk", filter=models.Q(seen=False)),
        )
    )
    counts: dict[UUID, SignUpCount] = {}
    for row in rows:
        count, size, has_place = counts.get(row["about"], SignUpCount()), row["size"], bool(row["with_place"])
        counts[row["about"]] = SignUpCount(
            count.coming + (size if has_place else 0),
            count.waiting + (0 if has_place else size),
            count.sealed + row["unseen"],
        )
    return counts


def places_of(about: UUID) -> int | None:
    """How many people the event has room for; None without a limit."""
    limit = EventLimit.objects.filter(about=about).first()
    return limit.places if limit else None


def is_full(about: UUID, count: SignUpCount) -> bool:
    """Whether somebody who signs up now would wait."""
    places = places_of(about)
    return places is not None and (bool(count.waiting) or count.coming >= places)


def set_places(*, organisation: PublicOrganisation, about: UUID, places: int | None) -> None:
    """Set or lift the limit. Who has a place keeps it; the caller lets in who waits."""
    if places is None:
        EventLimit.objects.filter(about=about).delete()
    else:
        EventLimit.objects.update_or_create(
            about=about, defaults={"organisation": organisation, "places": places}
        )


def take_places(envelope: Envelope, people: int, *, anew: bool) -> None:
    """Give a sign-up its places, all of them or none. `anew` is one that had none; if it does not fit, it waits.

    Raises TooFewPlaces where a sign-up that has places asks for more than are left.
    """
    limit = EventLimit.objects.select_for_update().filter(about=envelope.about).first()
    others = _count(Envelope.objects.about(envelope.about).exclude(pk=envelope.pk))
    count = others.get(envelope.about, SignUpCount())
    left = None if limit is None else max(limit.places - count.coming, 0)
    fits = left is None or (people <= left and not count.waiting)
    if anew:
        envelope.awaits_place = not fits
    elif not envelope.awaits_place and people > envelope.people and not fits:
        raise TooFewPlaces(envelope.people if count.waiting else max(left or 0, envelope.people))
    envelope.people = people
    envelope.save(update_fields=["people", "awaits_place"])


def promote(about: UUID) -> int:
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
