"""Forms for a lesson, and for the next question it leads to."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.learn.lessons.models import Confidence, Lesson
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, text_area, text_line


class LessonForm(forms.Form):
    claim = text_line(_("What we learned, in one sentence"), 240)
    context = text_line(_("Where and with whom did you see it?"), 240)
    evidence = text_line(_("What it rests on"), 240, hint=_("Numbers, or what people saw."))
    confidence = forms.ChoiceField(label=_("How sure are you?"), choices=Confidence.choices)
    no_names = forms.BooleanField(label=_("We checked: there are no names in it"), required=False)


class LessonCorrectionForm(EditForm, LessonForm):
    """A lesson as it is kept, to be set right."""

    @classmethod
    def of(cls, lesson: Lesson, data: Any = None) -> "LessonCorrectionForm":
        kept = ("claim", "context", "evidence", "confidence")
        return cls(data, initial={name: getattr(lesson, name) for name in kept})


class NextQuestionForm(forms.Form):
    question = text_line(_("The next question"), 160)
    why = text_area(_("What we will do with the answers"), 600, required=False)
    closes_on = day_field(_("Open until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("closes_on", timezone.localdate() + timedelta(days=14))

    def clean_closes_on(self) -> object:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day is in the past. Choose a future day."), code="past")
        return day
