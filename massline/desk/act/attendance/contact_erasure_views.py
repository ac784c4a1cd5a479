"""The page on which a key-holder deletes somebody who asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from massline.desk.act.attendance.contact_erasure import LegalHoldActive, erase_person, list_held_data
from massline.desk.contacts.access import access_contact
from massline.desk.contacts.decrypted_contacts import open_contacts, redirect_to_unlock
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.unlock import open_vault


def erase(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show all that is held of somebody; on a POST delete it."""
    contact = access_contact(request, org, pk)
    vault = open_vault(request, contact.organisation)
    if vault is None:
        return redirect_to_unlock(request, org, reverse("people:erase", args=[org, pk]))
    if request.method == "POST":
        try:
            erase_person(contact=contact, vault=vault, by=request.user)
        except LegalHoldActive:
            messages.error(
                request,
                _("Nothing was deleted: two of you set a legal hold. End it first."),
                extra_tags="held-by-law",
            )
        except contact_storage_conditions.NotYetSafe as refusal:
            messages.error(request, _("Nothing was deleted. %(why)s") % {"why": refusal})
        else:
            messages.success(request, _("Deleted, here and on the public site."), extra_tags="person-erased")
            return redirect("people:people", org)
        return redirect("people:person", org, pk)
    (person,) = open_contacts([contact], vault)
    return render(request, "people/erase.html", {"person": person, "held": list_held_data(contact)})
