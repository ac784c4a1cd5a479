"""The one write path for new sign-ups: those of many people in one transaction, and one bad one fails alone.

A place or an hour goes to who was first in the batch. Nothing that was on the disk is destroyed here, so no log is cut.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connections, models, transaction
from django.db.models.functions import Coalesce

from massline.core.db.group_commit import BatchWriter
from massline.core.db.isolated_batch import write_batch
from massline.square.envelopes import courier_copies, event_capacity
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.timeslots import Slot


@dataclass(frozen=True)
class SealedSignUp:
    """A sign-up that is sealed already; `address` is what the worker's copy holds, empty for none."""

    envelope: Envelope
    slot: Slot | None
    address: dict[str, str]
    happens_on: date

    @property
    def form_id(self) -> str:
        return self.envelope.form_id


@dataclass(frozen=True)
class SavedSignUp:
    """The row that holds a sign-up; one that was sent before is not new, and nothing of it was changed."""

    envelope: Envelope
    is_new: bool


def save_sign_ups(sent: Sequence[SealedSignUp]) -> list[SavedSignUp | Exception]:
    """Keep all sign-ups in one transaction and return the row of each, in their order.

    Where one of them breaks the whole, each is tried by itself, and only the broken one is told so.

    Raises
    ------
    OperationalError
        The database cannot write now; nothing of all this was kept.
    """
    # Another process may have kept the same form meanwhile; asked again, it is known.
    return write_batch(sent, _together, using="square", ask_again=(IntegrityError,))


def _together(sent: Sequence[SealedSignUp]) -> list[SavedSignUp]:
    with transaction.atomic(using="square"):
        known = _known(sent)
        fresh: dict[str, SealedSignUp] = {}
        for sign_up in sent:
            if sign_up.form_id not in known:
                fresh.setdefault(sign_up.form_id, sign_up)
        _give_places(list(fresh.values()))
        _give_slots(list(fresh.values()))
        Envelope.objects.bulk_create([sign_up.envelope for sign_up in fresh.values()])
        courier_copies.seal_courier_copies(
            [(sign_up.envelope, sign_up.address, sign_up.happens_on) for sign_up in fresh.values()]
        )
    kept = []
    for sign_up in sent:
        is_new = fresh.get(sign_up.form_id) is sign_up
        earlier = known.get(sign_up.form_id) or fresh[sign_up.form_id].envelope
        kept.append(SavedSignUp(sign_up.envelope if is_new else earlier, is_new))
    return kept


def _known(sent: Iterable[SealedSignUp]) -> dict[str, Envelope]:
    """Sign-ups that were sent before, by the digest of their form."""
    rows = Envelope.objects.filter(form_id__in={sign_up.form_id for sign_up in sent})
    return {envelope.form_id: envelope for envelope in rows.select_related("organisation", "slot")}


def _give_places(sent: Sequence[SealedSignUp]) -> None:
    """Seat each sign-up where its event has room, in their order; an event without a limit is not counted."""
    limits = event_capacity.lock_limits({sign_up.envelope.about for sign_up in sent})
    if not limits:
        return
    counts = event_capacity.count_sign_ups(limits)
    coming = {about: count.coming for about, count in counts.items()}
    is_waiting = {about: bool(count.waiting) for about, count in counts.items()}
    for sign_up in sent:
        envelope, about = sign_up.envelope, sign_up.envelope.about
        if about not in limits:
            continue
        envelope.awaits_place = is_waiting[about] or coming[about] + envelope.people > limits[about]
        if envelope.awaits_place:
            is_waiting[about] = True
        else:
            coming[about] += envelope.people


def _give_slots(sent: Sequence[SealedSignUp]) -> None:
    """Give each its hour or role, or a place on the waiting list of it.

    Where the hour was removed while somebody filled in the form they come without it, and the worker tells them.
    """
    chosen = {sign_up.slot.pk for sign_up in sent if sign_up.slot is not None}
    if not chosen:
        return
    slots = {slot.pk: slot for slot in Slot.objects.select_for_update().filter(pk__in=chosen).order_by("pk")}
    taken = Counter(_count_taken(slots))
    for sign_up in sent:
        if sign_up.slot is None:
            continue
        slot, envelope = slots.get(sign_up.slot.pk), sign_up.envelope
        if slot is None:
            envelope.lost_slot = sign_up.slot.name
            continue
        envelope.slot = slot
        envelope.waits = envelope.awaits_place or taken[slot.pk] >= slot.needed
        if not envelope.waits:
            taken[slot.pk] += envelope.people


def _count_taken(slots: Iterable[int]) -> dict[int, int]:
    having = Envelope.objects.standing().filter(slot__in=list(slots), waits=False).order_by()
    return dict(having.values_list("slot").annotate(n=Coalesce(models.Sum("people"), 0)))


_ours: BatchWriter[SealedSignUp, SavedSignUp] = BatchWriter(save_sign_ups, name="sign-ups")


def queue_sign_up(sign_up: SealedSignUp) -> SavedSignUp:
    """Keep one sign-up. Inside somebody's transaction it is part of that, else it shares a commit with its neighbours.

    Raises DeferredOutcome where so many wait that it was not kept, and UnknownOutcome where that cannot be told yet.
    """
    if connections["square"].in_atomic_block:
        kept = save_sign_ups([sign_up])[0]
        if isinstance(kept, Exception):
            raise kept
        return kept
    return _ours.write(sign_up)
