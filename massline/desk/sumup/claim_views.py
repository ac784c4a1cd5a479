"""Adding, changing, moving, removing and restoring the claims of a sum-up."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.people.choices import Role
from massline.desk.sumup.claims import actions
from massline.desk.sumup.claims.access import access_claim, access_removed_claim, access_sum_up
from massline.desk.sumup.claims.forms import ClaimForm
from massline.desk.sumup.sum_up_page import render_words, run_verb_or_show_reasons


@require_POST
def add_claim(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    if "look" in request.POST:
        return render_words(request, sum_up, ClaimForm(round_=sum_up.round, kept=request.POST))
    form = ClaimForm(request.POST, round_=sum_up.round)
    if not form.is_valid():
        return render_words(request, sum_up, form)
    done = _("Finding added at the end of the list.")
    verb = partial(actions.add_claim, sum_up=sum_up, by=request.user, **form.cleaned_data)
    return run_verb_or_show_reasons(request, sum_up, verb, done, kept=form)


def show_all_words(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    chosen = access_sum_up(request, org, pk, need=Role.MEMBER)
    return render_words(request, chosen, ClaimForm(round_=chosen.round))


@serialise_edits
def claim(request: DeskRequest, org: str, pk: int, claim: int) -> HttpResponse:
    chosen = access_claim(request, org, pk, claim, need=Role.ORGANISER)
    if "look" in request.POST:
        kept = ClaimForm(round_=chosen.sum_up.round, kept=request.POST)
        return render_words(request, chosen.sum_up, kept, editing=chosen)
    form = edit_form(
        request,
        chosen,
        lambda: ClaimForm(request.POST or None, round_=chosen.sum_up.round, claim=chosen),
    )
    if request.method != "POST" or not form.is_valid():
        return render_words(request, chosen.sum_up, form, editing=chosen)
    change = form.cleaned_data
    report_merged_edit(request, form)
    done = _("Finding changed. All quotes were copied again from their source.")
    verb = partial(actions.edit_claim, claim=chosen, by=request.user, **change)
    return run_verb_or_show_reasons(request, chosen.sum_up, verb, done, kept=form, editing=chosen)


@require_POST
def remove_claim(request: DeskRequest, org: str, pk: int, claim: int) -> HttpResponse:
    chosen = access_claim(request, org, pk, claim, need=Role.ORGANISER)
    done = _("Finding removed. You can put it back; the voices it quotes are still here.")
    return run_verb_or_show_reasons(
        request, chosen.sum_up, lambda: actions.remove_claim(claim=chosen, by=request.user), done
    )


@require_POST
def restore_claim(request: DeskRequest, org: str, pk: int, taken: int) -> HttpResponse:
    chosen = access_removed_claim(request, org, pk, taken, need=Role.ORGANISER)
    done = _("Finding is back in its place, with its quotes.")
    return run_verb_or_show_reasons(
        request,
        chosen.sum_up,
        lambda: actions.restore_claim(taken=chosen, by=request.user),
        done,
        part="claim-restored",
    )


@require_POST
def move_claim(request: DeskRequest, org: str, pk: int, claim: int) -> HttpResponse:
    chosen = access_claim(request, org, pk, claim, need=Role.ORGANISER)
    up = "up" in request.POST
    return run_verb_or_show_reasons(
        request, chosen.sum_up, lambda: actions.move_claim(claim=chosen, up=up, by=request.user)
    )
