"""Forms of an import: the list, and the meaning of its columns."""

import base64
import binascii
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError

from massline.desk.contacts.imports import table_reader
from massline.desk.contacts.imports.column_mapping import ColumnMeaning, guess_columns
from massline.desk.guard.keys.vault import Vault
from massline.tables.table import Table
from massline.web.refusals import form_errors

LARGEST_FILE = 2 * 1024 * 1024
SEALED_COLUMN = "list"  # binds a sealed list, so that no other sealed text is accepted as one


class ListForm(forms.Form):
    """A list, as a file or pasted."""

    file = forms.FileField(
        label=_("A list (CSV, XLSX or OSDI)"), required=False, help_text=_("Up to 2 MB and 5,000 people.")
    )
    pasted = forms.CharField(
        label=_("Or paste it here"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=_("Where is the list from, and how did people agree?"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, pasted = given.get("file"), given.get("pasted", "")
        if file is None and not pasted.strip():
            self.add_error("file", _("Nothing was imported: choose a file of up to 2 MB, or paste the list."))
        elif file is not None and file.size > LARGEST_FILE:
            self.add_error("file", _("Nothing was imported: the file is over 2 MB. Import it in parts."))
        else:
            name, content = (file.name, file.read()) if file is not None else ("", pasted.encode())
            try:
                given["table"] = table_reader.read_table(name, content)
            except table_reader.UnreadableTable as problem:
                self.add_error("file" if file is not None else "pasted", form_errors(problem))
        return given


class ColumnsForm(forms.Form):
    """The meaning of each column; the list itself travels in the page, sealed with the vault's key."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guessed = guess_columns(table.headers)
        for number, header in enumerate(table.headers):
            examples = [row[number] for row in table.rows[:40] if row[number]][:2]
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header or f"{number + 1}",
                choices=ColumnMeaning.choices,
                required=False,
                initial=guessed[number],
                help_text=", ".join(examples),
            )

    @property
    def meanings(self) -> list[ColumnMeaning]:
        """Each column's meaning, as chosen, or as guessed where nothing was sent."""
        names = [name for name in self.fields if name.startswith("column_")]
        if self.is_bound and self.is_valid():
            return [ColumnMeaning(self.cleaned_data[name]) for name in names]
        return [ColumnMeaning(self.fields[name].initial) for name in names]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [value for value in given.values() if value]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Two columns have the same meaning. Leave one out."))
        if ColumnMeaning.CONSENT not in chosen:
            raise forms.ValidationError(
                _("Which column says people agreed to be contacted? Without it we can’t import anyone."),
                code="no-consent-column",
            )
        if not {ColumnMeaning.MAIL, ColumnMeaning.PHONE, ColumnMeaning.POINT} & set(chosen):
            raise forms.ValidationError(_("Which column says how to reach them?"))
        return given


def seal_table(table: Table, vault: Vault) -> str:
    """Seal a list for its way through the page, so that nothing is stored between two requests."""
    text = json.dumps([table.headers, table.rows], ensure_ascii=False)
    closed = vault.close(text, row=vault.organisation, column=SEALED_COLUMN)
    return base64.b64encode(closed).decode()


def open_table(sealed: str, vault: Vault) -> Table | None:
    """Open a sealed list; None if this vault did not seal it."""
    try:
        opened = vault.open(base64.b64decode(sealed), row=vault.organisation, column=SEALED_COLUMN)
        headers, rows = json.loads(opened)
        return Table(headers, rows)
    except (CryptoError, ValueError, binascii.Error):
        return None
