"""Forms for decisions."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from massline.desk.decide import shared_rules as rule_wording
from massline.desk.decide.assessments.models import Assessment
from massline.desk.decide.decisions import rules as rule_deciding
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions.models import Motion
from massline.desk.people.models import Account, Organisation

REVIEWED_AFTER = timedelta(days=30)

say = lazy(str, str)


class DecisionForm(forms.Form):
    """What a decision has to say; what is missing is said in the words of the rules."""

    title = forms.CharField(
        label=_("In one sentence"),
        max_length=160,
        error_messages={"required": say(rule_wording.NoWords("title"))},
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
        error_messages={"required": say(rule_wording.NoWords("why"))},
    )
    waits = forms.BooleanField(label=_("We decide to wait"), required=False)
    would_change = forms.CharField(
        label=_("What would change that?"),
        max_length=600,
        required=False,
        help_text=_("Only if we wait: the sign that it is time."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    assessment: "forms.ModelChoiceField[Assessment]" = forms.ModelChoiceField(
        queryset=None, required=False, widget=forms.HiddenInput
    )
    motion: "forms.ModelChoiceField[Motion]" = forms.ModelChoiceField(
        queryset=None, required=False, widget=forms.HiddenInput
    )
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=1_000_000, required=False)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=1_000_000, required=False)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=1_000_000, required=False)
    dissent = forms.CharField(
        label=_("Who sees it differently, in their words"),
        max_length=2000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    forecast = forms.CharField(
        label=_("What we expect to come of it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("A number and a day, so that we can look at it again."),
    )
    owner: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        label=_("Who sees to it?"),
        queryset=None,
        error_messages={"required": say(rule_deciding.NoOwner())},
    )
    review_on = forms.DateField(
        label=_("When do we look at it again?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": say(rule_deciding.NoReviewDate())},
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        demands, owner = self.fields["demands"], self.fields["owner"]
        assert isinstance(demands, forms.ModelMultipleChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        demands.queryset = Demand.objects.filter(organisation=organisation)
        line = self.fields["line"]
        assert isinstance(line, forms.ModelChoiceField)
        assessment = self.fields["assessment"]
        assert isinstance(assessment, forms.ModelChoiceField)
        assessment.queryset = Assessment.objects.filter(organisation=organisation)
        motion = self.fields["motion"]
        assert isinstance(motion, forms.ModelChoiceField)
        motion.queryset = Motion.objects.filter(organisation=organisation)
        line.queryset = Line.objects.filter(organisation=organisation)
        live = {"memberships__organisation": organisation, "memberships__ended_on": None}
        owner.queryset = Account.objects.filter(is_active=True, **live).order_by("name")
        self.fields["review_on"].initial = timezone.localdate() + REVIEWED_AFTER

    @property
    def has_vote(self) -> bool:
        """Whether the part on the vote was begun, or has an error, so that the page shows it unfolded."""
        parts = [self[name] for name in ("in_favour", "against", "abstained")]
        return bool(self["dissent"].value() or any(part.value() or part.errors for part in parts))

    @property
    def ticked(self) -> set[str]:
        return {str(pk) for pk in self["demands"].value() or []}
