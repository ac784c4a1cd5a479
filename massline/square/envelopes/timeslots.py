"""Hours and roles of an event: how many each needs, who has one in numbers alone, and the waiting list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models.functions import Coalesce

from massline.core.expiry import NoOwnExpiry
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation

RENAMED = 0.5  # share of letters in common from which a slot of another name is the same one


class Slot(models.Model):
    """An hour or a role that needs so many: "Steward", "Stall, 14:00 to 16:00"."""

    lives = NoOwnExpiry("what is to be done and how many it needs", public=True)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="slots")
    about = models.UUIDField(db_index=True, help_text="the public event")
    name = models.CharField(max_length=80)
    needed = models.PositiveIntegerField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["about", "name"], name="one_slot_per_name")]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class WantedSlot:
    """A slot as it shall be. `was` is the name it has now; empty for a new one."""

    name: str
    needed: int
    was: str = ""


@dataclass(frozen=True)
class FilledSlot:
    """A slot, how many people have it and how many wait for it."""

    slot: Slot
    taken: int
    waiting: int

    @property
    def open(self) -> int:
        return max(self.slot.needed - self.taken, 0)

    @property
    def is_full(self) -> bool:
        return self.open == 0


def slots_of(about: UUID) -> list[FilledSlot]:
    """The slots of one event in their order, with who has them counted: one question."""
    standing = ~models.Q(envelopes__state="cancelled")
    counted = Slot.objects.filter(about=about).annotate(
        taken=_people(standing & models.Q(envelopes__waits=False)),
        waiting=_people(standing & models.Q(envelopes__waits=True)),
    )
    return [FilledSlot(slot, slot.taken, slot.waiting) for slot in counted.order_by("order", "pk")]


def _people(which: models.Q) -> Coalesce:
    return Coalesce(models.Sum("envelopes__people", filter=which), 0)


def set_slots(*, organisation: PublicOrganisation, about: UUID, wanted: Sequence[WantedSlot]) -> list[Slot]:
    """Make the slots of an event these, in this order.

    A renamed one keeps who has it and who waits. One that is left out goes; who had it stays on the list without it
    and is told. Where one grew, who waits moves up.
    """
    with transaction.atomic(using="square"):
        present = {slot.name: slot for slot in Slot.objects.select_for_update().filter(about=about)}
        kept = {want.was: want for want in wanted if want.was in present}
        for slot in present.values():
            if slot.name not in kept:
                _remove(slot)
        for name in kept:  # out of the way first, because two may swap their names
            Slot.objects.filter(pk=present[name].pk).update(name=f"{present[name].uuid}")
        made = []
        for order, want in enumerate(wanted):
            slot = present[want.was] if want.was in present else Slot(about=about, organisation=organisation)
            slot.name, slot.needed, slot.order = want.name, want.needed, order
            slot.save()
            made.append(slot)
        for slot in made:
            advance_slot_waiting_list(slot)
    return made


def match_slots(old_names: Sequence[str], wanted: Sequence[tuple[str, int]]) -> list[WantedSlot]:
    """Find which of the slots so far each wanted one is: by its name, else by the words it shares with one that goes."""
    names = [name for name, _needed in wanted]
    gone = [name for name in old_names if name not in names]
    found: dict[str, str] = {name: name for name in names if name in old_names}
    pairs = [
        (
            SequenceMatcher(None, old.casefold(), new.casefold()).ratio(),
            -abs(place - old_names.index(old)),
            old,
            new,
        )
        for place, new in enumerate(names)
        if new not in found
        for old in gone
    ]
    for likeness, _distance, old, new in sorted(pairs, reverse=True):
        if likeness >= RENAMED and new not in found and old not in found.values():
            found[new] = old
    return [WantedSlot(name, needed, found.get(name, "")) for name, needed in wanted]


def slots_to_remove(about: UUID, wanted: Sequence[tuple[str, int]]) -> list[FilledSlot]:
    """The slots that would go, with how many people have them or wait for them."""
    present = slots_of(about)
    kept = {want.was for want in match_slots([filled.slot.name for filled in present], wanted)}
    return [filled for filled in present if filled.slot.name not in kept]


def _remove(slot: Slot) -> None:
    """Delete a slot. Who had it or waited for it keeps its name until the worker has told them."""
    standing = Envelope.objects.standing().filter(slot=slot)
    standing.update(lost_slot=slot.name, waits=False, moved_up=False)
    slot.delete()


def take_slot(envelope: Envelope, slot: Slot | None) -> None:
    """Assign a slot or a place on its waiting list; the slot given up goes to the next in line."""
    held = envelope.slot
    if held == slot and (slot is None or not envelope.is_cancelled):
        return
    with transaction.atomic(using="square"):
        if slot is not None:
            slot = Slot.objects.select_for_update().get(pk=slot.pk)
        envelope.waits = slot is not None and (envelope.awaits_place or not _has_room(slot, envelope))
        envelope.slot, envelope.moved_up, envelope.lost_slot = slot, False, ""
        envelope.save(update_fields=["slot", "waits", "moved_up", "lost_slot"])
        if held is not None and held != slot:
            advance_slot_waiting_list(held)


def _has_room(slot: Slot, envelope: Envelope) -> bool:
    having = Envelope.objects.standing().filter(slot=slot, waits=False).exclude(pk=envelope.pk)
    taken: int = having.aggregate(n=models.Sum("people"))["n"] or 0
    return taken < slot.needed


def free_slot(envelope: Envelope) -> None:
    """Free the slot of somebody who does not come; the next on its waiting list moves up."""
    take_slot(envelope, None)


def advance_slot_waiting_list(slot: Slot) -> int:
    """Let who waits longest have what is free; give how many moved up. The worker tells them."""
    with transaction.atomic(using="square"):
        locked = Slot.objects.select_for_update().get(pk=slot.pk)
        standing = Envelope.objects.standing().filter(slot=locked)
        taken: int = standing.filter(waits=False).aggregate(n=models.Sum("people"))["n"] or 0
        first = []
        waiting = standing.filter(waits=True, awaits_place=False).order_by("pk")
        for pk, people in waiting.values_list("pk", "people"):
            if taken >= locked.needed:
                break
            taken += people
            first.append(pk)
        return Envelope.objects.filter(pk__in=first).update(waits=False, moved_up=True)
