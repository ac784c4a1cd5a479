"""Leaving, changing and cancelling an envelope. None needs a login, and none needs a key."""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from massline.core.contact_points import normalise_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.square.envelopes import courier_copies, event_capacity, timeslots
from massline.square.envelopes.join_links import public_key_of
from massline.square.envelopes.models import KEPT_AFTER_EVENT, Envelope, EnvelopeState
from massline.square.envelopes.sealing import envelope_binding, new_manage_token, seal_contents
from massline.square.envelopes.sign_up_batch_writer import SealedSignUp, queue_sign_up
from massline.square.envelopes.timeslots import Slot
from massline.square.organisations.models import PublicOrganisation


def hash_token(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def leave_envelope(
    *,
    organisation: PublicOrganisation,
    about: UUID,
    contents: dict[str, str],
    form_id: str,
    happens_on: date,
    slot: Slot | None = None,
    people: int = 1,
) -> tuple[Envelope, str]:
    """Seal the contents and keep them; return the envelope and the secret of its manage link.

    The same copy of the form with the same contents (a double tap, "back", a reload) changes nothing and returns the
    same secret, so that every link that was sent works. The same copy with other contents, as on a shared tablet, is
    another sign-up. A cancelled one stands again. Raises DeferredOutcome where so many sign up in this moment that
    nothing was kept, or UnknownOutcome where that cannot be told; sending it again is safe.
    """
    if organisation.seal_key is None:
        raise ValueError(f"{organisation} has no key yet, so nothing can be sealed for it.")
    contents = _in_one_form(contents, organisation)
    copy, secret = _identify(form_id, about, contents)
    row = uuid4()
    envelope = Envelope(
        form_id=copy,
        uuid=row,
        organisation=organisation,
        about=about,
        sealed=seal_contents(contents, bytes(organisation.seal_key), bound_to=envelope_binding(about, row)),
        epoch=organisation.seal_epoch,
        token_hash=hash_token(secret),
        people=people,
        join_key=public_key_of(secret),
        expires_on=max(happens_on, timezone.localdate()) + KEPT_AFTER_EVENT,
    )
    address = courier_copies.courier_contents(contents, secret)
    kept = queue_sign_up(SealedSignUp(envelope, slot, address, happens_on))
    if not kept.is_new and kept.envelope.is_cancelled:
        change_envelope(kept.envelope, contents=contents, secret=secret, slot=slot, people=people)
    return kept.envelope, secret


def _identify(form_id: str, about: UUID, contents: dict[str, str]) -> tuple[str, str]:
    """The digest stored of this copy of the form with these contents, and the secret that belongs to it.

    The secret follows from the number in the form, which only the sender's browser has.
    """
    given = json.dumps([form_id, str(about), sorted(contents.items())])
    copy = salted_hmac("massline.form copy", given, algorithm="sha256").hexdigest()
    secret = salted_hmac("massline.manage link", given, algorithm="sha256").digest()[:16]
    return copy, base64.b32encode(secret).decode().rstrip("=").lower()


def make_paper_link(
    *, organisation: PublicOrganisation, about: UUID, expires_on: date, replaces: UUID | None = None
) -> tuple[Envelope, str]:
    """Make a link for somebody who never had one, to be handed over on paper; return its envelope and its secret.

    It counts as no sign-up, and no message follows it. With `replaces` an earlier link on paper ends.
    """
    secret = new_manage_token()
    with transaction.atomic(using="square"):
        if replaces is not None:
            Envelope.objects.filter(uuid=replaces, organisation=organisation, on_paper=True).delete()
        envelope = Envelope.objects.create(
            organisation=organisation,
            about=about,
            epoch=organisation.seal_epoch,
            token_hash=hash_token(secret),
            form_id=hash_token(f"on paper {secret}"),
            state=EnvelopeState.COLLECTED,
            on_paper=True,
            seen=True,
            expires_on=expires_on,
        )
    return envelope, secret


def _in_one_form(contents: dict[str, str], organisation: PublicOrganisation) -> dict[str, str]:
    """The contents with the contact point in the form in which it is compared and written to."""
    point = contents.get("contact", "")
    return contents | {"contact": normalise_contact_point(point, country=organisation.phone_country)}


def change_envelope(
    envelope: Envelope,
    *,
    contents: dict[str, str],
    secret: str = "",
    slot: Slot | None = None,
    people: int = 1,
) -> None:
    """Put new contents in; the old ones are gone, the courier's copy too. The secret is that of the manage link.

    Raises TooFewPlaces if more people come than there is room for; then nothing is changed.
    """
    organisation = envelope.organisation
    if organisation.seal_key is None:
        raise ValueError(f"{organisation} has no key, so nothing can be sealed for it.")
    contents = _in_one_form(contents, organisation)
    was_cancelled = envelope.is_cancelled
    envelope.sealed = seal_contents(contents, bytes(organisation.seal_key), bound_to=envelope.binding)
    envelope.epoch = organisation.seal_epoch
    envelope.state = EnvelopeState.WAITING
    envelope.seen, envelope.same_as = False, None
    if envelope.on_paper:
        envelope.save(update_fields=["sealed", "epoch", "state", "seen"])
        erase_after_commit("square")
        return
    with transaction.atomic(using="square"):
        event_capacity.allocate_places(envelope, people, anew=was_cancelled)
        timeslots.take_slot(envelope, slot)
        envelope.save(update_fields=["sealed", "epoch", "state", "seen", "same_as"])
        admit_waiting_to_event_and_slots(envelope.about)
        courier_copies.seal_courier_copy(
            envelope, contents=contents, happens_on=envelope.expires_on - KEPT_AFTER_EVENT, secret=secret
        )
        erase_after_commit("square")


def cancel_envelope(envelope: Envelope) -> None:
    """Take it back: the contents are destroyed at once, the desk is told at the next collection."""
    envelope.sealed, envelope.sealed_link, envelope.link_version = None, None, 0
    envelope.state = EnvelopeState.CANCELLED
    envelope.seen = False
    with transaction.atomic(using="square"):
        envelope.save(update_fields=["sealed", "sealed_link", "link_version", "state", "seen"])
        timeslots.free_slot(envelope)
        admit_waiting_to_event_and_slots(envelope.about)
        courier_copies.destroy_copy(envelope)
        erase_after_commit("square")


def cancel_sign_up(uuid: UUID) -> None:
    """Take back somebody's sign-up for an event, with every other one of theirs for it, as said at the desk.

    The desk has written it down; who waits moves up.
    """
    person = Envelope.objects.standing().filter(models.Q(uuid=uuid) | models.Q(same_as=uuid))
    for envelope in person.order_by("pk"):
        cancel_envelope(envelope)


def read_again(uuid: UUID) -> None:
    """Let the next collection compare the desk with how somebody's sign-up stands here by then."""
    Envelope.objects.filter(uuid=uuid, on_paper=False).update(seen=False)


def restore_sign_up(uuid: UUID, contents: Mapping[str, str]) -> None:
    """Let a sign-up that was cancelled stand again, as said at the desk; where every place is taken it waits.

    The worker can write to them again by the contact point and language in `contents`, without the manage link, whose
    secret they alone know. Their hour or role is free for others, and they do not get it back by this.
    """
    with transaction.atomic(using="square"):
        rows = Envelope.objects.select_for_update(of=("self",)).select_related("organisation")
        envelope = rows.filter(uuid=uuid, on_paper=False).first()
        if envelope is None or not envelope.is_cancelled:
            return
        event_capacity.allocate_places(envelope, envelope.people, anew=True)
        envelope.state, envelope.seen = EnvelopeState.COLLECTED, False
        envelope.save(update_fields=["state", "seen"])
        courier_copies.seal_courier_copy(
            envelope, contents=dict(contents), happens_on=envelope.expires_on - KEPT_AFTER_EVENT
        )


def erase_envelope(envelope: Envelope) -> None:
    """Delete a sign-up with all that hangs on it; its link leads nowhere any more, and its place is free."""
    with transaction.atomic(using="square"):
        cancel_envelope(envelope)
        Envelope.objects.filter(pk=envelope.pk).delete()


def admit_waiting_to_event_and_slots(about: UUID) -> int:
    """Give free places to those who wait longest, and then free hours and roles; return how many sign-ups moved up.

    The worker tells them.
    """
    with transaction.atomic(using="square"):
        moved = event_capacity.admit_waiting_sign_ups(about)
        for slot in Slot.objects.filter(about=about) if moved else ():
            timeslots.advance_slot_waiting_list(slot)
    return moved


def set_capacity_and_admit_waiting(
    *, organisation: PublicOrganisation, about: UUID, limit: int | None
) -> None:
    """Set how many people an event has room for, and let in who waits where there is room now."""
    with transaction.atomic(using="square"):
        event_capacity.set_capacity(organisation=organisation, about=about, places=limit)
        admit_waiting_to_event_and_slots(about)


def stop_messages(envelope: Envelope) -> None:
    """Write to them no more about this event. They stay on the list."""
    courier_copies.destroy_copy(envelope)


def confirm_sign_up(envelope: Envelope) -> None:
    """Confirm that the person comes; after a cancellation they have to sign up again."""
    Envelope.objects.filter(pk=envelope.pk).standing().update(confirmed=True)


def follow_moved_event(*, about: UUID, happens_on: date) -> None:
    """An event has moved to another day: what was left for it is kept as long after that day as it would have been."""
    Envelope.objects.about(about).filter(on_paper=False).update(expires_on=happens_on + KEPT_AFTER_EVENT)
    courier_copies.extend_courier_key(about, happens_on=happens_on)
