"""The form for a field report, used at the door, offline, for files and for paper sheets."""

from datetime import date, timedelta
from typing import Any, TypedDict
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds.models import (
    Channel,
    FieldReport,
    ListeningRound,
    Mood,
    VoiceKind,
    middle_mood,
)
from massline.desk.people.models import Section
from massline.desk.people.scope import everything
from massline.web.form_fields import DayField

VOICES = 3
LONGEST_VOICE = 2000
LATE_DAYS = 60
MOST_PEOPLE = 500
STEPS = tuple(f"step_{mood.value}" for mood in Mood)


class ReportFields(TypedDict):
    """A checked field report, by the keywords of `actions.write_field_report`."""

    uuid: UUID
    section: Section | None
    channel: str
    people: int
    mood: int | None
    steps: list[int] | None
    day: date
    voices: list[VoiceText]


class FieldReportForm(forms.Form):
    """Section, channel, mood and up to three voices; for a group, people at each step of the mood."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    section = forms.ModelChoiceField(
        label=_("Where"), queryset=Section.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(
        label=_("How did you hear it?"), choices=Channel.spoken(), initial=Channel.DOOR
    )
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    day = DayField(
        label=_("Which day?"),
        required=False,
        initial=timezone.localdate,
    )
    mood = forms.TypedChoiceField(
        label=_("Their mood, as you saw it"),
        choices=[*Mood.choices, ("", _("can’t tell"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args: object, round_: ListeningRound, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.round = round_
        section = self.fields["section"]
        assert isinstance(section, forms.ModelChoiceField)
        section.queryset = round_.sections.all()
        for mood in Mood:
            self.fields[f"step_{mood.value}"] = forms.IntegerField(
                label=mood.label, min_value=0, max_value=MOST_PEOPLE, required=False
            )
        for n in range(VOICES):
            self.fields[f"text_{n}"] = forms.CharField(
                label=_("What they said, in their own words"),
                required=n == 0,
                strip=False,
                max_length=LONGEST_VOICE,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=_("They"),
                choices=VoiceKind.choices,
                initial=VoiceKind.SAID,
                required=False,
                widget=forms.RadioSelect,
            )

    def clean_uuid(self) -> UUID:
        """Replace a uuid that belongs to another round, so that the form does not reveal that it exists."""
        given: UUID = self.cleaned_data["uuid"]
        with everything("a report's uuid is unique across organisations"):
            taken = FieldReport.objects.filter(uuid=given).exclude(round=self.round).exists()
        return uuid4() if taken else given

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"] or timezone.localdate()
        # A phone in another time zone may already have tomorrow.
        if day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("That day is in the future. When did you talk to them?"))
        if day < self.round.opens_on - timedelta(days=LATE_DAYS):
            raise forms.ValidationError(_("That day is long before the round opened. Is the year right?"))
        return min(day, timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """For a counted group, raise the number of people to the sum of the steps and take their median mood."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        steps = [given.get(name) or 0 for name in STEPS]
        given["steps"] = steps if any(steps) else None
        if sum(steps) > MOST_PEOPLE:
            raise forms.ValidationError(
                _("These are more than %(most)d people. Write down one report for each meeting."),
                params={"most": MOST_PEOPLE},
            )
        if any(steps):
            given["people"] = max(given.get("people") or 1, sum(steps))
            given["mood"] = middle_mood(steps)
        return given

    @property
    def has_steps(self) -> bool:
        return any(self[name].value() or self[name].errors for name in STEPS)

    def step_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in STEPS]

    def voice_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"text_{n}"], self[f"kind_{n}"]) for n in range(VOICES)]

    def voices(self) -> list[VoiceText]:
        given = self.cleaned_data
        return [
            VoiceText(given[f"text_{n}"], given[f"kind_{n}"] or VoiceKind.SAID)
            for n in range(VOICES)
            if given[f"text_{n}"].strip()
        ]

    def report(self) -> ReportFields:
        """Keyword arguments for `actions.write_field_report`."""
        given = self.cleaned_data
        return {
            "uuid": given["uuid"],
            "section": given["section"],
            "channel": given["channel"],
            "people": given["people"],
            "mood": given["mood"],
            "steps": given["steps"],
            "day": given["day"],
            "voices": self.voices(),
        }
