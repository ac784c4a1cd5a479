"""Forms for words from elsewhere: the file, what is in it, and the way out."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.import_export.column_mapping import Kind, Means, Table
from massline.desk.listen.import_export.content import lacking
from massline.desk.listen.import_export.export import Shape
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Section

LARGEST = 16 * 1024 * 1024


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several at once."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        listed = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(one, initial) for one in listed]


class FilesForm(forms.Form):
    sent = FilesField(
        label=_("A file, or all files of a Polis export"),
        help_text=_("A zip, or CSV. At most 16 MB."),
        error_messages={
            "required": _("Choose a file first. Nothing was taken."),
            "empty": _("Nothing was taken: this file is empty."),
        },
    )

    def clean_sent(self) -> list[tuple[str, bytes]]:
        sent: list[UploadedFile[bytes]] = self.cleaned_data["sent"]
        if sum(one.size or 0 for one in sent) > LARGEST:
            raise forms.ValidationError(
                _(
                    "Nothing was taken: more than 16 MB. Your file is as it was. Bring it in parts, or as a zip."
                )
            )
        return [(str(one.name), one.read()) for one in sent]


class ColumnsForm(forms.Form):
    """What a table is, and which of its columns is what."""

    kind = forms.ChoiceField(
        label=_("What is in it?"),
        choices=[(one.value, one.label) for one in Kind if one != Kind.POLIS],
        widget=forms.RadioSelect,
    )
    section = forms.ModelChoiceField(
        label=_("Where no section is given, it comes from"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("no section"),
    )

    def __init__(
        self, data: Any = None, *, table: Table, kind: Kind, meanings: list[Means], round_: ListeningRound
    ) -> None:
        super().__init__(data, initial={"kind": kind.value})
        sections = cast("forms.ModelChoiceField[Section]", self.fields["section"])
        sections.queryset = round_.organisation.sections.all()
        for number, header in enumerate(table.headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header or f"{number + 1}",
                choices=Means.choices,
                required=False,
                initial=meanings[number].value,
                help_text=", ".join(one[:60] for one in table.examples(number)),
            )

    @property
    def columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    def chosen(self) -> dict[str, object]:
        """The choice as it is kept beside the file."""
        given = self.cleaned_data
        columns = [given[name] for name in self.fields if name.startswith("column_")]
        section = given["section"].pk if given["section"] else None
        return {"kind": given["kind"], "columns": columns, "section": section}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        meant = [Means(value) for name, value in given.items() if name.startswith("column_") and value]
        if len(meant) != len(set(meant)):
            raise forms.ValidationError(_("Two columns mean the same. Leave one of them out."))
        missing = lacking(Kind(given["kind"]), meant) if given.get("kind") else ""
        if missing:
            raise forms.ValidationError(missing)
        return given


class TakeOutForm(forms.Form):
    shape = forms.TypedChoiceField(
        label=_("As what"),
        choices=Shape.choices,
        coerce=Shape,
        widget=forms.RadioSelect,
        initial=Shape.POLIS.value,
    )

    def __init__(self, *args: Any, talks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not talks:
            shape = self.fields["shape"]
            assert isinstance(shape, forms.ChoiceField)
            shape.choices = [(Shape.VOICES.value, Shape.VOICES.label)]
            shape.initial = Shape.VOICES.value
