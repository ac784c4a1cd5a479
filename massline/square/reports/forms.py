"""What readers may write under a report-back."""

from django import forms

LONGEST = 280


class InsteadForm(forms.Form):
    """What we should have heard, in the reader's own words, to the letter."""

    words = forms.CharField(max_length=LONGEST, strip=False)

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError("empty", code="required")
        return words
