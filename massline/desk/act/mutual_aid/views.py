"""Pages of programmes: the list, and one programme with its sessions and notices."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.core.row_numbers import read_row_number
from massline.desk.act.mutual_aid import actions
from massline.desk.act.mutual_aid.access import access_aid_post, access_programme, access_session
from massline.desk.act.mutual_aid.forms import AidPostForm, BeginForm, SessionCountForm, SessionForm
from massline.desk.act.mutual_aid.models import AidPost, AidPostKind, AidPostState, Programme
from massline.desk.act.mutual_aid.programme_growth import count_growth
from massline.desk.decide.plans.models import Plan
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, serialise_edits
from massline.desk.listen.rounds.models import Voice, VoiceKind
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors, show_reasons


def programmes(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    plans = Plan.objects.filter(organisation=organisation)
    form = BeginForm(
        request.POST or None,
        voices=_voices_of_kind(request, VoiceKind.NEED),
        plans=plans,
        initial={"plan": request.GET.get("plan", "")},
    )
    if request.method == "POST" and form.is_valid():
        made = actions.begin_programme(organisation=organisation, by=request.user, **form.cleaned_data)
        return redirect("programmes:programme", org, made.pk)
    programmes = Programme.objects.filter(organisation=organisation)
    page = {
        "programmes": [(programme, count_growth(programme)) for programme in programmes[:40]],
        "form": form,
    }
    return render(request, "programmes/programmes.html", page)


def _voices_of_kind(request: DeskRequest, kind: str) -> Any:
    """The twelve newest voices of one kind, as choices."""
    rows = Voice.objects.filter(report__round__organisation=request.organisation, kind=kind)
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:12]))


def programme(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """A programme; a POST plans its next session."""
    programme = access_programme(request, org, pk, need=needed_role(request))
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_reasons(request, _("Session saved."), part="event-planned"):
            actions.plan_session(programme=programme, by=request.user, **form.cleaned_data)
        return redirect("programmes:programme", org, pk)
    return _render_programme(request, programme, session=form)


def _render_programme(request: DeskRequest, programme: Programme, **forms: Any) -> HttpResponse:
    notices = list(programme.notices.select_related("section", "carried_by", "met_by__carried_by"))
    live = [notice for notice in notices if not notice.is_expired]
    page = {
        "programme": programme,
        "grown": count_growth(programme),
        "sessions": [
            (notice, SessionCountForm.of(notice)) for notice in programme.sessions.select_related("event")
        ],
        "voices": programme.voices.all(),
        "asks": [
            notice for notice in live if notice.kind == AidPostKind.ASK and notice.state == AidPostState.OPEN
        ],
        "offers": [
            notice
            for notice in live
            if notice.kind == AidPostKind.OFFER and notice.state == AidPostState.OPEN
        ],
        "matched": [
            notice
            for notice in live
            if notice.kind == AidPostKind.ASK and notice.state == AidPostState.MATCHED
        ],
        "session": SessionForm(),
        "notice": AidPostForm(organisation=programme.organisation),
    }
    return render(request, "programmes/programme.html", page | forms)


@require_POST
def end_programme(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    actions.end_programme(programme=access_programme(request, org, pk, need=Role.ORGANISER), by=request.user)
    return redirect("programmes:programmes", org)


@require_POST
@serialise_edits
def count_session(request: DeskRequest, org: str, pk: int, session_pk: int) -> HttpResponse:
    session = access_session(request, org, pk, session_pk)
    form = edit_form(request, session, lambda: SessionCountForm.of(session, request.POST))
    if form.is_valid():
        try:
            actions.count_session(session=session, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("ran_once_served", form_errors(refused))
        else:
            messages.success(request, _("Counted."))
            return redirect("programmes:programme", org, pk)
    return _render_programme(request, session.programme, counting=session.pk, counted=form)


@require_POST
def add_aid_post(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    programme = access_programme(request, org, pk, need=Role.MEMBER)
    form = AidPostForm(request.POST, organisation=programme.organisation)
    if not form.is_valid():
        return _render_programme(request, programme, notice=form)
    with show_reasons(request, _("Saved for two weeks.")):
        actions.add_aid_post(programme=programme, by=request.user, **form.cleaned_data)
    return redirect("programmes:programme", org, pk)


@require_POST
def update_aid_post(request: DeskRequest, org: str, pk: int, notice_pk: int) -> HttpResponse:
    """Match, renew or settle a notice."""
    notice = access_aid_post(request, org, pk, notice_pk)
    choice = request.POST.get("way", "")
    with show_reasons(request):
        if choice == "done":
            actions.settle_aid_post(notice=notice, by=request.user)
        elif choice == "renew":
            actions.renew_aid_post(notice=notice, by=request.user)
        elif choice.isdecimal():
            offer = AidPost.objects.filter(programme=notice.programme, pk=read_row_number(choice)).first()
            if offer is not None:
                actions.match_aid_posts(ask=notice, offer=offer, by=request.user)
    return redirect("programmes:programme", org, pk)
