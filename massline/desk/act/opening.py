"""Names and contact points, opened for the one page that shows them and kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from nacl.exceptions import CryptoError

from massline.desk.act.models import Attendance, Event
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, NextStep
from massline.desk.people.states import StepState


@dataclass(frozen=True)
class Person:
    """Somebody on a page of an open vault. Without one, the name and the point are empty."""

    contact: Contact
    name: str
    point: str
    steps: list[NextStep]
    attendance: Attendance | None = None
    needs: str = ""

    @property
    def step(self) -> NextStep | None:
        """The next step that is open, the most pressing first; else the word that none is wanted."""
        dated = [one for one in self.steps if one.state == StepState.OPEN]
        said = [one for one in self.steps if one.state == StepState.NONE_WANTED]
        return next(iter(dated or said), None)


def people(contacts: Iterable[Contact], vault: Vault | None) -> list[Person]:
    """Open contacts whose next steps were fetched beside them."""
    return [Person(one, *_open(one, vault), list(one.next_steps.all())) for one in contacts]


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


def _open(contact: Contact, vault: Vault | None) -> tuple[str, str]:
    """Give name and point; empty where no vault is open, or its key is not the one these were closed with."""
    if vault is None:
        return "", ""
    try:
        name = vault.open(bytes(contact.sealed_name), row=contact.uuid, column="name")
        return name, vault.open(bytes(contact.sealed_point), row=contact.uuid, column="point")
    except CryptoError:
        return "", ""


def to_unlock(request: DeskRequest, org: str, onward: str) -> HttpResponse:
    """Send a key-holder to the passphrase, and from there to where they were going."""
    return redirect(f"{reverse('guard:unlock', args=[org])}?{urlencode({'next': onward})}")
