"""Forms for points of unity."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.unity.file_exchange import MOST_CHARACTERS
from massline.desk.decide.unity.models import Stand, UnitySentence
from massline.desk.decide.unity.positions import SentencePositions


def _line(label: Any, most: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=hint, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class OfferForm(forms.Form):
    title = _line(_("What is it called?"), 120)
    sentences = forms.CharField(
        label=_("The sentences, one on each line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )


class JoinForm(forms.Form):
    code = _line(_("The code you were given"), 60)
    name = _line(_("Under which name?"), 120, _("The other organisations read it. They learn nothing else."))


class ImportForm(forms.Form):
    pasted = forms.CharField(
        label=_("Paste the file"), max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": 4})
    )


class WordsForm(forms.Form):
    words = forms.CharField(max_length=400)


class LeaveForm(forms.Form):
    because = _line(_("Why do we leave?"), 240)


class PositionsForm(forms.Form):
    """One choice per sentence, and the words we would take instead."""

    def __init__(self, data: Any = None, *, weighed: Sequence[SentencePositions], party: int) -> None:
        super().__init__(data)
        self.sentences: list[UnitySentence] = []
        for one in weighed:
            mine = next((found for who, found in one.positions if who.pk == party), None)
            pk = one.sentence.pk
            self.sentences.append(one.sentence)
            self.fields[f"stand_{pk}"] = forms.ChoiceField(
                label=_("We"),
                choices=Stand.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=mine.stand if mine else None,
            )
            self.fields[f"instead_{pk}"] = forms.CharField(
                label=_("Words we would take instead"),
                max_length=400,
                required=False,
                initial=mine.instead if mine else "",
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    def rows(self) -> dict[int, tuple[forms.BoundField, forms.BoundField]]:
        return {one.pk: (self[f"stand_{one.pk}"], self[f"instead_{one.pk}"]) for one in self.sentences}

    def stands(self) -> dict[UnitySentence, tuple[str, str]]:
        given = self.cleaned_data
        return {
            one: (given[f"stand_{one.pk}"], given[f"instead_{one.pk}"])
            for one in self.sentences
            if given[f"stand_{one.pk}"]
        }
