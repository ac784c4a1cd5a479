"""Forms for the files to import, the meaning of their columns, and exports."""

from collections import Counter
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.import_export.batch_content import missing_columns
from massline.desk.listen.import_export.column_mapping import REPEATABLE, ColumnMeaning, TableKind
from massline.desk.listen.import_export.export import ExportFormat
from massline.desk.listen.import_export.statement_tables import unknown_answers
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Section
from massline.tables.date_columns import DayColumn
from massline.tables.table import Table
from massline.web.ambiguous_values_form import DayOrder, add_meaning_fields, read_meanings

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
        help_text=_("A zip, CSV, XLSX or ODS file, a chat, or a list of sentences, up to 16 MB."),
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
        if table.is_chat:
            self.fields["asked"] = forms.BooleanField(
                label=_(
                    "The people who wrote this were asked, and agree that we use their words without their names."
                ),
                required=True,
                error_messages={"required": _("Ask them first. Nothing was imported.")},
            )
        self._ask_about_answers(unknown_answers(table, meanings) if kind == TableKind.VOTES else Counter())
        if any(DayColumn(table.column(place)).is_open for place in range(len(table.headers))):
            self.fields["day_order"] = forms.ChoiceField(
                label=_("How are days such as 3/4/2026 written?"), choices=DayOrder.choices, required=False
            )
        for number, header in enumerate(table.headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header or f"{number + 1}",
                choices=ColumnMeaning.choices,
                required=False,
                initial=meanings[number].value,
                help_text=", ".join(example[:60] for example in table.examples(number)),
            )

    def _ask_about_answers(self, words: Counter[str]) -> None:
        """Ask once for each answer that is not known what it means."""
        self.words = add_meaning_fields(
            self,
            words,
            "answer",
            [
                ("", _("leave it out")),
                ("agree", _("agree")),
                ("pass", _("pass")),
                ("disagree", _("disagree")),
            ],
        )

    @property
    def questions(self) -> list[Any]:
        """What only a person can say: whether a chat's writers were asked, what a word means, the order of days."""
        asked = ("asked", "day_order")
        return [self[name] for name in self.fields if name in asked or name.startswith("answer_")]

    @property
    def columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    def chosen(self) -> dict[str, object]:
        """The choice as stored with the import batch."""
        given = self.cleaned_data
        columns = [given[name] for name in self.fields if name.startswith("column_")]
        section = given["section"].pk if given["section"] else None
        answers = read_meanings(self, self.words, "answer")
        order = given.get("day_order", "")
        return {
            "kind": given["kind"],
            "columns": columns,
            "section": section,
            "answers": answers,
            "day_order": order,
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        meant = [
            ColumnMeaning(value) for name, value in given.items() if name.startswith("column_") and value
        ]
        once = [meaning for meaning in meant if meaning not in REPEATABLE]
        if len(once) != len(set(once)):
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
