"""The calling room: from a decision to slogan, place and hour; then out, on page, paper and phone at once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.call import actions
from massline.desk.call.access import access_call, access_decision
from massline.desk.call.forms import CallForm, CancelForm
from massline.desk.call.materials.facts import CallOnPaper
from massline.desk.call.materials.share import long_message, message
from massline.desk.call.materials.sheets import Sheet, pdf
from massline.desk.call.models import Call
from massline.desk.call.vagueness import TooVague, vagueness
from massline.desk.decide.models import Decision
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.square.calls.calendars import calendar


@require_safe
def calls(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    return render(
        request,
        "call/calls.html",
        {
            "calls": Call.objects.of(organisation).select_related("decision")[:50],
            "decisions": Decision.objects.filter(organisation=organisation, calls=None)[:10],
        },
    )


def compose(request: DeskRequest, org: str, decision_pk: int) -> HttpResponse:
    decision = access_decision(request, org, decision_pk, need=Role.ORGANISER)
    form = CallForm(request.POST or None, initial={"called_by": decision.organisation.name})
    if request.method == "POST" and form.is_valid():
        call = actions.compose(decision=decision, by=request.user, **form.cleaned_data)
        return redirect("call:call", org, call.pk)
    return render(request, "call/compose.html", {"decision": decision, "form": form})


@require_safe
def call(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.MEMBER)
    published = actions.published_of(call)
    paper = CallOnPaper(published) if published else None
    vague = [] if call.is_off or call.is_over else vagueness(call)
    return render(
        request,
        "call/call.html",
        {
            "call": call,
            "published": published,
            "paper": paper,
            "vague": vague,
            "may_go_out": all(one.warns for one in vague),
            "message": message(paper) if paper else None,
            "long_message": long_message(paper) if paper else "",
            "cancel_form": CancelForm(),
        },
    )


def change(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    form = CallForm(request.POST or None, initial=CallForm.facts_of(call))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(call=call, by=request.user, **form.cleaned_data)
        except TooVague as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason.say)
        else:
            if call.is_out:
                messages.success(request, _("Changed on the page, the poster, the calendar and the event."))
            return redirect("call:call", org, pk)
    return render(request, "call/compose.html", {"decision": call.decision, "call": call, "form": form})


@require_POST
def publish(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    try:
        actions.publish(call=call, by=request.user)
    except TooVague as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason.say)
    else:
        messages.success(request, _("The call is out. Print it, send it, put it on the doors."))
    return redirect("call:call", org, pk)


@require_POST
def cancel(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    form = CancelForm(request.POST)
    if form.is_valid():
        actions.cancel(call=call, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Called off. The page stays and says so."))
    else:
        messages.error(request, _("Nothing was changed: say why, those who wanted to come will ask."))
    return redirect("call:call", org, pk)


@require_safe
def material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """Make a sheet to print, from the facts as they stand now."""
    published = actions.published_of(access_call(request, org, pk, need=Role.MEMBER))
    if published is None or sheet not in set(Sheet):
        raise Http404
    answer = HttpResponse(pdf(CallOnPaper(published), Sheet(sheet)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{published.slug}-{sheet}.pdf"'
    return answer


@require_safe
def calendar_file(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    published = actions.published_of(access_call(request, org, pk, need=Role.MEMBER))
    if published is None:
        raise Http404
    made = calendar(published.organisation, [published.event])
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{published.slug}.ics"'
    return answer
