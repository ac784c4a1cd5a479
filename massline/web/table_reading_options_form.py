"""A form for how a file is to be read, where the reader took it wrongly: its sheets, headings, letters and delimiter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.tables.delimited_text import ONE_CELL_A_LINE
from massline.tables.encoding import CHOICES as ENCODINGS
from massline.tables.reading_options import NO_CHOICE, ReadingOptions
from massline.tables.table import FileHead

TOLD = ""
_PREFIX = "file"
# A browser leaves control characters out of what it sends.
_NAMES_OF_DELIMITERS = {"tab": "\t", "line": ONE_CELL_A_LINE}


class FileChoicesForm(forms.Form):
    """Everything in it may stay as the file tells it.

    `head` is what there is to choose from; without it, before a file was read, the names and numbers are typed.
    """

    def __init__(
        self, data: Any = None, *, head: FileHead | None = None, chosen: ReadingOptions = NO_CHOICE
    ) -> None:
        super().__init__(data, prefix=_PREFIX)
        if head is None:
            self._ask_openly()
        else:
            self._ask_about_head(head, chosen)
        if head is None or head.is_text:
            self._ask_about_text(chosen)

    def _ask_openly(self) -> None:
        self.fields["sheet"] = forms.CharField(label=_("Sheet to read"), max_length=100, required=False)
        self.fields["heading_row"] = forms.IntegerField(
            label=_("Line with the headings"),
            min_value=0,
            max_value=10_000,
            required=False,
            help_text=_("0 if there are none."),
        )

    def _ask_about_head(self, head: FileHead, chosen: ReadingOptions) -> None:
        if len(head.sheets) > 1:
            self.fields["sheets"] = forms.MultipleChoiceField(
                label=_("Sheets to read"),
                choices=[(name, name) for name in head.sheets],
                initial=chosen.sheets,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        row = chosen.heading_row
        lines = [
            (str(number), _("line %(n)d: %(text)s") % {"n": number, "text": text})
            for number, text in head.lines
        ]
        self.fields["heading_row"] = forms.ChoiceField(
            label=_("Where are the headings?"),
            choices=[(TOLD, _("find them for me")), ("0", _("there are none")), *lines],
            initial=TOLD if row is None else str(row),
            required=False,
        )

    def _ask_about_text(self, chosen: ReadingOptions) -> None:
        names = {delimiter: name for name, delimiter in _NAMES_OF_DELIMITERS.items()}
        self.fields["delimiter"] = forms.ChoiceField(
            label=_("What stands between two cells?"),
            choices=[
                (TOLD, _("find it for me")),
                (",", _("a comma")),
                (";", _("a semicolon")),
                ("tab", _("a tab")),
                ("|", _("an upright line |")),
                ("line", _("nothing: each line is one cell")),
            ],
            initial=names.get(chosen.delimiter, chosen.delimiter),
            required=False,
        )
        self.fields["encoding"] = forms.ChoiceField(
            label=_("If letters look wrong, which encoding does the file use?"),
            choices=[(TOLD, _("find it for me")), *((name, name) for name in ENCODINGS)],
            initial=chosen.encoding,
            required=False,
        )

    def choices(self) -> ReadingOptions:
        """What was chosen; the form must be valid."""
        given = self.cleaned_data
        row = given.get("heading_row")
        delimiter = given.get("delimiter", TOLD)
        sheets = given.get("sheets") or filter(None, [given.get("sheet")])
        return ReadingOptions(
            tuple(sheets),
            None if row in (None, TOLD) else int(row),
            given.get("encoding", TOLD),
            _NAMES_OF_DELIMITERS.get(delimiter, delimiter),
        )
