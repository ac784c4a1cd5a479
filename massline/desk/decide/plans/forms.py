"""Forms for plans, phases, mobilisations and safeguards."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.plans.models import Phase, Plan, Reach, Readiness
from massline.desk.people.models import Account, Organisation


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


def _line(label: Any, most: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


def members(organisation: Organisation) -> "QuerySet[Account]":
    live = {"memberships__organisation": organisation, "memberships__ended_on": None}
    return Account.objects.filter(is_active=True, **live).order_by("name")


class PlanForm(forms.Form):
    title = _line(_("What is the plan called?"), 120)


class PhaseForm(forms.Form):
    title = _line(_("Phase"), 80)
    aim = _line(_("What is different afterwards?"), 200)
    starts_on = _day(_("From"))
    ends_on = _day(_("Until"))
    stays = _line(_("Who stays, and in what?"), 200, required=False, hint=_("A committee in every block."))
    stay_count = forms.IntegerField(label=_("How many?"), min_value=0, max_value=1_000_000, required=False)


class MobilisationForm(forms.Form):
    phase: "forms.ModelChoiceField[Phase]" = forms.ModelChoiceField(
        label=_("In which phase?"), queryset=None, empty_label=None
    )
    what = _line(_("What do we do together?"), 120)
    ask = _line(_("The one thing we ask"), 160, required=False)
    day = _day(_("On which day?"))
    reach = forms.ChoiceField(label=_("Breadth or edge?"), choices=Reach.choices, widget=forms.RadioSelect)
    expected = forms.IntegerField(
        label=_("How many come?"), min_value=0, max_value=10_000_000, required=False
    )
    owner: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        label=_("Who sees to it?"), queryset=None, required=False
    )

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"reach": Reach.BREADTH})
        phase, owner = self.fields["phase"], self.fields["owner"]
        assert isinstance(phase, forms.ModelChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        phase.queryset = Phase.objects.filter(plan=plan)
        owner.queryset = members(plan.organisation)


class ReadinessForm(forms.Form):
    """One tick and one owner for each safeguard."""

    def __init__(
        self, data: Any = None, *, readiness: Sequence[Readiness], organisation: Organisation
    ) -> None:
        super().__init__(data)
        self.readiness = readiness
        people = members(organisation)
        for one in readiness:
            self.fields[f"stands_{one.safeguard}"] = forms.BooleanField(
                label=one.get_safeguard_display(), required=False, initial=one.stands
            )
            owner: forms.ModelChoiceField[Account] = forms.ModelChoiceField(
                label=_("Who sees to it?"), queryset=people, required=False, initial=one.owner_id
            )
            self.fields[f"owner_{one.safeguard}"] = owner

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"stands_{one.safeguard}"], self[f"owner_{one.safeguard}"]) for one in self.readiness]

    def given(self) -> tuple[dict[str, bool], dict[str, Account | None]]:
        names = [one.safeguard for one in self.readiness]
        stands = {name: self.cleaned_data[f"stands_{name}"] for name in names}
        return stands, {name: self.cleaned_data[f"owner_{name}"] for name in names}
