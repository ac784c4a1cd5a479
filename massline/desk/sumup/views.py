"""Pages of sum-ups: the list, and beginning, describing, signing and publishing one."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.desk.sumup.claims import actions
from massline.desk.sumup.claims.access import access_sum_up
from massline.desk.sumup.claims.forms import BeginForm, DescribeForm
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.estimates import mood, pulse, themes
from massline.desk.sumup.sum_up_page import render_sum_up, run_verb_or_show_reasons


def sum_ups(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    waiting = ListeningRound.objects.of(organisation).filter(sum_ups=None).with_counts()
    rows = SumUp.objects.of(organisation).with_counts()
    return render(request, "sumup/sum_ups.html", {"sum_ups": rows, "waiting": waiting})


def begin_sum_up(request: DeskRequest, org: str, round_pk: int) -> HttpResponse:
    round_ = access_round(request, org, round_pk, need=Role.ORGANISER)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sum_up = actions.begin_sum_up(round_=round_, title=form.cleaned_data["title"], by=request.user)
        _request_estimates(round_)
        return redirect("sumup:sum_up", org, sum_up.pk)
    return render(request, "sumup/begin.html", {"round": round_, "form": form})


def sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    chosen = access_sum_up(request, org, pk, need=Role.MEMBER)
    return render_sum_up(request, chosen)


@require_POST
def renew_estimates(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Request new estimates of themes, mood and trends."""
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    _request_estimates(sum_up.round)
    messages.success(request, _("Working on it. Reload this page in a minute."))
    return redirect("sumup:sum_up", org, pk)


def _request_estimates(round_: ListeningRound) -> None:
    themes.request_themes(round_)
    mood.request_mood(round_.organisation)
    pulse.request_pulse(round_.organisation)


@require_POST
@serialise_edits
def describe_sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, sum_up, lambda: DescribeForm(request.POST, sum_up=sum_up))
    if not form.is_valid():
        return render_sum_up(request, sum_up, about=form)
    verb = partial(actions.describe_sum_up, sum_up=sum_up, by=request.user, **form.cleaned_data)
    report_merged_edit(request, form)
    return run_verb_or_show_reasons(request, sum_up, verb, _("Saved."), kept=form)


@require_POST
def sign_sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    done = _("Signed. We checked every quote letter for letter against its source.")
    return run_verb_or_show_reasons(
        request, sum_up, lambda: actions.sign_sum_up(sum_up=sum_up, by=request.user), done
    )


@require_POST
def publish_sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    done = _("Published. Now ask the people who spoke: did we hear you right?")
    return run_verb_or_show_reasons(
        request, sum_up, lambda: actions.publish_sum_up(sum_up=sum_up, by=request.user), done
    )
