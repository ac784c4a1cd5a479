"""Forms that set right what was written down: one voice, or the report it came in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.field_reports.forms import LONGEST_VOICE, STEPS, VOICES, FieldReportForm
from massline.desk.listen.rounds.models import Channel, FieldReport, Mood, Voice, VoiceKind
from massline.web.edit_forms import EditForm


class VoiceCorrectionForm(EditForm, forms.Form):
    text = forms.CharField(
        label=_("What they said, in their own words"),
        strip=False,
        max_length=LONGEST_VOICE,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("They"), choices=VoiceKind.choices)

    @classmethod
    def of(cls, voice: Voice, data: Any = None) -> "VoiceCorrectionForm":
        return cls(data, initial={"text": voice.text, "kind": voice.kind})


class ReportCorrectionForm(EditForm, FieldReportForm):
    """Where, how, with how many and in what mood; what was said is corrected voice by voice."""

    def __init__(self, *args: Any, report: FieldReport, **kwargs: Any) -> None:
        kept = {
            "section": report.section_id,
            "channel": report.channel,
            "people": report.people,
            "day": report.day,
            "mood": "" if report.mood is None else report.mood,
        }
        steps = dict(zip(STEPS, report.steps or [None] * len(STEPS), strict=False))
        super().__init__(*args, round_=report.round, initial=kept | steps, **kwargs)
        unasked = ["uuid", *(f"{name}_{n}" for n in range(VOICES) for name in ("text", "kind"))]
        if report.channel == Channel.FILE:
            # A row of a file is one entry, also in a report whose way in is corrected.
            self.fields["channel"].choices = Channel.choices  # type: ignore[attr-defined]
            unasked.append("people")
        for name in [*unasked, *(() if report.steps else (f"step_{mood.value}" for mood in Mood))]:
            del self.fields[name]
        self.fields["section"].required = report.section_id is not None

    def facts(self) -> dict[str, Any]:
        """The report's columns by name."""
        return {
            name: self.cleaned_data[name]
            for name in ("section", "channel", "people", "day", "mood", "steps")
            if name in self.cleaned_data
        }
