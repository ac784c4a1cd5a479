"""Forms for promises and for the outcome of demands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.demands.models import Demand
from massline.desk.decide.forces.models import Force
from massline.desk.decide.promises.models import OutcomeState, PromiseState
from massline.desk.people.models import Organisation
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, set_choices, text_line

SETTLED = [
    (PromiseState.KEPT.value, PromiseState.KEPT.label),
    (PromiseState.MOVED.value, PromiseState.MOVED.label),
    (PromiseState.BROKEN.value, PromiseState.BROKEN.label),
]


class PromiseForm(forms.Form):
    force: "forms.ModelChoiceField[Force]" = forms.ModelChoiceField(
        label=_("Who promised it?"), queryset=None
    )
    what = text_line(_("What did they promise?"), 240)
    due_on = day_field(_("By which day?"))
    proof = text_line(
        _("Where can people read it?"), 240, hint=_("A letter with its date, the minutes, a page of theirs")
    )
    demand: "forms.ModelChoiceField[Demand]" = forms.ModelChoiceField(
        label=_("Which demand does it answer?"), queryset=None, required=False
    )
    is_public = forms.BooleanField(
        label=_("Show it on our public page, with its date"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        set_choices(
            self,
            force=Force.objects.filter(organisation=organisation),
            demand=Demand.objects.filter(organisation=organisation),
        )


class SettleForm(forms.Form):
    state = forms.ChoiceField(label=_("What came of it?"), choices=SETTLED, widget=forms.RadioSelect)
    proof = text_line(_("How do you know?"), 240, hint=_("What you saw, counted or were sent, and when"))
    due_on = day_field(_("Put off to which day?"), required=False)


class OutcomeForm(EditForm, forms.Form):
    state = forms.ChoiceField(
        label=_("What came of this demand?"), choices=OutcomeState.choices, widget=forms.RadioSelect
    )
    words = text_line(_("In one sentence: what is different now?"), 400)
    proof = text_line(_("Where can people check it?"), 240)
    is_public = forms.BooleanField(label=_("Show it on our public page"), required=False, initial=True)
