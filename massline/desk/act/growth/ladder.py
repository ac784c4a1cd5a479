"""The ladder of deeds: rungs that contacts reached, counted from attendance and mandates and never stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.people.mandate_models import Holding
from massline.desk.people.models import Contact, Organisation
from massline.desk.people.rung_models import Deed, Rung


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
    counted = _count_deeds(
        Attendance.objects.filter(contact__in=contact_pks), Holding.objects.filter(contact__in=contact_pks)
    )
    return {pk: counted.get(pk, DeedCounts()) for pk in contact_pks}


def _count_deeds(attendances: QuerySet[Attendance], holdings: QuerySet[Holding]) -> dict[int, DeedCounts]:
    """Count in the database; one row comes back for each contact who did something at all."""
    took_on = ~Q(role="", offers="")
    came = attendances.filter(presence=Presence.CAME).order_by().values_list("contact")
    deeds = {
        contact: DeedCounts(came=n, shifts=shifts)
        for contact, n, shifts in came.annotate(n=Count("pk"), shifts=Count("pk", filter=took_on))
    }
    for contact, n in holdings.order_by().values_list("contact").annotate(n=Count("pk")):
        if contact is not None:
            deeds[contact] = replace(deeds.get(contact, DeedCounts()), roles=n)
    return deeds


def highest_rung(deeds: DeedCounts, rungs: Iterable[Rung]) -> Rung | None:
    """Return the last rung reached; None below the first."""
    reached = [rung for rung in rungs if deeds.has_reached(rung)]
    return reached[-1] if reached else None


def count_contacts_by_rung(organisation: Organisation) -> list[RungCount]:
    """Count the contacts on each rung, highest first, and those below the first rung last."""
    rungs = list(Rung.objects.filter(organisation=organisation))
    contacts = Contact.objects.of(organisation).with_consent()
    ours = Q(contact__organisation=organisation, contact__consent_on__isnull=False)
    deeds = _count_deeds(Attendance.objects.filter(ours), Holding.objects.filter(ours))
    counted = Counter(
        rung.pk if rung else 0 for rung in (highest_rung(counts, rungs) for counts in deeds.values())
    )
    return [
        *(RungCount(rung, counted[rung.pk]) for rung in reversed(rungs)),
        RungCount(None, contacts.count() - len(deeds) + counted[0]),
    ]
