"""Programmes: what is needed, when we meet about it, and what is asked for and offered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.act.programmes import actions
from massline.desk.act.programmes.access import access_notice, access_programme, access_session
from massline.desk.act.programmes.forms import BeginForm, CountForm, NoticeForm, SessionForm
from massline.desk.act.programmes.growth_counts import grown
from massline.desk.act.programmes.models import Kind, Notice, NoticeState, Programme
from massline.desk.decide.plans.models import Plan
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.rounds.models import Voice, VoiceKind
from massline.desk.people.states import Role
from massline.web.refusals import show_reasons


def programmes(request: DeskRequest, org: str) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    plans = Plan.objects.filter(organisation=organisation)
    form = BeginForm(
        request.POST or None,
        voices=_spoken(request, VoiceKind.NEED),
        plans=plans,
        initial={"plan": request.GET.get("plan", "")},
    )
    if request.method == "POST" and form.is_valid():
        made = actions.begin(organisation=organisation, by=request.user, **form.cleaned_data)
        return redirect("programmes:programme", org, made.pk)
    found = Programme.objects.filter(organisation=organisation)
    page = {"programmes": [(one, grown(one)) for one in found[:40]], "form": form}
    return render(request, "programmes/programmes.html", page)


def _spoken(request: DeskRequest, kind: str) -> Any:
    """The newest voices of one kind, as choices."""
    rows = Voice.objects.filter(report__round__organisation=request.organisation, kind=kind)
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:12]))


def programme(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """One programme; a POST sets its next session."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    found = access_programme(request, org, pk, need=need)
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_reasons(request, _("It is set.")):
            actions.plan_session(programme=found, by=request.user, **form.cleaned_data)
        return redirect("programmes:programme", org, pk)
    return _page(request, found, session=form)


def _page(request: DeskRequest, found: Programme, **forms: Any) -> HttpResponse:
    notices = list(found.notices.select_related("section", "carried_by", "met_by__carried_by"))
    live = [one for one in notices if not one.is_expired]
    page = {
        "programme": found,
        "grown": grown(found),
        "sessions": [
            (one, CountForm(auto_id=f"session_{one.pk}_%s")) for one in found.sessions.select_related("event")
        ],
        "voices": found.voices.all(),
        "asks": [one for one in live if one.kind == Kind.ASK and one.state == NoticeState.OPEN],
        "offers": [one for one in live if one.kind == Kind.OFFER and one.state == NoticeState.OPEN],
        "matched": [one for one in live if one.kind == Kind.ASK and one.state == NoticeState.MATCHED],
        "session": SessionForm(),
        "notice": NoticeForm(organisation=found.organisation),
    }
    return render(request, "programmes/programme.html", page | forms)


@require_POST
def end(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    actions.end(programme=access_programme(request, org, pk, need=Role.ORGANISER), by=request.user)
    return redirect("programmes:programmes", org)


@require_POST
def count(request: DeskRequest, org: str, pk: int, session: int) -> HttpResponse:
    found = access_session(request, org, pk, session)
    form = CountForm(request.POST)
    if form.is_valid():
        try:
            actions.count_session(session=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("ran_once_served", str(refused))
        else:
            messages.success(request, _("Counted."))
            return redirect("programmes:programme", org, pk)
    return _page(request, found.programme, counting=found.pk, counted=form)


@require_POST
def note(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_programme(request, org, pk, need=Role.MEMBER)
    form = NoticeForm(request.POST, organisation=found.organisation)
    if not form.is_valid():
        return _page(request, found, notice=form)
    with show_reasons(request, _("Noted. It stands for two weeks.")):
        actions.note(programme=found, by=request.user, **form.cleaned_data)
    return redirect("programmes:programme", org, pk)


@require_POST
def notice(request: DeskRequest, org: str, pk: int, notice: int) -> HttpResponse:
    """Match an ask with an offer, renew it, or say that it is done."""
    found = access_notice(request, org, pk, notice)
    way = request.POST.get("way", "")
    with show_reasons(request):
        if way == "done":
            actions.settle(notice=found, by=request.user)
        elif way == "renew":
            actions.renew(notice=found, by=request.user)
        elif way.isdecimal():
            offer = Notice.objects.filter(programme=found.programme, pk=int(way)).first()
            if offer is not None:
                actions.match(ask=found, offer=offer, by=request.user)
    return redirect("programmes:programme", org, pk)
