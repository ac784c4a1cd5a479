"""Forms for forces and their moves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.forces.models import (
    BETWEEN,
    THEIRS,
    Force,
    ForceKind,
    Influence,
    MoveKind,
    Stance,
)
from massline.desk.decide.forces.private_person_check import is_private_name
from massline.desk.decide.forces.rules import NoOtherSide
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, set_choices, text_area, text_line


class StanceForm(EditForm, forms.Form):
    stance = forms.TypedChoiceField(
        label=_("Where they stand"), choices=Stance.choices, coerce=int, initial=3
    )
    influence = forms.TypedChoiceField(
        label=_("How much power they have"), choices=Influence.choices, coerce=int, initial=2
    )
    strengths = text_area(_("Strengths"), 600, required=False)
    limits = text_area(_("Limits"), 600, required=False)


class ForceForm(StanceForm):
    name = text_line(
        _("Organisation or office"),
        100,
        hint=_("“The housing councillor”, not her name. Never enter private people here."),
    )
    kind = forms.ChoiceField(label=_("What kind?"), choices=ForceKind.choices)

    field_order = ("name", "kind")

    def clean(self) -> dict[str, Any]:
        name, kind = self.cleaned_data.get("name", ""), self.cleaned_data.get("kind", "")
        if is_private_name(name, kind=kind):
            self.add_error(
                "name",
                forms.ValidationError(
                    _(
                        "Nothing was saved: this looks like a person’s name. Enter the office or the "
                        "organisation."
                    ),
                    code="person-name",
                ),
            )
        return self.cleaned_data


class MoveForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What was it?"),
        choices=[(kind.value, kind.label) for kind in THEIRS],
        initial=MoveKind.DEED,
        required=False,
    )
    toward: "forms.ModelChoiceField[Force]" = forms.ModelChoiceField(
        label=_("With whom?"),
        queryset=None,
        required=False,
        help_text=_("Only if they work together, or fell out."),
    )
    what = text_line(_("What did they do?"), 240)
    day = day_field(_("On which day?"))
    source = text_line(_("Where can people read about it?"), 240)
    stance = forms.TypedChoiceField(
        label=_("Where do they stand now?"),
        choices=[("", _("no change")), *Stance.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    answer = text_line(_("What do we say to their offer?"), 240, required=False)

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(
            self, toward=Force.objects.filter(organisation=force.organisation_id).exclude(pk=force.pk)
        )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or MoveKind.DEED

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("kind") in BETWEEN and not self.cleaned_data.get("toward"):
            self.add_error("toward", forms.ValidationError(str(NoOtherSide()), code=NoOtherSide.code))
        return self.cleaned_data


class AnswerForm(EditForm, forms.Form):
    answer = text_line(_("What do we say to their offer?"), 240)
