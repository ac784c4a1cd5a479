"""Pages on points of unity: offering and joining texts, taking positions, and publishing."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.unity import actions, file_exchange, publication
from massline.desk.decide.unity.access import access_text, list_texts_of
from massline.desk.decide.unity.forms import (
    ImportForm,
    JoinForm,
    LeaveForm,
    OfferForm,
    PositionsForm,
    WordsForm,
)
from massline.desk.decide.unity.models import UnitySentence
from massline.desk.decide.unity.positions import read_positions
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import report_merged_edit, serialise_edits, show_sent_again
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.web.refusal_messages import form_errors, show_reasons


def list_texts(request: DeskRequest, org: str) -> HttpResponse:
    """Show the texts that the organisation offers or weighs; a POST offers a new one."""
    organisation = access_organisation(request, org, need=needed_role(request))
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["sentences"].splitlines()[: file_exchange.MOST_SENTENCES]
        with show_reasons(request):
            text = actions.offer_text(
                organisation=organisation, title=form.cleaned_data["title"], sentences=lines, by=request.user
            )
            return redirect("decide:unity_text", org, text.pk)
    return _list_page(request, organisation, offer=form)


def _list_page(request: DeskRequest, organisation: Organisation, **forms: Any) -> HttpResponse:
    page = {
        "texts": list_texts_of(organisation),
        "offer": OfferForm(),
        "join": JoinForm(initial={"name": organisation.name}),
        "take": ImportForm(),
    }
    return render(request, "decide/unity.html", page | forms)


@require_POST
def join_text(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = JoinForm(request.POST)
    if form.is_valid():
        try:
            text = actions.join_text(organisation=organisation, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("code", form_errors(refused))
        else:
            return redirect("decide:unity_text", org, text.pk)
    return _list_page(request, organisation, join=form)


@require_POST
def import_text(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = ImportForm(request.POST)
    if form.is_valid():
        try:
            text = file_exchange.import_text(
                organisation=organisation, pasted=form.cleaned_data["pasted"], by=request.user
            )
        except Refused as refused:
            form.add_error("pasted", form_errors(refused))
        else:
            messages.success(request, _("Imported: the text and the positions."))
            return redirect("decide:unity_text", org, text.pk)
    return _list_page(request, organisation, take=form)


@serialise_edits
def show_text(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one text; a POST records the organisation's positions."""
    with access_text(request, org, pk, need=needed_role(request)) as (text, party):
        positions = read_positions(text)
        form = PositionsForm(request.POST or None, rows=positions.sentences, party=party)
        if request.method == "POST" and party is not None and form.is_valid():
            with show_reasons(request, _("Our positions are saved.")):
                actions.take_positions(party=party, stands=form.stands(), by=request.user)
                report_merged_edit(request, form)
                return redirect("decide:unity_text", org, pk)
        is_host = text.organisation_id == request.organisation.pk and not text.is_copy
        fields = form.rows()
        page = {
            "text": text,
            "party": party,
            "form": form,
            "positions": positions,
            "rows": [
                (row, fields[row.sentence.pk], not row.position_of(party)) for row in positions.sentences
            ],
            "left": [former for former in text.parties.all() if former.left_on],
            "is_host": is_host,
            "leaving": LeaveForm(),
            "file": json.dumps(file_exchange.export_text(text), ensure_ascii=False, indent=1),
            "published": publication.find_published_text(text) if is_host else None,
        }
        return render(request, "decide/unity_text.html", page)


@require_POST
def invite_party(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    with access_text(request, org, pk, need=Role.ORGANISER, as_host=True) as (text, _party):
        code = actions.invite_party(text=text, by=request.user)
        messages.success(
            request,
            _("Give this code to one organisation. You see it only this once: %(code)s") % {"code": code},
        )
    return redirect("decide:unity_text", org, pk)


@require_POST
@serialise_edits
def reword_sentence(request: DeskRequest, org: str, pk: int, sentence: int) -> HttpResponse:
    with access_text(request, org, pk, need=Role.ORGANISER, as_host=True) as (text, _party):
        row = get_object_or_404(UnitySentence.objects.select_related("text"), text=text, pk=sentence)
        form = WordsForm(request.POST)
        try:
            if form.is_valid():
                actions.reword_sentence(sentence=row, by=request.user, **form.cleaned_data)
                messages.success(
                    request, _("Wording changed. Everyone is asked again."), extra_tags="reworded"
                )
                return redirect("decide:unity_text", org, pk)
        except Refused as refused:
            form.add_error("words", form_errors(refused))
            form.data = {**dict(form.data.items()), "version": row.version}
    back = reverse("decide:unity_text", args=[org, pk])
    return show_sent_again(request, form, heading=_("Suggest other words"), back=back)


@require_POST
def endorse_or_leave(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Endorse the widest text; a POST with a reason leaves the text instead."""
    with access_text(request, org, pk, need=Role.ORGANISER) as (_text, party):
        if party is None:
            raise Http404
        if "because" in request.POST:
            with show_reasons(
                request, _("We have left. The reason is shown beside our name."), part="left-unity"
            ):
                actions.leave_text(party=party, because=request.POST["because"][:240], by=request.user)
                return redirect("decide:unity", org)
        else:
            with show_reasons(request, _("We agreed to the text.")):
                actions.endorse_text(party=party, by=request.user)
    return redirect("decide:unity_text", org, pk)


@require_POST
def publish_text(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    opened = access_text(request, org, pk, need=Role.ORGANISER, as_host=True)
    with opened as (text, _party), show_reasons(request, _("Points of unity published."), part="published"):
        publication.publish_text(text=text, by=request.user)
    return redirect("decide:unity_text", org, pk)
