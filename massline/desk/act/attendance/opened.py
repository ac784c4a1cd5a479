"""PLACEHOLDER from massline.desk.act.opening: Names and contact points, opened for the one page that shows them and kept nowhere."""

from nacl.exceptions import CryptoError

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.contacts.opened import Person, _open
from massline.desk.guard.keys.vault import Vault


def people_at(event: Event, vault: Vault) -> list[Person]:
    """Open everybody who said yes to an event or came, by name."""
    deeds = (
        Attendance.objects.filter(event=event)
        .standing()
        .select_related("contact")
        .prefetch_related("contact__next_steps__owner")
    )
    opened = [
        Person(
            deed.contact,
            *_open(deed.contact, vault),
            list(deed.contact.next_steps.all()),
            deed,
            _needs(deed, vault),
        )
        for deed in deeds
    ]
    return sorted(opened, key=lambda person: (person.name.casefold(), person.contact.pk))


def _needs(deed: Attendance, vault: Vault) -> str:
    if not deed.sealed_needs:
        return ""
    try:
        return vault.open(bytes(deed.sealed_needs), row=deed.contact.uuid, column="needs")
    except CryptoError:
        return ""
