"""Pages on the forces in the field: the spectrum of allies, the power map, and the moves of each."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.forces import actions
from massline.desk.decide.forces.forms import AnswerForm, ForceForm, MoveForm, StanceForm
from massline.desk.decide.forces.models import Force, Influence, Move, MoveKind, Stance
from massline.desk.decide.forces.relations import list_open_offers, list_relations
from massline.desk.decide.forces.timeline import draw_timeline
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import (
    edit_form,
    report_merged_edit,
    serialise_edits,
    show_sent_again,
)
from massline.desk.people.choices import Role
from massline.web.charts import Wedge, draw_spectrum_of_allies
from massline.web.charts.power_map import PowerMapForce, draw_power_map
from massline.web.edit_forms import OPENED_WITH
from massline.web.form_ids import give_own_ids
from massline.web.refusal_messages import form_errors


def list_forces(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = ForceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            force = actions.enter_force(organisation=organisation, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", form_errors(refused))
        else:
            return redirect("decide:force", org, force.pk)
    forces = list(Force.objects.filter(organisation=organisation))
    page = {"forces": list(enumerate(forces, 1)), "form": form}
    if forces:
        page |= {
            "spectra": [_draw_spectrum(forces, narrow) for narrow in (False, True)],
            "maps": [_draw_power_map(forces, narrow) for narrow in (False, True)],
            "timelines": [draw_timeline(forces, narrow=narrow) for narrow in (False, True)],
            "relations": list_relations(organisation),
            "offers": list_open_offers(organisation),
        }
    return render(request, "decide/forces.html", page)


def _draw_spectrum(forces: Sequence[Force], narrow: bool) -> str:
    counts = Counter(force.stance for force in forces)
    return draw_spectrum_of_allies(
        [Wedge(str(stance.label), counts[stance]) for stance in Stance],
        title=_("Where they stand"),
        desc=_("From active opponents on the left to active allies on the right, with how many are in each."),
        id="spectrum-narrow" if narrow else "spectrum",
        narrow=narrow,
    )


def _draw_power_map(forces: Sequence[Force], narrow: bool) -> str:
    return draw_power_map(
        [
            PowerMapForce(n, force.name, _within(Stance, force.stance), _within(Influence, force.influence))
            for n, force in enumerate(forces, 1)
        ],
        across=[str(stance.label) for stance in Stance],
        up=[str(influence.label) for influence in Influence],
        title=_("Who has power, and who is with us"),
        desc=_("Further right: with us. Further up: more power to decide. The numbers match the list."),
        id="power-narrow" if narrow else "power",
        narrow=narrow,
    )


def _within(steps: type[models.IntegerChoices], value: int) -> int:
    """The step of this value; the outermost one for a value beyond, so that one odd row leaves the map standing."""
    return min(max(value, min(steps.values)), max(steps.values))


def show_force(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one force; a POST records a move of it."""
    force = access_row(request, org, Force, pk, need=needed_role(request))
    form = MoveForm(request.POST or None, force=force, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actions.record_move(force=force, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved, with its source."))
        return redirect("decide:force", org, pk)
    return _page(request, force, form=form)


def _page(request: DeskRequest, force: Force, answered: Move | None = None, **given: Any) -> HttpResponse:
    forms = {
        "form": MoveForm(force=force, initial={"day": timezone.localdate()}),
        "answer_form": AnswerForm(),
        "stance_form": StanceForm(initial=_stance(force)),
        **given,
    }
    give_own_ids(forms)
    moves = [
        (move, forms["answer_form"] if move == answered else AnswerForm(auto_id=f"answer_{move.pk}_%s"))
        for move in Move.objects.about(force)
    ]
    return render(request, "decide/force.html", {"force": force, "moves": moves, **forms})


@require_POST
@serialise_edits
def change_force(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    force = access_row(request, org, Force, pk, need=Role.ORGANISER)
    form = edit_form(request, force, lambda: StanceForm(request.POST, initial=_stance(force)))
    if not form.is_valid():
        return _page(request, force, stance_form=form)
    actions.change_force(force=force, by=request.user, **form.cleaned_data)
    report_merged_edit(request, form)
    messages.success(request, _("Change saved."))
    return redirect("decide:force", org, pk)


@require_POST
@serialise_edits
def answer_offer(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    move = access_row(request, org, Move, pk, need=Role.ORGANISER)
    form = edit_form(request, move, lambda: AnswerForm(request.POST, initial={"answer": move.answer}))
    if move.kind != MoveKind.OFFER or not (form.is_valid() or move.answer):
        return _page(request, move.force, answered=move, answer_form=form)
    if not form.is_valid():
        return _answered_meanwhile(request, move, form)
    seen = move.answer if OPENED_WITH in request.POST else ""
    try:
        actions.answer_offer(move=move, answer=form.cleaned_data["answer"], by=request.user, instead_of=seen)
    except Refused as refused:
        form.add_error("answer", form_errors(refused))
        return _answered_meanwhile(request, move, form)
    messages.success(request, _("Saved: this is what we say to it."))
    return redirect("decide:force", org, move.force_id)


def _answered_meanwhile(request: DeskRequest, move: Move, form: AnswerForm) -> HttpResponse:
    """Show the answer that stands beside the one that was sent, which takes its place once it is sent again."""
    back = reverse("decide:force", args=[move.force.organisation.slug, move.force_id])
    heading = _("What do we say to their offer?")
    return show_sent_again(request, form, heading=heading, back=back, status=409)


def _stance(force: Force) -> dict[str, object]:
    return {name: getattr(force, name) for name in StanceForm.base_fields}
