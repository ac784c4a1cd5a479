"""Forms of an import: the list, and the meaning of its columns."""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError

from massline.desk.contacts.imports import list_reader
from massline.desk.contacts.imports.column_mapping import (
    CONSENTS,
    REPEATABLE,
    WAYS,
    ColumnMeaning,
    guess_columns,
    is_refusal_heading,
)
from massline.desk.contacts.imports.consent_columns import ConsentAnswer, ListChoices
from massline.desk.contacts.imports.import_candidates import has_ambiguous_days, unknown_consent_words
from massline.desk.guard.keys.vault import Vault
from massline.tables.reading_options import NO_CHOICE, ReadingOptions
from massline.tables.table import Table
from massline.web.ambiguous_values_form import DayOrder, add_meaning_fields, is_month_first, read_meanings
from massline.web.form_fields import DayField
from massline.web.refusal_messages import form_errors

LARGEST_FILE = 2 * 1024 * 1024
SEALED_COLUMN = "list"  # binds a sealed list, so that no other sealed text is accepted as one


class ListForm(forms.Form):
    """A list, as a file or pasted."""

    file = forms.FileField(
        label=_("A list (CSV, XLSX, ODS, vCard or OSDI)"),
        required=False,
        help_text=_("Up to 2 MB and 5,000 people."),
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
            content = file.read() if file is not None else pasted.encode()
            try:
                given["list"] = OpenedList(content, NO_CHOICE, list_reader.read_table(content))
            except list_reader.UnreadableTable as problem:
                self.add_error("file" if file is not None else "pasted", form_errors(problem))
        return given


class ColumnsForm(forms.Form):
    """The meaning of each column, and what only a person can say: who agreed, what a word means, the order of days.

    The list itself travels in the page, sealed with the vault's key.
    """

    vouched = forms.BooleanField(
        label=_("Everybody on this list agreed to be contacted. I say so, with my name."),
        required=False,
        help_text=_("Whoever said no, in any column, is left out all the same."),
    )
    vouched_on = DayField(label=_("On which day did they agree?"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        table: Table,
        remembered: Mapping[str, str] | None = None,
    ) -> None:
        self.table = table
        guessed = guess_columns(table.headers, table.rows, remembered)
        names = [f"column_{number}" for number in range(len(table.headers))]
        if data is None:
            data = dict(zip(names, guessed, strict=True))
        super().__init__(data)
        for number, header in enumerate(table.headers):
            refused = is_refusal_heading(header)
            self.fields[names[number]] = forms.ChoiceField(
                label=header or f"{number + 1}",
                choices=[
                    choice for choice in ColumnMeaning.choices if not (refused and choice[0] in CONSENTS)
                ],
                required=False,
                initial=guessed[number],
                help_text=", ".join(table.examples(number)),
            )
        meanings = [
            ColumnMeaning(data.get(name) or "")
            if data.get(name) in ColumnMeaning.values
            else ColumnMeaning.NOTHING
            for name in names
        ]
        self.meanings = meanings
        self._ask_about_words(unknown_consent_words(table, meanings))
        if has_ambiguous_days(table, meanings):
            self.fields["day_order"] = forms.ChoiceField(
                label=_("How are days such as 3/4/2026 written?"), choices=DayOrder.choices, required=False
            )

    def _ask_about_words(self, words: Counter[str]) -> None:
        """Ask once for each word that is not known whether it means that somebody agreed."""
        self.words = add_meaning_fields(
            self,
            words,
            "word",
            [
                ("", _("no answer")),
                (ConsentAnswer.YES.value, _("they agreed")),
                (ConsentAnswer.NO.value, _("they said no")),
            ],
        )

    @property
    def columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def questions(self) -> list[Any]:
        """What a person is asked about: words that are not known, and the order of days."""
        return [self[name] for name in self.fields if name.startswith("word_") or name == "day_order"]

    def choices(self) -> ListChoices:
        """What was said about the whole list; the form must be valid."""
        given = self.cleaned_data
        words = {
            word: ConsentAnswer(meaning) for word, meaning in read_meanings(self, self.words, "word").items()
        }
        return ListChoices(
            bool(given.get("vouched")),
            given.get("vouched_on") if given.get("vouched") else None,
            words,
            is_month_first(given.get("day_order", "")),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [meaning for meaning in self.meanings if meaning]
        once = [meaning for meaning in chosen if meaning not in REPEATABLE]
        if len(once) != len(set(once)):
            raise forms.ValidationError(
                _("Two columns have the same meaning. Leave one out."), code="same-columns"
            )
        if not CONSENTS & set(chosen) and not given.get("vouched"):
            raise forms.ValidationError(
                _("Which column says people agreed to be contacted? Without it we can’t import anyone."),
                code="no-consent-column",
            )
        if given.get("vouched") and given.get("vouched_on") is None:
            self.add_error(
                "vouched_on", forms.ValidationError(_("Say on which day they agreed."), code="no-day")
            )
        if "day_order" in self.fields and not given.get("day_order"):
            raise forms.ValidationError(
                _("Days such as 3/4/2026 have two readings. Say which number is the month."), code="day-order"
            )
        if not WAYS & set(chosen):
            raise forms.ValidationError(_("Which column says how to reach them?"), code="no-way-column")
        return given


@dataclass(frozen=True)
class OpenedList:
    """An uploaded list with the choices of how it is read. It travels in the page, sealed; nothing of it is stored."""

    content: bytes
    choices: ReadingOptions
    table: Table

    def read_again(self, choices: ReadingOptions) -> "OpenedList":
        """Read it another way. Raises UnreadableTable."""
        return OpenedList(self.content, choices, list_reader.read_table(self.content, choices))

    def seal(self, vault: Vault) -> str:
        text = json.dumps([base64.b64encode(self.content).decode(), self.choices.as_json()])
        closed = vault.close(text, row=vault.organisation, column=SEALED_COLUMN)
        return base64.b64encode(closed).decode()


def open_list(sealed: str, vault: Vault) -> OpenedList | None:
    """Open a sealed list; None if this vault did not seal it."""
    try:
        opened = vault.open(base64.b64decode(sealed), row=vault.organisation, column=SEALED_COLUMN)
        content, choices = json.loads(opened)
        given = base64.b64decode(content)
    except (CryptoError, ValueError, binascii.Error):
        return None
    chosen = ReadingOptions.from_json(choices)
    return OpenedList(given, chosen, list_reader.read_table(given, chosen))
