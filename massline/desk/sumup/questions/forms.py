"""The form for answering an open question."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """A short answer and its sources."""

    text = forms.CharField(
        label=_("The answer, in a few plain sentences"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    sources = forms.CharField(
        label=_("Where you can check this"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("One per line: a law, a web page, a letter, who was asked and when."),
    )
    as_shown = forms.BooleanField(
        label=_("I have read the question as people will see it: it does not point to anyone"), required=False
    )
