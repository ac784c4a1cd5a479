"""Forms for demands, the judgement of them, and which of two goes further."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.demands.models import Verdict
from massline.desk.decide.principles.models import Principle
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim
from massline.web.form_fields import set_choices, text_line


class DemandForm(forms.Form):
    text = text_line(
        _("What do we demand, and from whom?"),
        200,
        hint=_("The landlord heats every room to 20 degrees by 1 December."),
    )
    claims: "forms.ModelMultipleChoiceField[Claim]" = forms.ModelMultipleChoiceField(
        label=_("Based on"),
        queryset=None,
        error_messages={
            "required": _("Choose at least one finding: a demand must be based on what people said.")
        },
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        set_choices(self, claims=Claim.objects.of(organisation).signed())

    @property
    def ticked(self) -> set[str]:
        return {str(pk) for pk in self["claims"].value() or []}


class JudgementForm(forms.Form):
    """An optional verdict for each principle."""

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
        verdicts = [
            (principle, self.cleaned_data[f"principle_{principle.pk}"]) for principle in self.principles
        ]
        return [(principle, verdict) for principle, verdict in verdicts if verdict]


class ComparisonForm(forms.Form):
    """Two demands by primary key, and which goes further; empty where the member would rather not say."""

    one = forms.IntegerField()
    other = forms.IntegerField()
    further = forms.IntegerField(required=False)


class StatementForm(forms.Form):
    statement = forms.UUIDField(required=False)
