"""Forms for a list: the file, what each column is, and the way out."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError

from massline.desk.contacts.imports import table_reader
from massline.desk.contacts.imports.column_mapping import Means, guess
from massline.desk.guard.keys.vault import Vault

LARGEST = 2 * 1024 * 1024


COLUMN = "list"  # what a carried list is bound to, so that no other sealed text passes for one


class ListForm(forms.Form):
    """The list itself, as a file or pasted."""

    file = forms.FileField(
        label=_("A list (CSV, XLSX or OSDI)"), required=False, help_text=_("At most 2 MB, 5,000 people.")
    )
    pasted = forms.CharField(
        label=_("Or paste it"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=_("Where does it come from, and how did they agree?"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, pasted = given.get("file"), given.get("pasted", "")
        if file is None and not pasted.strip():
            self.add_error("file", _("Nothing was taken: choose a file of at most 2 MB, or paste the list."))
        elif file is not None and file.size > LARGEST:
            self.add_error("file", _("Nothing was taken: more than 2 MB. Bring it in parts."))
        else:
            name, content = (file.name, file.read()) if file is not None else ("", pasted.encode())
            try:
                given["table"] = table_reader.read(name, content)
            except table_reader.Unreadable as problem:
                self.add_error("file" if file is not None else "pasted", str(problem))
        return given


class ColumnsForm(forms.Form):
    """What each column of a list is; the list rides along, closed with the vault's key."""

    def __init__(self, *args: Any, listed: table_reader.Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guessed = guess(listed.headers)
        for number, header in enumerate(listed.headers):
            examples = [row[number] for row in listed.rows[:40] if row[number]][:2]
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header or f"{number + 1}",
                choices=Means.choices,
                required=False,
                initial=guessed[number],
                help_text=", ".join(examples),
            )

    @property
    def meanings(self) -> list[Means]:
        """Each column's meaning, as chosen, or as guessed where nothing was sent."""
        names = [name for name in self.fields if name.startswith("column_")]
        if self.is_bound and self.is_valid():
            return [Means(self.cleaned_data[name]) for name in names]
        return [Means(self.fields[name].initial) for name in names]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [value for value in given.values() if value]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Two columns have the same meaning. Leave one of them out."))
        if Means.CONSENT not in chosen:
            raise forms.ValidationError(
                _("Which column says that they agreed to be contacted? Without it nobody is kept.")
            )
        if not {Means.MAIL, Means.PHONE, Means.POINT} & set(chosen):
            raise forms.ValidationError(_("Which column says how to reach them?"))
        return given


def carry(listed: table_reader.Table, vault: Vault) -> str:
    """Close a list for its way through the page, so that between two presses it lies nowhere."""
    closed = vault.close(listed.as_text(), row=vault.organisation, column=COLUMN)
    return base64.b64encode(closed).decode()


def carried(sealed: str, vault: Vault) -> table_reader.Table | None:
    """Open a carried list; None where it is none of this vault's."""
    try:
        opened = vault.open(base64.b64decode(sealed), row=vault.organisation, column=COLUMN)
        return table_reader.Table.from_text(opened)
    except (CryptoError, ValueError, binascii.Error):
        return None
