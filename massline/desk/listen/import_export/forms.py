"""Forms for the files to import, the meaning of their columns, and exports."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.import_export.column_mapping import ColumnMeaning, TableKind
from massline.desk.listen.import_export.content import missing_columns
from massline.desk.listen.import_export.export import ExportFormat
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Section
from massline.tables.table import Table

LARGEST = 16 * 1024 * 1024


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A field for one or more files."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        listed = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(file, initial) for file in listed]


class UploadForm(forms.Form):
    sent = FilesField(
        label=_("One file, or all the files of a Polis export"),
        help_text=_("A zip or CSV file, up to 16 MB."),
        error_messages={
            "required": _("Nothing was imported: choose a file first."),
            "empty": _("Nothing was imported: this file is empty."),
        },
    )

    def clean_sent(self) -> list[tuple[str, bytes]]:
        sent: list[UploadedFile[bytes]] = self.cleaned_data["sent"]
        if sum(file.size or 0 for file in sent) > LARGEST:
            raise forms.ValidationError(
                _(
                    "Nothing was imported: the file is over 16 MB. Split it or send it as a zip. Your "
                    "file has not been changed."
                )
            )
        return [(str(file.name), file.read()) for file in sent]


class ColumnsForm(forms.Form):
    """The kind of a table and the meaning of its columns."""

    kind = forms.ChoiceField(
        label=_("What is in it?"),
        choices=[(kind.value, kind.label) for kind in TableKind if kind != TableKind.POLIS],
        widget=forms.RadioSelect,
    )
    section = forms.ModelChoiceField(
        label=_("If a row names no section, use"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("no section"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        table: Table,
        kind: TableKind,
        meanings: list[ColumnMeaning],
        round_: ListeningRound,
    ) -> None:
        super().__init__(data, initial={"kind": kind.value})
        sections = cast("forms.ModelChoiceField[Section]", self.fields["section"])
        sections.queryset = round_.organisation.sections.all()
        for number, header in enumerate(table.headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header or f"{number + 1}",
                choices=ColumnMeaning.choices,
                required=False,
                initial=meanings[number].value,
                help_text=", ".join(example[:60] for example in table.examples(number)),
            )

    @property
    def columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    def chosen(self) -> dict[str, object]:
        """The choice as stored with the import batch."""
        given = self.cleaned_data
        columns = [given[name] for name in self.fields if name.startswith("column_")]
        section = given["section"].pk if given["section"] else None
        return {"kind": given["kind"], "columns": columns, "section": section}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        meant = [
            ColumnMeaning(value) for name, value in given.items() if name.startswith("column_") and value
        ]
        if len(meant) != len(set(meant)):
            raise forms.ValidationError(
                _("Two columns have the same meaning. Leave one out."), code="same-columns"
            )
        missing = missing_columns(TableKind(given["kind"]), meant) if given.get("kind") else ""
        if missing:
            raise forms.ValidationError(missing)
        return given


class ExportForm(forms.Form):
    shape = forms.TypedChoiceField(
        label=_("Treat it as"),
        choices=ExportFormat.choices,
        coerce=ExportFormat,
        widget=forms.RadioSelect,
        initial=ExportFormat.POLIS.value,
    )

    def __init__(self, *args: Any, talks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not talks:
            shape = self.fields["shape"]
            assert isinstance(shape, forms.ChoiceField)
            shape.choices = [(ExportFormat.VOICES.value, ExportFormat.VOICES.label)]
            shape.initial = ExportFormat.VOICES.value
