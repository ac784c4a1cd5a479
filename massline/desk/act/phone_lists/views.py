"""Pages of phone lists: making one for a call or for those who signed up, and its results in numbers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from massline.core.refusal import Refused
from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.act.phone_lists import actions, caller_shares, refusal_reasons
from massline.desk.act.phone_lists.forms import ListForm
from massline.desk.act.phone_lists.models import Basis, PhoneList
from massline.desk.call.access import access_call
from massline.desk.call.models import Call
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors, name_of_reason


@require_safe
def lists(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    found = PhoneList.objects.filter(organisation=organisation).select_related("event")[:50]
    waiting = caller_shares.lists_waiting_for(request.user, organisation)
    mine = {phone_list.pk: left for phone_list, left in waiting}
    rows = [(phone_list, mine.get(phone_list.pk, 0)) for phone_list in found]
    return render(request, "phone_lists/lists.html", {"rows": rows})


def make_for_call(request: DeskRequest, org: str, call: int) -> HttpResponse:
    """Tell those who asked to be told about this kind of news."""
    called = access_call(request, org, call, need=Role.ORGANISER)
    event = Event.objects.filter(call=called).select_related("organisation").first()
    return _make(request, org, event, called, Basis.ASKED)


def make_for_event(request: DeskRequest, org: str, event: int) -> HttpResponse:
    """Call those who signed up, where something changed or no message can be sent."""
    planned = access_event(request, org, event, need=Role.ORGANISER)
    return _make(request, org, planned, planned.call, Basis.SIGNED_UP)


def _make(
    request: DeskRequest, org: str, event: Event | None, call: Call | None, basis: Basis
) -> HttpResponse:
    form = ListForm(request.POST if request.method == "POST" else None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            if event is None:
                raise Refused([refusal_reasons.NoEventYet()])
            made = actions.create_phone_list(
                event=event, call=call, basis=basis, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            return redirect("lists:list", org, made.pk)
    barred = (
        refusal_reasons.NoEventYet()
        if event is None
        else refusal_reasons.EventIsOver()
        if event.is_over
        else None
    )
    page = {
        "event": event,
        "call": call,
        "basis": basis,
        "form": form,
        "count": len(actions.contacts_to_phone(event, basis=basis)) if event else 0,
        "barred": barred,
        "barred_name": barred and name_of_reason(barred),
    }
    return render(request, "phone_lists/make.html", page, status=422 if form.errors else 200)


def access_list(request: DeskRequest, org: str, pk: int, *, need: Role) -> PhoneList:
    organisation = access_organisation(request, org, need=need)
    rows = PhoneList.objects.select_related("organisation", "event", "call")
    return get_object_or_404(rows, organisation=organisation, pk=pk)


@require_safe
def show_list(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show how far a list is, in numbers alone."""
    phone_list = access_list(request, org, pk, need=Role.MEMBER)
    over = phone_list.event.is_over
    page = {
        "list": phone_list,
        "over": refusal_reasons.EventIsOver() if over else None,
        "outcomes": caller_shares.count_outcomes(phone_list),
        "shares": caller_shares.list_caller_shares(phone_list),
        "left": phone_list.entries.waiting().count(),
        "mine": 0 if over else phone_list.entries.waiting().filter(owner=request.user).count(),
        "may_call": request.role >= Role.HOLDER and not over,
    }
    return render(request, "phone_lists/list.html", page)
