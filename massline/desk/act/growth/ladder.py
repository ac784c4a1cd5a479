"""The ladder of deeds: rungs that contacts reached, counted from attendance and mandates and never stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from massline.desk.act.attendance.models import Attendance
from massline.desk.people.mandates import Holding
from massline.desk.people.models import Contact, Organisation
from massline.desk.people.rungs import Deed, Rung


@dataclass(frozen=True)
class DeedCounts:
    """Counts of a contact's attendances, shifts and roles."""

    came: int = 0
    shifts: int = 0
    roles: int = 0

    def has_reached(self, rung: Rung) -> bool:
        done: dict[str, int] = {Deed.CAME: self.came, Deed.SHIFT: self.shifts, Deed.ROLE: self.roles}
        return rung.deed in done and done[rung.deed] >= rung.times


@dataclass(frozen=True)
class RungCount:
    """A rung and the number of people whose highest rung it is; None counts those below the first."""

    rung: Rung | None
    people: int


def count_deeds(contacts: Iterable[Contact]) -> dict[int, DeedCounts]:
    """Count the deeds of each contact by primary key, with two queries in all."""
    contact_pks = [contact.pk for contact in contacts]
    came, shifts, roles = Counter[int](), Counter[int](), Counter[int]()
    for contact, role, offers in (
        Attendance.objects.filter(contact__in=contact_pks).came().values_list("contact", "role", "offers")
    ):
        came[contact] += 1
        shifts[contact] += bool(role or offers)
    for contact in Holding.objects.filter(contact__in=contact_pks).values_list("contact", flat=True):
        roles[contact or 0] += 1
    return {pk: DeedCounts(came[pk], shifts[pk], roles[pk]) for pk in contact_pks}


def highest_rung(deeds: DeedCounts, rungs: Iterable[Rung]) -> Rung | None:
    """Return the last rung reached; None below the first."""
    reached = [rung for rung in rungs if deeds.has_reached(rung)]
    return reached[-1] if reached else None


def count_contacts_by_rung(organisation: Organisation) -> list[RungCount]:
    """Count the contacts on each rung, highest first, and those below the first rung last."""
    rungs = list(Rung.objects.filter(organisation=organisation))
    counts_by_contact = count_deeds(Contact.objects.of(organisation).with_consent())
    counted = Counter(
        rung.pk if rung else 0
        for rung in (highest_rung(counts, rungs) for counts in counts_by_contact.values())
    )
    return [
        *(RungCount(rung, counted[rung.pk]) for rung in reversed(rungs)),
        RungCount(None, counted[0]),
    ]
