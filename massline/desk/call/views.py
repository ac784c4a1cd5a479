"""Pages for writing, reviewing, publishing, changing and cancelling a call."""

from dataclasses import asdict, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.call import actions as call_actions
from massline.desk.call import published_call
from massline.desk.call.access import access_call, access_decision
from massline.desk.call.completeness_check import TooVague, find_vague_reasons
from massline.desk.call.facts import CallDraft
from massline.desk.call.forms import CallForm, CancelForm, cancel_with_reason
from massline.desk.call.materials.forms import CallSettingForm
from massline.desk.call.materials.models import CallSetting
from massline.desk.call.models import Call
from massline.desk.call.rules import DecisionWaits
from massline.desk.call.urgent_calls import actions as urgency
from massline.desk.call.urgent_calls.models import UrgentRequest
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.promises.public_wins import list_wins, quote_wins
from massline.desk.decide.slogans.models import Slogan
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.people.choices import Role
from massline.square.calls.printed.printed_call import CallOnPaper
from massline.square.calls.sharing.open_counts import openings_by_source
from massline.web.language_choice import in_language
from massline.web.refusal_messages import form_errors, name_of_reason, show_reasons


@require_safe
def calls(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    return render(
        request,
        "call/calls.html",
        {
            "calls": Call.objects.of(organisation).select_related("decision")[:50],
            "decisions": Decision.objects.to_call().filter(organisation=organisation, calls=None)[:10],
        },
    )


def compose_call(request: DeskRequest, org: str, decision_pk: int) -> HttpResponse:
    decision = access_decision(request, org, decision_pk, need=Role.ORGANISER)
    if decision.is_waiting:
        messages.error(request, str(DecisionWaits()))
        return redirect("decide:decision", org, decision_pk)
    language = decision.organisation.language
    slogan = Slogan.objects.best_for(decision, language)
    initial = {
        "called_by": decision.organisation.name,
        "language": language,
        "slogan": slogan and slogan.text,
    }
    form = CallForm(request.POST or None, initial=initial, is_new=True)
    if request.method == "POST" and form.is_valid():
        facts = _quote_wins(decision, form.draft(), request.POST.getlist("quote"))
        call = call_actions.compose_call(decision=decision, by=request.user, facts=facts)
        return redirect("call:call", org, call.pk)
    with in_language(language):
        wins = list_wins(decision.organisation)
    page = {"decision": decision, "form": form, "wins": wins, "quoted": request.POST.getlist("quote")}
    return render(request, "call/compose.html", page)


def _quote_wins(decision: Decision, facts: CallDraft, keys: list[str]) -> CallDraft:
    """Add the wins that were chosen to why people should come, in the language of the call."""
    with in_language(facts.language or decision.organisation.language):
        quoted = quote_wins(decision.organisation, keys)
    return replace(facts, why="\n\n".join(text for text in (facts.why.strip(), quoted) if text))


@require_safe
def call(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.MEMBER)
    published = published_call.find_published_call(call)
    paper = CallOnPaper(published) if published else None
    vague = [] if call.is_off or call.is_over else find_vague_reasons(call)
    needs_second_reader = call_actions.needs_second_reader(call)
    return render(
        request,
        "call/call.html",
        {
            "call": call,
            "published": published,
            "paper": paper,
            "vague": vague,
            "needs_second_reader": needs_second_reader,
            "may_look": needs_second_reader and request.user not in {call.made_by, call.changed_by},
            "may_go_out": all(reason.warns or reason.wording for reason in vague) and not needs_second_reader,
            "must_insist": any(reason.wording for reason in vague),
            "versions": call.versions.all(),
            "sponsors": call.sponsors.exclude(agreed_on=None),
            "openings": openings_by_source(published) if published else [],
            "cancel_form": CancelForm(),
            "waiting": urgency.waiting_request(call),
            "may_second": urgency.may_be_second_person(call, request.user),
            "urgent": UrgentRequest.objects.filter(call=call).first(),
            "debts": call.debts.all(),
        },
    )


@serialise_edits
def change_call(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, call, lambda: CallForm(request.POST or None, initial=asdict(call.facts)))
    if request.method == "POST" and form.is_valid():
        try:
            call_actions.change_call(call=call, by=request.user, facts=form.draft())
        except TooVague as refusal:
            form.add_error(None, form_errors(refusal))
        else:
            report_merged_edit(request, form)
            if call.is_out:
                messages.success(request, _("Changed on the page, the poster, the calendar and the event."))
            return redirect("call:call", org, pk)
    return render(request, "call/compose.html", {"decision": call.decision, "call": call, "form": form})


@require_POST
def publish_call(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    with show_reasons(request, _("The call is published. Print it, send it, put it on doors.")):
        call_actions.publish_call(call=call, by=request.user, insist="insist" in request.POST)
    return redirect("call:call", org, pk)


@require_POST
def cancel_call(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    cancel_with_reason(
        request, lambda reason: call_actions.cancel_call(call=call, by=request.user, reason=reason)
    )
    return redirect("call:call", org, pk)


@require_POST
def review_call(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.MEMBER)
    try:
        call_actions.review_call(call=call, by=request.user)
    except TooVague as refusal:
        messages.error(request, str(refusal), extra_tags=name_of_reason(refusal.reasons[0]))
    else:
        messages.success(request, _("Approved. It can be published."))
    return redirect("call:call", org, pk)


@serialise_edits
def how(request: DeskRequest, org: str) -> HttpResponse:
    """Call settings of this organisation."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    setting = CallSetting.of(organisation)
    data = request.POST if request.method == "POST" else None
    form = edit_form(request, setting, lambda: CallSettingForm(data, initial=CallSettingForm.now(setting)))
    if request.method == "POST" and form.is_valid():
        call_actions.save_call_settings(organisation=organisation, by=request.user, **form.cleaned_data)
        report_merged_edit(request, form)
        messages.success(
            request, _("Saved. This applies to every call from now on."), extra_tags="call-settings-kept"
        )
        return redirect("call:calls", org)
    return render(request, "call/how.html", {"form": form})
