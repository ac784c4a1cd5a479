"""Forms for principles, demands, judgements and decisions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from massline.desk.decide import rules
from massline.desk.decide.models import Demand, Principle, Verdict
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.models import Claim

REVIEWED_AFTER = timedelta(days=30)

say = lazy(str, str)


class PrincipleForm(forms.Form):
    text = forms.CharField(
        label=_("A line we do not cross"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class DemandForm(forms.Form):
    text = forms.CharField(
        label=_("What do we ask, and of whom?"),
        max_length=200,
        help_text=_("The landlord heats every room to 20 degrees by 1 December."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    claims = forms.ModelMultipleChoiceField(
        label=_("It rests on"),
        queryset=Claim.objects.none(),
        error_messages={"required": _("Pick at least one claim: a demand rests on what people said.")},
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        claims = self.fields["claims"]
        assert isinstance(claims, forms.ModelMultipleChoiceField)
        claims.queryset = Claim.objects.of(organisation).standing()

    @property
    def ticked(self) -> set[str]:
        return {str(pk) for pk in self["claims"].value() or []}


class JudgementForm(forms.Form):
    """One choice for each principle; what is left open is not judged."""

    def __init__(self, data: Any = None, *, principles: Sequence[Principle], mine: dict[int, str]) -> None:
        super().__init__(data)
        self.principles = list(principles)
        for principle in self.principles:
            self.fields[f"principle_{principle.pk}"] = forms.ChoiceField(
                label=principle.text,
                choices=Verdict.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=mine.get(principle.pk),
            )

    def verdicts(self) -> list[tuple[Principle, str]]:
        given = [(one, self.cleaned_data[f"principle_{one.pk}"]) for one in self.principles]
        return [(principle, verdict) for principle, verdict in given if verdict]


class DecisionForm(forms.Form):
    """What a decision has to say; what is missing is said in the words of the rules."""

    title = forms.CharField(
        label=_("In one sentence"),
        max_length=160,
        error_messages={"required": say(rules.NoWords("title"))},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    demands = forms.ModelMultipleChoiceField(
        queryset=Demand.objects.none(), error_messages={"required": say(rules.NoDemands())}
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": say(rules.NoWords("why"))},
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
    owner = forms.ModelChoiceField(
        label=_("Who sees to it?"),
        queryset=Account.objects.none(),
        error_messages={"required": say(rules.NoOwner())},
    )
    review_on = forms.DateField(
        label=_("When do we look at it again?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": say(rules.NoReviewDate())},
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        demands, owner = self.fields["demands"], self.fields["owner"]
        assert isinstance(demands, forms.ModelMultipleChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        demands.queryset = Demand.objects.filter(organisation=organisation)
        live = {"memberships__organisation": organisation, "memberships__ended_on": None}
        owner.queryset = Account.objects.filter(is_active=True, **live).order_by("name")
        self.fields["review_on"].initial = timezone.localdate() + REVIEWED_AFTER

    @property
    def ticked(self) -> set[str]:
        return {str(pk) for pk in self["demands"].value() or []}
