"""Pages to write a card of rights, write its next version, and print it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from massline.core.refusal import Refused
from massline.desk.act.legal_support import cards
from massline.desk.act.legal_support.access import access_legal_row
from massline.desk.act.legal_support.forms import RightsCardForm
from massline.desk.act.legal_support.models import RightsCard
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.web.refusal_messages import form_errors


def new_card(request: DeskRequest, org: str) -> HttpResponse:
    return _write_card(request, access_organisation(request, org, need=Role.ORGANISER), None)


def card(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """A card; a POST writes its next version."""
    card = access_legal_row(request, org, RightsCard, pk, need=needed_role(request))
    return _write_card(request, card.organisation, card)


def _write_card(request: DeskRequest, organisation: Organisation, card: RightsCard | None) -> HttpResponse:
    facts = {name: getattr(card, name) for name in RightsCardForm.base_fields} if card else {}
    form = RightsCardForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        given: cards.CardFacts = {
            "title": form.cleaned_data["title"],
            "place": form.cleaned_data["place"],
            "lines": form.cleaned_data["lines"],
            "lawyer": form.cleaned_data["lawyer"],
            "hotline": form.cleaned_data["hotline"],
            "as_of": form.cleaned_data["as_of"],
            "review_on": form.cleaned_data["review_on"],
        }
        try:
            made = cards.write_card(organisation=organisation, facts=given, by=request.user, instead_of=card)
        except Refused as refused:
            form.add_error("review_on", form_errors(refused))
        else:
            return redirect("legal:card", organisation.slug, made.pk)
    return render(request, "legal/card.html", {"card": card, "form": form})


@require_safe
def card_pdf(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    card = access_legal_row(request, org, RightsCard, pk, need=Role.MEMBER)
    headers = {"Content-Disposition": f'inline; filename="card-{card.pk}.pdf"'}
    return HttpResponse(cards.render_cards(card), content_type="application/pdf", headers=headers)
