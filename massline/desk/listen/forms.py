"""Forms for opening a round and for writing down what was heard."""

from datetime import timedelta
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.actions import Said
from massline.desk.listen.models import Channel, FieldReport, ListeningRound, Mood, VoiceKind
from massline.desk.people.models import Organisation, Section
from massline.square.conversations.models import LONGEST_STATEMENT, Shown

VOICES = 3


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


class FieldReportForm(forms.Form):
    """Three taps and one sentence."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    section = forms.ModelChoiceField(label=_("Where"), queryset=Section.objects.none(), empty_label=None)
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices)
    people = forms.IntegerField(label=_("How many took part"), min_value=1, max_value=500, initial=1)
    mood = forms.TypedChoiceField(
        label=_("The mood, as you felt it"),
        choices=[("", _("could not tell")), *Mood.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: object, round_: ListeningRound, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.round = round_
        section = self.fields["section"]
        assert isinstance(section, forms.ModelChoiceField)
        section.queryset = round_.sections.all()
        for n in range(VOICES):
            self.fields[f"text_{n}"] = forms.CharField(
                label=_("What they said, in their words"),
                required=n == 0,
                strip=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=_("They"), choices=VoiceKind.choices, required=False
            )

    def clean_uuid(self) -> UUID:
        """A name that a report of another round has already says nothing about it: a fresh one is drawn."""
        given: UUID = self.cleaned_data["uuid"]
        taken = FieldReport.objects.filter(uuid=given).exclude(round=self.round)
        return uuid4() if taken.exists() else given

    def voice_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"text_{n}"], self[f"kind_{n}"]) for n in range(VOICES)]

    def voices(self) -> list[Said]:
        given = self.cleaned_data
        return [
            Said(given[f"text_{n}"], given[f"kind_{n}"] or VoiceKind.SAID)
            for n in range(VOICES)
            if given[f"text_{n}"].strip()
        ]


class ModerationForm(forms.Form):
    show = forms.BooleanField(required=False)
    reason = forms.CharField(label=_("Why not"), max_length=160, required=False)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not given.get("show") and not given.get("reason"):
            self.add_error("reason", _("Say in a few words why it is not shown."))
        return given
