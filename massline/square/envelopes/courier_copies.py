"""The courier's copy of an address: sealed here, opened by the worker alone, gone two days after the event.

The square holds public halves and nothing else. Where no key is ready there is no copy: the sign-up itself never waits for it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from massline.core.db.erasure import erase_after_commit
from massline.square.envelopes.models import COURIER_AFTER_EVENT, CourierCopy, CourierKey, Envelope
from massline.square.envelopes.sealing import seal_contents
from massline.square.organisations.models import PublicOrganisation


def seal_courier_copy(
    envelope: Envelope, *, contents: dict[str, str], happens_on: date, secret: str = ""
) -> CourierCopy | None:
    """Seal the address, the language to write in and the manage link for the worker; None where no key is ready.

    A change makes a new copy, so the worker sees that there is somebody it has not written to.
    """
    destroy_copy(envelope)
    copies = seal_courier_copies([(envelope, courier_contents(contents, secret), happens_on)])
    return next(iter(copies), None)


def courier_contents(contents: Mapping[str, str], secret: str) -> dict[str, str]:
    """What the worker may know of a sign-up; empty where nobody can be written to."""
    if not contents.get("contact"):
        return {}
    return {"contact": contents["contact"], "language": contents.get("language", ""), "manage": secret}


def seal_courier_copies(sign_ups: Sequence[tuple[Envelope, dict[str, str], date]]) -> list[CourierCopy]:
    """Make the copies of many stored sign-ups that have none, each to the key of its event: two queries for all."""
    written = [(envelope, address, day) for envelope, address, day in sign_ups if address]
    abouts = {envelope.about for envelope, _address, _day in written}
    keys: dict[UUID | None, CourierKey | None] = (
        {key.about: key for key in CourierKey.objects.filter(about__in=abouts)} if abouts else {}
    )
    copies = []
    for envelope, address, happens_on in written:
        if envelope.about not in keys:
            keys[envelope.about] = take_courier_key(envelope, happens_on)
        if (key := keys[envelope.about]) is not None:
            sealed = seal_contents(address, bytes(key.public_key), bound_to=envelope.binding)
            copies.append(CourierCopy(envelope=envelope, key=key, sealed=sealed))
    return CourierCopy.objects.bulk_create(copies)


def take_courier_key(envelope: Envelope, happens_on: date) -> CourierKey | None:
    """The key of the event this envelope is about; the first sign-up takes a spare one for it."""
    return take_key_for(envelope.about, envelope.organisation, happens_on)


def take_key_for(about: UUID, organisation: PublicOrganisation, happens_on: date) -> CourierKey | None:
    """The courier key of what is sent about, a spare one if it has none yet; None where no key is ready."""
    key = CourierKey.objects.filter(about=about).first()
    spare = CourierKey.objects.filter(about=None).order_by("pk").first()
    if key is not None or spare is None:
        return key
    expires_on = max(happens_on, timezone.localdate()) + COURIER_AFTER_EVENT
    try:
        with transaction.atomic(using="square"):
            CourierKey.objects.filter(pk=spare.pk, about=None).update(
                about=about, organisation=organisation, expires_on=expires_on
            )
    except IntegrityError:
        pass  # another sign-up for the same event was quicker; its key is ours too
    return CourierKey.objects.filter(about=about).first()


def destroy_copy(envelope: Envelope) -> None:
    """Destroy the copy of one sign-up at once."""
    CourierCopy.objects.filter(envelope=envelope).delete()
    erase_after_commit("square")


def extend_courier_key(about: UUID, *, happens_on: date) -> None:
    """The event has moved: its courier key lives until two days after the new day."""
    CourierKey.objects.filter(about=about).update(expires_on=happens_on + COURIER_AFTER_EVENT)
