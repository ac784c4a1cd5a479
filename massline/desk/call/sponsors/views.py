"""Pages for naming, inviting and becoming a co-sponsor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.call.access import access_call
from massline.desk.call.publication_checks import NotPublishable
from massline.desk.call.sponsors import actions as sponsor_actions
from massline.desk.call.sponsors.access import access_sponsor
from massline.desk.call.sponsors.forms import SponsorForm, StandWithForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors


def add_sponsor(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Name a co-sponsor, or make a code for an organisation of this installation."""
    call = access_call(request, org, pk, need=Role.ORGANISER)
    form, code = SponsorForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if form.cleaned_data["how"] == "told":
            try:
                sponsor_actions.add_named_sponsor(call=call, name=name, by=request.user)
            except NotPublishable as refusal:
                form.add_error("name", form_errors(refusal))
            else:
                return redirect("call:with_us", org, pk)
        else:
            # The code is shown this once and kept nowhere: only its hash is.
            _sponsor, code = sponsor_actions.invite_sponsor(call=call, name=name, by=request.user)
            form = SponsorForm()
    context = {"call": call, "form": form, "code": code, "sponsors": call.sponsors.all()}
    return render(request, "call/with_us.html", context)


@require_POST
def remove_sponsor(request: DeskRequest, org: str, pk: int, sponsor: int) -> HttpResponse:
    cosponsor = access_sponsor(request, org, pk, sponsor, need=Role.ORGANISER)
    sponsor_actions.remove_sponsor(sponsor=cosponsor, by=request.user)
    return redirect("call:with_us", org, pk)


def answer_cosponsor_request(request: DeskRequest, org: str) -> HttpResponse:
    """Read the call that another organisation asks us to co-sponsor, and agree or withdraw."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = StandWithForm(request.POST or None, organisation=organisation)
    asked = None
    if request.method == "POST" and form.is_valid():
        asked = sponsor_actions.pending_co_sponsor_for_code(form.cleaned_data["code"])
        if "agree" in request.POST or asked is None:
            try:
                sponsor_actions.agree_to_cosponsor(
                    organisation=organisation, by=request.user, **form.cleaned_data
                )
            except NotPublishable as refusal:
                form.add_error("code", form_errors(refusal))
            else:
                messages.success(
                    request, _("We are co-organisers now. Our name is on their page and printed sheets.")
                )
                return redirect("call:stand_with", org)
    context = {"form": form, "asked": asked, "cosponsored": sponsor_actions.list_cosponsorships(organisation)}
    return render(request, "call/stand_with.html", context)


@require_POST
def end_cosponsorship(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    sponsor_pk = request.POST.get("sponsor", "")
    if sponsor_pk.isdecimal() and sponsor_actions.withdraw_cosponsorship(
        organisation=organisation, pk=int(sponsor_pk), by=request.user
    ):
        messages.success(request, _("Our name has been removed from their page and printed sheets."))
    return redirect("call:stand_with", org)
