"""Slogans in every language, and how they did on the street."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.core.disclosure import threshold
from massline.desk.decide.access import access_row
from massline.desk.decide.slogans.actions import try_slogan, write_slogan
from massline.desk.decide.slogans.forms import SloganForm, TrialForm
from massline.desk.decide.slogans.models import Slogan
from massline.desk.decide.slogans.readability import Heavy, heaviness
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.engine.intervals import jeffreys_interval
from massline.engine.privacy.threshold import Threshold


@dataclass(frozen=True)
class Tried:
    """A slogan with what weighs on it and how it did; `share` only where enough people heard it."""

    slogan: Slogan
    heavy: list[Heavy]
    heard: int
    understood: int
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float | None:
        return self.understood / self.heard if self.low is not None else None


def tried(slogan: Slogan, alike: list[Slogan], threshold: Threshold) -> Tried:
    others = {one.language: one.text for one in alike if one.language != slogan.language}
    heavy = list(heaviness(slogan.text, slogan.language, others))
    totals = [getattr(slogan, f"total_{name}", 0) for name in ("understood", "asked_again", "walked_on")]
    heard = sum(totals)
    if not threshold.shows(heard):
        return Tried(slogan, heavy, heard, totals[0])
    low, high = jeffreys_interval(totals[0], heard)
    return Tried(slogan, heavy, heard, totals[0], float(low), float(high))


def slogans(request: DeskRequest, org: str) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    form = SloganForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        made = write_slogan(by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Now try it where people pass by."))
        return redirect("decide:slogan", org, made.pk)
    rows = list(Slogan.objects.filter(organisation=organisation).select_related("demand").with_trials())
    by_demand: dict[str, list[Tried]] = {}
    for row in rows:
        alike = [one for one in rows if one.demand_id == row.demand_id]
        by_demand.setdefault(row.demand.text, []).append(tried(row, alike, threshold(organisation)))
    return render(request, "decide/slogans.html", {"by_demand": by_demand, "form": form})


def slogan(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Slogan, pk, need=Role.MEMBER)
    form = TrialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try_slogan(slogan=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Counted."))
        return redirect("decide:slogan", org, pk)
    rows = list(Slogan.objects.filter(demand=found.demand_id).with_trials())
    page = {
        "one": tried(next(row for row in rows if row.pk == pk), rows, threshold(request.organisation)),
        "demand": found.demand,
        "others": [row for row in rows if row.pk != pk],
        "trials": found.trials.all(),
        "form": form,
    }
    return render(request, "decide/slogan.html", page)
