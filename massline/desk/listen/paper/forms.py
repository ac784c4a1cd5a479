"""Forms for paper: how many sheets to print, which sheet lies here, and what stands in its rows."""

from typing import Any, cast
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.field_reports.forms import LONGEST_VOICE
from massline.desk.listen.paper.models import PaperSheet
from massline.desk.listen.rounds.models import Channel, ListeningRound, Mood, VoiceKind
from massline.desk.people.models import Section

ROWS = 6
MOST_SHEETS = 100


class PrintForm(forms.Form):
    section = forms.ModelChoiceField(
        label=_("For which section"), queryset=Section.objects.none(), empty_label=None
    )
    sheets = forms.IntegerField(
        label=_("How many sheets"),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=5,
        help_text=_("Six voices fit on one."),
    )

    def __init__(self, *args: object, round_: ListeningRound, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cast("forms.ModelChoiceField[Section]", self.fields["section"]).queryset = round_.sections.all()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code at the top of the sheet"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class RowForm(forms.Form):
    """One row of a sheet: their words, what kind, the mood that was ticked."""

    text = forms.CharField(
        label=_("Their words"),
        required=False,
        strip=False,
        max_length=LONGEST_VOICE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("They"), choices=VoiceKind.choices, required=False)
    mood = forms.TypedChoiceField(
        label=_("Mood"), choices=[("", "–"), *Mood.choices], coerce=int, empty_value=None, required=False
    )


RowForms = forms.formset_factory(RowForm, extra=ROWS, max_num=ROWS, absolute_max=ROWS)


def report_of(sheet: PaperSheet, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """Turn one row into a report the way the form for the door does, so that both are checked by the same rules."""
    return {
        "uuid": row_name(sheet, number),
        "section": sheet.section_id,
        "channel": Channel.PAPER,
        "people": 1,
        "mood": row["mood"] or "",
        "day": sheet.printed_on.isoformat(),
        "voices": [{"text": row["text"], "kind": row["kind"] or VoiceKind.SAID}],
    }


def row_name(sheet: PaperSheet, number: int) -> UUID:
    """Name a row of a sheet once and for all: typed in twice, it is kept once."""
    return uuid5(sheet.uuid, str(number))
