"""The forces in the field: the spectrum of allies, the power map, and what each of them did."""

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.forces import actions
from massline.desk.decide.forces.forms import ForceForm, MoveForm, StanceForm
from massline.desk.decide.forces.models import Force, Influence, Stance
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.web.charts import Wedge, spectrum_of_allies
from massline.web.charts.power import Actor, power_map


def list_forces(request: DeskRequest, org: str) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    form = ForceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_force(organisation=organisation, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("decide:force", org, made.pk)
    found = list(Force.objects.filter(organisation=organisation))
    page = {"forces": list(enumerate(found, 1)), "form": form}
    if found:
        page |= {
            "spectra": [_draw_spectrum(found, narrow) for narrow in (False, True)],
            "maps": [_draw_power_map(found, narrow) for narrow in (False, True)],
        }
    return render(request, "decide/forces.html", page)


def _draw_spectrum(found: Sequence[Force], narrow: bool) -> str:
    counts = Counter(one.stance for one in found)
    return spectrum_of_allies(
        [Wedge(str(stance.label), counts[stance]) for stance in Stance],
        title=_("Where they stand"),
        desc=_("From active opposition on the left to active allies on the right; how many stand in each."),
        id="spectrum-narrow" if narrow else "spectrum",
        narrow=narrow,
    )


def _draw_power_map(found: Sequence[Force], narrow: bool) -> str:
    return power_map(
        [Actor(n, one.name, one.stance, one.influence) for n, one in enumerate(found, 1)],
        across=[str(stance.label) for stance in Stance],
        up=[str(influence.label) for influence in Influence],
        title=_("Who can do what, and for whom"),
        desc=_("To the right: with us. Up: decides. The numbers are those of the list."),
        id="power-narrow" if narrow else "power",
        narrow=narrow,
    )


def show_force(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """One force; a POST notes a move of it."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    found = access_row(request, org, Force, pk, need=need)
    form = MoveForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actions.note_move(force=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Noted, with its source."))
        return redirect("decide:force", org, pk)
    begun = {name: getattr(found, name) for name in StanceForm.base_fields}
    page = {"force": found, "moves": found.moves.all(), "form": form, "standing": StanceForm(initial=begun)}
    return render(request, "decide/force.html", page)


@require_POST
def change_force(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Force, pk, need=Role.ORGANISER)
    form = StanceForm(request.POST)
    if form.is_valid():
        actions.change_force(force=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Changed."))
    return redirect("decide:force", org, pk)
