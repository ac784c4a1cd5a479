"""Points of unity: offered by one organisation, weighed by several; each sees the text and the positions alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.unity import actions, file_exchange
from massline.desk.decide.unity.forms import (
    JoinForm,
    LeaveForm,
    OfferForm,
    PositionsForm,
    TakeInForm,
    WordsForm,
)
from massline.desk.decide.unity.models import Party, UnitySentence, UnityText
from massline.desk.decide.unity.positions import standing
from massline.desk.decide.unity.publishing import publish_unity, published_unity
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.models import Organisation
from massline.desk.people.scope import everything, wider_scope
from massline.desk.people.states import Role
from massline.web.refusals import show_reasons


@contextmanager
def text_of(
    request: DeskRequest, org: str, pk: int, *, need: Role, host: bool = False
) -> Iterator[tuple[UnityText, Party | None]]:
    """Open one text and our place in it: as its host, or as an organisation that joined it."""
    organisation = access_organisation(request, org, need=need)
    with everything("which texts is this organisation a party to?"):
        text = UnityText.objects.select_related("organisation").filter(pk=pk).first()
        party = Party.objects.filter(text=pk, organisation=organisation, left_on=None).first()
    is_host = text is not None and text.organisation_id == organisation.pk
    if text is None or not (is_host or (party is not None and not host)):
        raise Http404
    with wider_scope([text.organisation_id], "points of unity: the text and the positions"):
        if party is not None:
            party.text = text
        yield text, party


def unity(request: DeskRequest, org: str) -> HttpResponse:
    """The texts we offer or weigh; a POST offers a new one."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["sentences"].splitlines()[: file_exchange.MOST_SENTENCES]
        with show_reasons(request):
            made = actions.offer_text(
                organisation=organisation, title=form.cleaned_data["title"], sentences=lines, by=request.user
            )
            return redirect("decide:unity_text", org, made.pk)
    return _list(request, organisation, offer=form)


def _list(request: DeskRequest, organisation: Organisation, **forms: Any) -> HttpResponse:
    with everything("which texts is this organisation a party to?"):
        invited = Party.objects.filter(organisation=organisation, left_on=None)
        texts = list(UnityText.objects.filter(pk__in=invited.values("text")))
    page = {"texts": texts, "offer": OfferForm(), "join": JoinForm(initial={"name": organisation.name})}
    page |= {"take": TakeInForm()}
    return render(request, "decide/unity.html", page | forms)


@require_POST
def join(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = JoinForm(request.POST)
    if form.is_valid():
        try:
            text = actions.join(organisation=organisation, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            return redirect("decide:unity_text", org, text.pk)
    return _list(request, organisation, join=form)


@require_POST
def take_in(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = TakeInForm(request.POST)
    if form.is_valid():
        try:
            text = file_exchange.take_in(
                organisation=organisation, pasted=form.cleaned_data["pasted"], by=request.user
            )
        except Refused as refused:
            form.add_error("pasted", str(refused))
        else:
            messages.success(request, _("Taken in: the text and the positions."))
            return redirect("decide:unity_text", org, text.pk)
    return _list(request, organisation, take=form)


def unity_text(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """One text; a POST keeps our positions."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    with text_of(request, org, pk, need=need) as (text, party):
        found = standing(text)
        form = PositionsForm(request.POST or None, weighed=found.weighed, party=party.pk if party else 0)
        if request.method == "POST" and party is not None and form.is_valid():
            with show_reasons(request, _("Our positions are kept.")):
                actions.take_positions(party=party, stands=form.stands(), by=request.user)
                return redirect("decide:unity_text", org, pk)
        is_host = text.organisation_id == request.organisation.pk and not text.is_copy
        rows = form.rows()
        page = {
            "text": text,
            "party": party,
            "found": found,
            "rows": [(one, rows[one.sentence.pk]) for one in found.weighed],
            "left": [one for one in text.parties.all() if one.left_on],
            "is_host": is_host,
            "leaving": LeaveForm(),
            "file": json.dumps(file_exchange.document(text), ensure_ascii=False, indent=1),
            "published": published_unity(text) if is_host else None,
        }
        return render(request, "decide/unity_text.html", page)


@require_POST
def invite(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    with text_of(request, org, pk, need=Role.ORGANISER, host=True) as (text, _party):
        code = actions.invite_party(text=text, by=request.user)
        messages.success(
            request, _("Give this code to one organisation; it is shown once: %(code)s") % {"code": code}
        )
    return redirect("decide:unity_text", org, pk)


@require_POST
def reword(request: DeskRequest, org: str, pk: int, sentence: int) -> HttpResponse:
    with text_of(request, org, pk, need=Role.ORGANISER, host=True) as (text, _party):
        one = get_object_or_404(UnitySentence.objects.select_related("text"), text=text, pk=sentence)
        form = WordsForm(request.POST)
        if form.is_valid():
            with show_reasons(request, _("Reworded. Everybody weighs it again.")):
                actions.reword(sentence=one, words=form.cleaned_data["words"], by=request.user)
    return redirect("decide:unity_text", org, pk)


@require_POST
def endorse(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Endorse the widest text, or leave it with a reason."""
    with text_of(request, org, pk, need=Role.ORGANISER) as (_text, party):
        if party is None:
            raise Http404
        if "because" in request.POST:
            with show_reasons(request, _("We have left. The reason stands beside our name.")):
                actions.leave(party=party, because=request.POST["because"][:240], by=request.user)
                return redirect("decide:unity", org)
        else:
            with show_reasons(request, _("We stand behind it.")):
                actions.endorse(party=party, by=request.user)
    return redirect("decide:unity_text", org, pk)


@require_POST
def publish(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    here = text_of(request, org, pk, need=Role.ORGANISER, host=True)
    with here as (text, _party), show_reasons(request, _("It stands on the square.")):
        publish_unity(text=text, by=request.user)
    return redirect("decide:unity_text", org, pk)
