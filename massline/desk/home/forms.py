"""The form that puts an item of Today off or gives it to another organiser, and the sections of the first evening."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.desk.home.today import later_days, organisers_besides
from massline.desk.people.models import Account, Organisation
from massline.desk.people.section_lines import LONGEST_NAME, SectionLine, UnreadableLine, parse_section_lines


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


class SectionLinesForm(forms.Form):
    """Sections one on each line, each with how many people or homes it has, if somebody knows."""

    lines = forms.CharField(
        label=gettext_lazy("One on each line, with how many people or homes"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "Elm Street 2–10, 48"}),
        help_text=gettext_lazy("A guess will do. You can change it any time."),
    )

    def clean_lines(self) -> list[SectionLine]:
        try:
            return parse_section_lines(str(self.cleaned_data["lines"]))
        except UnreadableLine as problem:
            facts = {"line": problem.number, "most": LONGEST_NAME}
            if problem.is_long:
                raise forms.ValidationError(
                    _(
                        "Nothing was saved yet. The name in line %(line)d is longer than %(most)d letters: shorten it."
                    )
                    % facts,
                    code="long-name",
                ) from problem
            raise forms.ValidationError(
                _(
                    "Nothing was saved yet. Add a comma and a number after: %(lines)s. A guess will do. "
                    "Like this: The Mews, 81"
                )
                % {"lines": "; ".join(problem.uncounted)},
                code="no-count",
            ) from problem
