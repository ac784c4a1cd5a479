"""Forms for printing sheets, finding a sheet by its code, and typing in its rows."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.field_reports.forms import LONGEST_VOICE
from massline.desk.listen.field_reports.offline_batch import SentReport
from massline.desk.listen.paper.models import PaperSheet
from massline.desk.listen.rounds.models import Channel, ListeningRound, Mood, VoiceKind
from massline.desk.people.models import Section

ROWS = 6
MOST_SHEETS = 100


class PrintForm(forms.Form):
    section = forms.ModelChoiceField(
        label=_("Which section?"), queryset=Section.objects.none(), empty_label=None
    )
    sheets = forms.IntegerField(
        label=_("How many sheets"),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=5,
        help_text=_("Each sheet has room for six voices."),
    )

    def __init__(self, *args: object, round_: ListeningRound, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cast("forms.ModelChoiceField[Section]", self.fields["section"]).queryset = round_.sections.all()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code at the top of the sheet"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class RowForm(forms.Form):
    """A row of a sheet: the words, their kind, and the ticked mood."""

    text = forms.CharField(
        label=_("What they said"),
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


def report_of_row(sheet: PaperSheet, number: int, row: Mapping[str, object]) -> SentReport:
    """Turn one row into the data of a field report, so that the rules for field reports check it."""
    return {
        "uuid": sheet_row_uuid(sheet, number),
        "section": sheet.section_id,
        "channel": Channel.PAPER,
        "people": 1,
        "mood": row["mood"] or "",
        "day": sheet.printed_on.isoformat(),
        "voices": [{"text": row["text"], "kind": row["kind"] or VoiceKind.SAID}],
    }


def sheet_row_uuid(sheet: PaperSheet, number: int) -> UUID:
    """Return a stable id for a sheet row, so that retyping it does not create a second record."""
    return uuid5(sheet.uuid, str(number))
