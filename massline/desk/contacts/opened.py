"""Names and contact points, opened for the one page that shows them and kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from nacl.exceptions import CryptoError

from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, NextStep
from massline.desk.people.states import StepState


@dataclass(frozen=True)
class OpenedContact:
    """A contact on a page of an open vault. Without a vault, name and point are empty."""

    contact: Contact
    name: str
    point: str
    steps: list[NextStep]

    @property
    def step(self) -> NextStep | None:
        """The next step that is open, the most pressing first; else the word that none is wanted."""
        dated = [one for one in self.steps if one.state == StepState.OPEN]
        said = [one for one in self.steps if one.state == StepState.NONE_WANTED]
        return next(iter(dated or said), None)


def opened_contacts(contacts: Iterable[Contact], vault: Vault | None) -> list[OpenedContact]:
    """Open contacts whose next steps were prefetched."""
    return [
        OpenedContact(contact, *name_and_point(contact, vault), list(contact.next_steps.all()))
        for contact in contacts
    ]


def name_and_point(contact: Contact, vault: Vault | None) -> tuple[str, str]:
    """Open name and contact point; both are empty without a vault or with a key that does not fit."""
    if vault is None:
        return "", ""
    try:
        return vault.open_column(contact, "sealed_name"), vault.open_column(contact, "sealed_point")
    except CryptoError:
        return "", ""


def to_unlock(request: DeskRequest, org: str, onward: str) -> HttpResponse:
    """Redirect a key-holder to the passphrase, and from there to `onward`."""
    return redirect(f"{reverse('guard:unlock', args=[org])}?{urlencode({'next': onward})}")
