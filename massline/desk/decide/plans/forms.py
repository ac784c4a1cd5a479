"""Forms for plans, phases, mobilisations and safeguards."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.active_members import active_members
from massline.desk.decide.plans.models import Phase, Plan, Reach, Readiness
from massline.desk.people.models import Account, Organisation
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, set_choices, text_line


class PlanForm(forms.Form):
    title = text_line(_("Name of the plan"), 120)


class PhaseForm(forms.Form):
    title = text_line(_("Phase"), 80)
    aim = text_line(_("What will be different afterwards?"), 200)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    stays = text_line(
        _("Who stays active, and in what?"), 200, required=False, hint=_("A committee in every block.")
    )
    stay_count = forms.IntegerField(label=_("How many?"), min_value=0, max_value=1_000_000, required=False)


class MobilisationForm(forms.Form):
    phase: "forms.ModelChoiceField[Phase]" = forms.ModelChoiceField(
        label=_("In which phase?"), queryset=None, empty_label=None
    )
    what = text_line(_("What will we do together?"), 120)
    ask = text_line(_("What do we ask people to do?"), 160, required=False)
    day = day_field(_("On which day?"))
    reach = forms.ChoiceField(
        label=_("Open to all, or more pressure?"), choices=Reach.choices, widget=forms.RadioSelect
    )
    expected = forms.IntegerField(
        label=_("How many do we expect?"), min_value=0, max_value=10_000_000, required=False
    )
    owner: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        label=_("Who is responsible?"), queryset=None, required=False
    )

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"reach": Reach.BREADTH})
        set_choices(self, phase=Phase.objects.filter(plan=plan), owner=active_members(plan.organisation))


class ReadinessForm(EditForm, forms.Form):
    """A tick and an owner for each safeguard."""

    def __init__(
        self, data: Any = None, *, readiness: Sequence[Readiness], organisation: Organisation
    ) -> None:
        super().__init__(data)
        self.readiness = readiness
        members = active_members(organisation)
        for row in readiness:
            self.fields[f"stands_{row.safeguard}"] = forms.BooleanField(
                label=row.get_safeguard_display(), required=False, initial=row.stands
            )
            owner: forms.ModelChoiceField[Account] = forms.ModelChoiceField(
                label=_("Who is responsible?"), queryset=members, required=False, initial=row.owner_id
            )
            self.fields[f"owner_{row.safeguard}"] = owner

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"stands_{row.safeguard}"], self[f"owner_{row.safeguard}"]) for row in self.readiness]

    def stands(self) -> dict[str, bool]:
        return {row.safeguard: self.cleaned_data[f"stands_{row.safeguard}"] for row in self.readiness}

    def owners(self) -> dict[str, Account | None]:
        return {row.safeguard: self.cleaned_data[f"owner_{row.safeguard}"] for row in self.readiness}
