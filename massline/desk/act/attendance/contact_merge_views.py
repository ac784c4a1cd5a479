"""The page on which a key-holder makes one contact of two that are the same person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from massline.desk.act.attendance.contact_erasure import LegalHoldActive
from massline.desk.act.attendance.contact_merge import merge_contacts
from massline.desk.act.attendance.duplicate_contacts import find_merge_candidates
from massline.desk.contacts.access import access_contact
from massline.desk.contacts.decrypted_contacts import open_contacts, redirect_to_unlock
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys.unlock import open_vault


def merge(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show who may be the same person; with `with` in the address both side by side; on a POST merge the two."""
    contact = access_contact(request, org, pk)
    chosen = request.POST.get("other") or request.GET.get("with", "")
    here = reverse("people:merge", args=[org, pk])
    vault = open_vault(request, contact.organisation)
    if vault is None:
        return redirect_to_unlock(request, org, f"{here}?{urlencode({'with': chosen})}" if chosen else here)
    number = int(chosen) if chosen.isdecimal() and len(chosen) < 16 and int(chosen) != pk else 0
    other = access_contact(request, org, number) if number else None
    if request.method == "POST" and other is not None:
        try:
            merge_contacts(keep=contact, other=other, vault=vault, by=request.user)
        except LegalHoldActive:
            messages.error(
                request,
                _("Nothing was deleted: two of you set a legal hold. End it first."),
                extra_tags="held-by-law",
            )
            return redirect("people:person", org, pk)
        messages.success(
            request,
            _("The two are one person now. Everything either of them did is kept."),
            extra_tags="contacts-merged",
        )
        return redirect("people:person", org, pk)
    words = request.GET.get("name", "")
    (person,) = open_contacts([contact], vault)
    page = {
        "person": person,
        "other": open_contacts([other], vault)[0] if other is not None else None,
        "matches": [] if other is not None else find_merge_candidates(contact, vault, words=words),
        "words": words,
        "is_refused": request.method == "POST",
    }
    return render(request, "people/merge.html", page, status=422 if request.method == "POST" else 200)
