"""Decrypted names and contact points, for the page that shows them; they are stored nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from nacl.exceptions import CryptoError

from massline.core.contact_points import readable_contact_point
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.accounts.unsent_forms import show_unlock, unsent_form_of
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import NextStepState
from massline.desk.people.models import Contact, NextStep


@dataclass(frozen=True)
class OpenedContact:
    """A contact with its decrypted name and point; both are empty without an open vault."""

    contact: Contact
    name: str
    point: str
    steps: list[NextStep]

    @property
    def step(self) -> NextStep | None:
        """The open next step that is due first; otherwise the record that none is wanted."""
        dated = [step for step in self.steps if step.state == NextStepState.OPEN]
        none_wanted = [step for step in self.steps if step.state == NextStepState.NONE_WANTED]
        return next(iter(dated or none_wanted), None)


def open_contacts(contacts: Iterable[Contact], vault: Vault | None) -> list[OpenedContact]:
    """Decrypt contacts; prefetch their next steps before."""
    return [
        OpenedContact(contact, *open_name_and_point(contact, vault), list(contact.next_steps.all()))
        for contact in contacts
    ]


def open_name_and_point(contact: Contact, vault: Vault | None) -> tuple[str, str]:
    """Decrypt name and contact point, a number with its gaps; both are empty without a vault or with another key."""
    if vault is None:
        return "", ""
    try:
        name, point = vault.open_column(contact, "sealed_name"), vault.open_column(contact, "sealed_point")
    except CryptoError:
        return "", ""
    return name, readable_contact_point(point)


def redirect_to_unlock(
    request: DeskRequest, org: str, onward: str, *, has_typed_text: bool = False
) -> HttpResponse:
    """Redirect to the page that asks for the passphrase, and from there to `onward`.

    A form that `has_typed_text` waits there and is sent afterwards with one press. Where nothing was written, or
    what was pressed must be seen first (two people to merge, somebody to delete), `onward` is shown again instead.
    """
    is_form = request.method == "POST" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    waits = has_typed_text and is_form and not request.htmx
    unsent = unsent_form_of(request) if waits else None
    if unsent is not None:
        return show_unlock(request, unsent=unsent)
    return redirect(f"{reverse('guard:unlock', args=[org])}?{urlencode({'next': onward})}")
