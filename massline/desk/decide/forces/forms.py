"""Forms for forces and their moves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.forces.models import ForceKind, Influence, Stance
from massline.desk.decide.forces.private_names import is_private_name


def _long(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return forms.CharField(label=label, max_length=600, required=False, widget=widget)


class StanceForm(forms.Form):
    stance = forms.TypedChoiceField(label=_("Where it stands"), choices=Stance.choices, coerce=int, initial=3)
    influence = forms.TypedChoiceField(
        label=_("What it can do"), choices=Influence.choices, coerce=int, initial=2
    )
    strengths = _long(_("Its strengths"))
    limits = _long(_("Its limits"))


class ForceForm(StanceForm):
    name = forms.CharField(
        label=_("Organisation or office"),
        max_length=100,
        help_text=_("“The housing councillor”, not her name. Private persons are never entered here."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=ForceKind.choices)

    field_order = ("name", "kind")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if is_private_name(given.get("name", ""), kind=given.get("kind", "")):
            self.add_error(
                "name",
                _("This reads like a person’s name. Nothing was kept. Write the office or the organisation."),
            )
        return given


class MoveForm(forms.Form):
    what = forms.CharField(
        label=_("What did it do?"), max_length=240, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    day = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(
        label=_("Where can that be read?"), max_length=240, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    stance = forms.TypedChoiceField(
        label=_("Where does it stand since then?"),
        choices=[("", _("no change")), *Stance.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
