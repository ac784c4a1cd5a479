"""Pages on slogans in every language, and on their trials on the street."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.core.disclosure_threshold import threshold
from massline.desk.decide.access import access_row
from massline.desk.decide.slogans.actions import try_slogan, write_slogan
from massline.desk.decide.slogans.forms import SloganForm, TrialForm
from massline.desk.decide.slogans.models import Slogan
from massline.desk.decide.slogans.readability import ReadabilityWarning, find_readability_warnings
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people.choices import Role
from massline.engine.jeffreys_intervals import jeffreys_interval
from massline.engine.privacy.threshold import Threshold


@dataclass(frozen=True)
class TrialTotals:
    """A slogan with its warnings and the totals of its trials; `share` only where enough people heard it."""

    slogan: Slogan
    warnings: list[ReadabilityWarning]
    heard: int
    understood: int
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float | None:
        return self.understood / self.heard if self.low is not None else None


def add_up_trials(slogan: Slogan, of_demand: list[Slogan], threshold: Threshold) -> TrialTotals:
    """Add up the trials of a slogan, beside the other slogans of its demand."""
    others = {sibling.language: sibling.text for sibling in of_demand if sibling.language != slogan.language}
    warnings = list(find_readability_warnings(slogan.text, slogan.language, others))
    totals = [getattr(slogan, f"total_{name}", 0) for name in ("understood", "asked_again", "walked_on")]
    understood, heard = totals[0], sum(totals)
    if not threshold.shows(heard):
        return TrialTotals(slogan, warnings, heard, understood)
    low, high = jeffreys_interval(understood, heard)
    return TrialTotals(slogan, warnings, heard, understood, float(low), float(high))


def list_slogans(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = SloganForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        slogan = write_slogan(by=request.user, **form.cleaned_data)
        messages.success(request, _("Slogan saved. Now try it where people pass by."))
        return redirect("decide:slogan", org, slogan.pk)
    slogans = list(Slogan.objects.filter(organisation=organisation).select_related("demand").with_trials())
    by_demand: dict[str, list[TrialTotals]] = {}
    for slogan in slogans:
        of_demand = [sibling for sibling in slogans if sibling.demand_id == slogan.demand_id]
        by_demand.setdefault(slogan.demand.text, []).append(
            add_up_trials(slogan, of_demand, threshold(organisation))
        )
    return render(request, "decide/slogans.html", {"by_demand": by_demand, "form": form})


def show_slogan(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one slogan; a POST records a trial of it."""
    slogan = access_row(request, org, Slogan, pk, need=Role.MEMBER)
    form = TrialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try_slogan(slogan=slogan, by=request.user, **form.cleaned_data)
        messages.success(request, _("Counted."))
        return redirect("decide:slogan", org, pk)
    of_demand = list(Slogan.objects.filter(demand=slogan.demand_id).with_trials())
    counted = next(sibling for sibling in of_demand if sibling.pk == pk)
    page = {
        "totals": add_up_trials(counted, of_demand, threshold(request.organisation)),
        "demand": slogan.demand,
        "others": [sibling for sibling in of_demand if sibling.pk != pk],
        "trials": slogan.trials.all(),
        "form": form,
    }
    return render(request, "decide/slogan.html", page)
