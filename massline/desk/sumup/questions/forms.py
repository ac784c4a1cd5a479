"""The form for answering an open question."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.people.models import Organisation
from massline.square.calls.models import PublicEvent
from massline.web.templatetags.massline import when

SHOWN = 8


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
    event = forms.TypedChoiceField(
        label=_("Which event is it about?"),
        help_text=_("The answer then stands on that event’s page too."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    as_shown = forms.BooleanField(
        label=_("I have read the question as people will see it: it does not point to anyone"), required=False
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = PublicEvent.objects.coming_up().filter(organisation__uuid=organisation.uuid)[:SHOWN]
        event = self.fields["event"]
        assert isinstance(event, forms.TypedChoiceField)
        rows = [(str(row.uuid), f"{row.title}, {when(row.starts_at)}") for row in events]
        event.choices = [("", _("none of them")), *rows]
