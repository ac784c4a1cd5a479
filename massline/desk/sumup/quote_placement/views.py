"""One press on the table of slips: place a slip, take it back, leave it out, or begin a finding with it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.desk.sumup.claims.access import access_sum_up
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.desk.sumup.quote_placement import actions
from massline.desk.sumup.quote_placement.forms import (
    GONE,
    START,
    SlipForm,
    StartClaimForm,
    find_quote,
    find_source,
)
from massline.desk.sumup.sum_up_page import render_sum_up, run_verb_or_show_reasons
from massline.web.refusal_messages import show_reasons


@require_POST
def cite_source_under_claim(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Place a slip on the finding whose button was pressed, leave it out, or go on to begin a finding with it."""
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    form = SlipForm(request.POST, sum_up=sum_up)
    if not form.is_valid():
        return _say_gone(request, sum_up)
    source, to = form.cleaned_data["slip"], form.cleaned_data["to"]
    if to == START:
        return _table(request, sum_up, first=form.data["slip"])
    with show_reasons(request):
        if isinstance(to, Claim):
            actions.cite_source_under_claim(claim=to, source=source, by=request.user)
        else:
            actions.leave_slip_out(sum_up=sum_up, source=source, by=request.user)
    return _table(request, sum_up)


@require_POST
def take_slip_back(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Stop quoting words under a finding, also words that are no longer shown, or put a slip back that was left out."""
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    quote = find_quote(sum_up, request.POST.get("quote", ""))
    source = find_source(sum_up, request.POST.get("slip", ""))
    if quote is None and source is None:
        return _say_gone(request, sum_up)
    with show_reasons(request):
        if quote is not None:
            actions.take_quote_back(quote=quote, by=request.user)
        elif source is not None:
            actions.put_slip_back(sum_up=sum_up, source=source, by=request.user)
    return _table(request, sum_up)


@require_POST
def start_claim(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Begin a finding with one sentence, and with the slip it was begun from."""
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    form = StartClaimForm(request.POST)
    if not form.is_valid():
        return render_sum_up(request, sum_up, start=form)
    verb = partial(
        actions.start_claim,
        sum_up=sum_up,
        text=form.cleaned_data["text"],
        minority=form.cleaned_data["minority"],
        source=find_source(sum_up, form.cleaned_data["slip"]),
        by=request.user,
    )
    return run_verb_or_show_reasons(request, sum_up, verb, kept=form)


def _say_gone(request: DeskRequest, sum_up: SumUp) -> HttpResponse:
    messages.error(request, GONE, extra_tags="slip-gone")
    return _table(request, sum_up)


def _table(request: DeskRequest, sum_up: SumUp, *, first: str = "") -> HttpResponse:
    """Go back to the table as it was looked at; with `first` to the new finding that begins with this slip."""
    address = reverse("sumup:sum_up", args=[request.organisation.slug, sum_up.pk])
    kept = request.POST.get("view", "")
    query = "&".join(
        part for part in (kept if _is_query(kept) else "", f"first={first}" if first else "") if part
    )
    return redirect(f"{address}{'?' if query else ''}{query}{'#new' if first else '#slips'}")


def _is_query(text: str) -> bool:
    return len(text) < 60 and all(char.isalnum() or char in "=&-" for char in text)
