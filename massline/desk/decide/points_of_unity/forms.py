"""Forms for points of unity."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.points_of_unity.file_exchange import MOST_CHARACTERS
from massline.desk.decide.points_of_unity.models import Party, Stand, UnitySentence
from massline.desk.decide.points_of_unity.positions import SentencePositions
from massline.web.edit_forms import EditForm
from massline.web.form_fields import text_area, text_line


class OfferForm(forms.Form):
    title = text_line(_("Title"), 120)
    sentences = text_area(_("The sentences, one per line"), 20_000, rows=6)


class JoinForm(forms.Form):
    code = text_line(_("The code you were given"), 60)
    name = text_line(
        _("Your organisation’s name in this text"),
        120,
        hint=_("The other organisations see this name and nothing else."),
    )


class ImportForm(forms.Form):
    pasted = forms.CharField(
        label=_("Paste the file here"), max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": 4})
    )


class WordsForm(forms.Form):
    """Other words for a sentence; `version` is the wording they were written for."""

    words = forms.CharField(label=_("New wording"), max_length=400)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class LeaveForm(forms.Form):
    because = text_line(_("Why are we leaving?"), 240)


class PositionsForm(EditForm, forms.Form):
    """An optional choice per sentence, and the words the party would take instead; each for the wording that was read."""

    def __init__(self, data: Any = None, *, rows: Sequence[SentencePositions], party: Party | None) -> None:
        super().__init__(data)
        self.sentences: list[UnitySentence] = []
        for row in rows:
            mine, pk = row.position_of(party), row.sentence.pk
            self.sentences.append(row.sentence)
            self.fields[f"stand_{pk}"] = forms.ChoiceField(
                label=_("Our position"),
                choices=Stand.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=mine.stand if mine else None,
            )
            self.fields[f"instead_{pk}"] = forms.CharField(
                label=_("Words we would accept"),
                max_length=400,
                required=False,
                initial=mine.instead if mine else "",
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.fields[f"version_{pk}"] = forms.IntegerField(
                required=False, initial=row.sentence.version, widget=forms.HiddenInput
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for sentence in self.sentences:
            version = f"version_{sentence.pk}"
            if version not in self.joined:
                continue
            self.joined.remove(version)
            if cleaned.get(f"stand_{sentence.pk}"):
                refusal = forms.ValidationError(
                    _("This sentence was reworded while you were reading. Read it again, then choose."),
                    code="reworded-meanwhile",
                )
                self.add_error(f"stand_{sentence.pk}", refusal)
        return cleaned

    def rows(self) -> dict[int, tuple[forms.BoundField, forms.BoundField]]:
        return {
            sentence.pk: (self[f"stand_{sentence.pk}"], self[f"instead_{sentence.pk}"])
            for sentence in self.sentences
        }

    def stands(self) -> dict[UnitySentence, tuple[str, str]]:
        cleaned = self.cleaned_data
        return {
            sentence: (cleaned[f"stand_{sentence.pk}"], cleaned[f"instead_{sentence.pk}"])
            for sentence in self.sentences
            if cleaned[f"stand_{sentence.pk}"]
        }
