"""Forms for decisions."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.active_members import active_members
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.assessments.models import Assessment
from massline.desk.decide.assessments.prefilled_facts import Fact
from massline.desk.decide.decisions import refusal_reasons
from massline.desk.decide.decisions.wait_conditions import list_watchable_facts
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.elections.models import Election
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions.models import Motion
from massline.desk.people.models import Account, Organisation
from massline.web.form_fields import day_field, set_choices, text_area

REVIEWED_AFTER = timedelta(days=30)

words_of = lazy(str, str)


def _now(fact: Fact) -> str:
    return gettext("%(what)s (now %(value)g)") % {"what": fact.label, "value": fact.value}


class DecisionForm(forms.Form):
    """A decision; errors for missing parts are worded by the rules."""

    title = forms.CharField(
        label=_("The decision in one sentence"),
        max_length=160,
        error_messages={"required": words_of(shared_refusal_reasons.NoWords("title"))},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    demands: "forms.ModelMultipleChoiceField[Demand]" = forms.ModelMultipleChoiceField(
        queryset=None, required=False
    )
    line: "forms.ModelChoiceField[Line]" = forms.ModelChoiceField(
        queryset=None, required=False, widget=forms.HiddenInput
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": words_of(shared_refusal_reasons.NoWords("why"))},
    )
    waits = forms.BooleanField(label=_("We decide to wait"), required=False)
    would_change = text_area(
        _("What would change that?"),
        600,
        required=False,
        hint=_("Only if we wait: the sign that the time has come."),
    )
    sign = forms.ChoiceField(label=_("Which number do we watch?"), required=False)
    at_least = forms.FloatField(
        label=_("At what value is it time?"), required=False, min_value=0, max_value=1_000_000
    )
    assessment: "forms.ModelChoiceField[Assessment]" = forms.ModelChoiceField(
        queryset=None, required=False, widget=forms.HiddenInput
    )
    motion: "forms.ModelChoiceField[Motion]" = forms.ModelChoiceField(
        queryset=None, required=False, widget=forms.HiddenInput
    )
    election: "forms.ModelChoiceField[Election]" = forms.ModelChoiceField(
        queryset=None, required=False, widget=forms.HiddenInput
    )
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=1_000_000, required=False)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=1_000_000, required=False)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=1_000_000, required=False)
    dissent = text_area(_("Who sees it differently, in their own words"), 2000, required=False, strip=False)
    forecast = text_area(
        _("What do we expect to come of it?"),
        1000,
        required=False,
        hint=_("A number and a date, so we can check later."),
    )
    owner: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        label=_("Who is responsible?"),
        queryset=None,
        error_messages={"required": words_of(refusal_reasons.NoOwner())},
    )
    review_on = day_field(_("When do we check how it went?"))

    def __init__(self, data: Any = None, *, organisation: Organisation, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        set_choices(
            self,
            demands=Demand.objects.filter(organisation=organisation),
            line=Line.objects.filter(organisation=organisation),
            assessment=Assessment.objects.filter(organisation=organisation),
            motion=Motion.objects.filter(organisation=organisation),
            election=Election.objects.filter(organisation=organisation),
            owner=active_members(organisation),
        )
        sign = self.fields["sign"]
        assert isinstance(sign, forms.ChoiceField)
        facts = [(fact.key, _now(fact)) for fact in list_watchable_facts(organisation)]
        sign.choices = [("", _("none, we watch it ourselves")), *facts]
        review_on = self.fields["review_on"]
        review_on.initial = timezone.localdate() + REVIEWED_AFTER
        review_on.error_messages["required"] = str(refusal_reasons.NoReviewDate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("waits") and cleaned.get("sign") and cleaned.get("at_least") is None:
            self.add_error(
                "at_least", forms.ValidationError(_("Say at what value it is time."), code="no-value")
            )
        return cleaned

    @property
    def has_vote(self) -> bool:
        """True if the part on the vote was begun or has an error, so that the page shows it unfolded."""
        parts = [self[name] for name in ("in_favour", "against", "abstained")]
        return bool(self["dissent"].value() or any(part.value() or part.errors for part in parts))

    @property
    def ticked(self) -> set[str]:
        return {str(pk) for pk in self["demands"].value() or []}
