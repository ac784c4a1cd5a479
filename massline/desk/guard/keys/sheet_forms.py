"""Forms for making, proving and opening sheets of words. Browsers are asked to keep and check nothing of them."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = {
    "autocomplete": "off",
    "autocapitalize": "none",
    "autocorrect": "off",
    "spellcheck": "false",
    "lang": "en",
    "dir": "ltr",
}


class SizeForm(forms.Form):
    """How many keepers: two sheets that open together, or three of which any two do."""

    size = forms.TypedChoiceField(choices=[(2, "2"), (3, "3")], coerce=int)


class JoinCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits they read aloud"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("The words of your sheet, in their order"),
        max_length=600,
        widget=forms.Textarea(attrs={**WORDS, "rows": 4}),
        help_text=_("With a space between them. The numbers may stay."),
    )


class JoinOpeningForm(JoinCodeForm, WordsForm):
    """Code and words of a keeper who comes to an opening."""

    field_order = ["code", "words"]


class PlacesForm(forms.Form):
    """The words at the places of a sheet that were drawn."""

    def __init__(self, *args: object, places: Sequence[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for place in places:
            self.fields[f"word_{place}"] = forms.CharField(
                label=_("Word %(place)d") % {"place": place},
                max_length=20,
                widget=forms.TextInput(attrs=WORDS),
            )

    def typed(self) -> dict[int, str]:
        """Return what was typed at each place."""
        return {int(name.removeprefix("word_")): str(text) for name, text in self.cleaned_data.items()}
