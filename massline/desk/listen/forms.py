"""Forms for opening a round and for reading what people wrote on the square."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.people.models import Organisation, Section
from massline.square.conversations.models import LONGEST_STATEMENT, Shown


class RoundForm(forms.Form):
    question = forms.CharField(
        label=_("One concrete question"), max_length=160, help_text=_("What should change about the heating?")
    )
    why = forms.CharField(
        label=_("What we do with the answers"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    closes_on = forms.DateField(label=_("Open until"), widget=forms.DateInput(attrs={"type": "date"}))
    sections = forms.ModelMultipleChoiceField(
        label=_("Sections to hear"),
        queryset=Section.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked means all."),
    )
    seeds = forms.CharField(
        label=_("Statements to begin with, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Short sentences one can agree or disagree with."),
    )
    shown = forms.ChoiceField(label=_("People’s own words appear"), choices=Shown.choices, initial=Shown.HELD)

    def __init__(self, *args: object, organisation: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        sections = self.fields["sections"]
        assert isinstance(sections, forms.ModelMultipleChoiceField)
        sections.queryset = organisation.sections.all()
        self.fields["closes_on"].initial = timezone.localdate() + timedelta(days=14)

    def clean_closes_on(self) -> object:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose one to come."))
        return day

    def clean_seeds(self) -> list[str]:
        lines = [line.strip() for line in str(self.cleaned_data["seeds"]).splitlines() if line.strip()]
        long = [line for line in lines if len(line) > LONGEST_STATEMENT]
        if long:
            raise forms.ValidationError(
                _("“%(start)s…” is longer than %(most)d characters. Make two of it."),
                params={"start": long[0][:40], "most": LONGEST_STATEMENT},
            )
        return lines


class ModerationForm(forms.Form):
    show = forms.BooleanField(required=False)
    reason = forms.CharField(label=_("Why not"), max_length=160, required=False)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not given.get("show") and not given.get("reason"):
            self.add_error("reason", _("Say in a few words why it is not shown."))
        return given
