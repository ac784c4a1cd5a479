"""The form that puts an item of Today off, or gives it to another organiser."""

from typing import Any

from django import forms
from django.utils import timezone

from massline.desk.home.today import later_days, organisers_besides
from massline.desk.people.models import Account, Organisation


class LaterForm(forms.Form):
    """One item, and either a day or an organiser, by the button that was pressed."""

    item = forms.RegexField(r"[0-9a-f]{32}")
    until = forms.TypedChoiceField(required=False, coerce=lambda days: int(days), empty_value=None)
    to = forms.ModelChoiceField(Account.objects.none(), required=False)

    def __init__(self, *args: Any, organisation: Organisation, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        until, to = self.fields["until"], self.fields["to"]
        assert isinstance(until, forms.TypedChoiceField)
        assert isinstance(to, forms.ModelChoiceField)
        until.choices = [((day - today).days, str(day)) for day in later_days(today)]
        others = [other.pk for other in organisers_besides(organisation, account)]
        to.queryset = Account.objects.filter(pk__in=others)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("until") and not cleaned.get("to"):
            raise forms.ValidationError("neither a day nor an organiser", code="required")
        return cleaned
