"""The page with somebody's link, to be printed or copied by hand and given to them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from massline.desk.act.attendance.paper_links import give_paper_link, has_own_link
from massline.desk.contacts.access import access_contact
from massline.desk.contacts.decrypted_contacts import open_contacts, redirect_to_unlock
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys.unlock import open_vault
from massline.web.absolute_urls import public_url, typeable_url
from massline.web.refusal_messages import show_reasons


def paper_link(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Say what the link is for; on a POST make it and show it once."""
    contact = access_contact(request, org, pk)
    vault = open_vault(request, contact.organisation)
    if vault is None:
        return redirect_to_unlock(request, org, reverse("people:paper_link", args=[org, pk]))
    secret = None
    with show_reasons(request):
        secret = give_paper_link(contact=contact, by=request.user) if request.method == "POST" else None
    if request.method == "POST" and secret is None:
        return redirect("people:paper_link", org, pk)
    (person,) = open_contacts([contact], vault)
    path = reverse("envelopes:manage", args=[secret], urlconf="massline.urls_square") if secret else ""
    page = {
        "person": person,
        "is_signed_up": has_own_link(contact),
        "has_page": contact.organisation.is_public,
        "address": public_url(path) if secret else "",
        "written": typeable_url(path) if secret else "",
    }
    answer = render(request, "people/paper_link.html", page)
    answer["Cache-Control"] = "no-store"
    return answer
