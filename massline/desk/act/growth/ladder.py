"""Who stands on which rung, read from deeds each time it is looked at. Nothing about it is stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from massline.desk.act.attendance.models import Attendance
from massline.desk.people.mandates import Holding
from massline.desk.people.models import Contact, Organisation
from massline.desk.people.rungs import Deed, Rung


@dataclass(frozen=True)
class Deeds:
    """What somebody did with us: how often they came, took a shift, held a role."""

    came: int = 0
    shifts: int = 0
    roles: int = 0

    def reach(self, rung: Rung) -> bool:
        done = {Deed.CAME: self.came, Deed.SHIFT: self.shifts, Deed.ROLE: self.roles}
        return done[Deed(rung.deed)] >= rung.times


@dataclass(frozen=True)
class Standing:
    """A rung and how many stand on it now: they did what it asks, and not yet what the next one does."""

    rung: Rung | None
    people: int


def deeds_of(contacts: Iterable[Contact]) -> dict[int, Deeds]:
    """Count deeds, for any number of people at the price of one."""
    wanted = [one.pk for one in contacts]
    came, shifts, roles = Counter[int](), Counter[int](), Counter[int]()
    for contact, role, offers in (
        Attendance.objects.filter(contact__in=wanted).came().values_list("contact", "role", "offers")
    ):
        came[contact] += 1
        shifts[contact] += bool(role or offers)
    for contact in Holding.objects.filter(contact__in=wanted).values_list("contact", flat=True):
        roles[contact or 0] += 1
    return {pk: Deeds(came[pk], shifts[pk], roles[pk]) for pk in wanted}


def rung_of(deeds: Deeds, rungs: Iterable[Rung]) -> Rung | None:
    """The highest rung whose deed was done; None before the first."""
    reached = [rung for rung in rungs if deeds.reach(rung)]
    return reached[-1] if reached else None


def standings(organisation: Organisation) -> list[Standing]:
    """How many stand where, from the top; whom we have yet to see last."""
    rungs = list(Rung.objects.filter(organisation=organisation))
    deeds = deeds_of(Contact.objects.of(organisation).with_consent())
    counted = Counter(rung.pk if rung else 0 for rung in (rung_of(one, rungs) for one in deeds.values()))
    return [
        *(Standing(rung, counted[rung.pk]) for rung in reversed(rungs)),
        Standing(None, counted[0]),
    ]
