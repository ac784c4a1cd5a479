"""PLACEHOLDER from massline.desk.learn.forms: Forms for the review, the lesson, and the next question."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.learn.lessons.models import Confidence

if TYPE_CHECKING:
    pass


class LessonForm(forms.Form):
    claim = forms.CharField(
        label=_("What we learned, in one sentence"),
        max_length=240,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    context = forms.CharField(
        label=_("Where and with whom it was so"),
        max_length=240,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    evidence = forms.CharField(
        label=_("What it rests on"),
        max_length=240,
        help_text=_("Numbers, or what was seen."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    confidence = forms.ChoiceField(label=_("How sure"), choices=Confidence.choices)
    no_names = forms.BooleanField(label=_("We looked: none of this is somebody’s name"), required=False)


class NextQuestionForm(forms.Form):
    question = forms.CharField(
        label=_("The next question"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    why = forms.CharField(
        label=_("What we do with the answers"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    closes_on = forms.DateField(
        label=_("Open until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("closes_on", timezone.localdate() + timedelta(days=14))

    def clean_closes_on(self) -> object:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose one to come."))
        return day
