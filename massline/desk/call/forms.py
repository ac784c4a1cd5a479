"""Forms for writing a call, and for calling it off."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from massline.desk.call.call_draft import CallDraft
from massline.desk.call.models import Call
from massline.desk.call.translations.forms import language_choices
from massline.square.calls.fact_forms import FactForm
from massline.square.calls.facts import hints_of, labels_of, names_of
from massline.square.calls.states import Joining

USUAL_LENGTH = timedelta(hours=2)


class CallForm(FactForm):
    """All facts of a call. Every field may stay empty, because the page of a draft says what is missing."""

    facts = CallDraft
    language = forms.ChoiceField(
        label=_("Language"),
        choices=language_choices,
        help_text=_("You can add more languages; each is written by someone who speaks it."),
    )

    class Meta(FactForm.Meta):
        model = Call
        fields = names_of(CallDraft)
        labels = {
            **labels_of(CallDraft),
            "slogan": _("Slogan"),
            "what": _("What we will do"),
            "ask": _("What do we ask people to do?"),
            "starts_at": _("From"),
            "ends_at": _("Until"),
            "joining": _("How do people join?"),
            "place": _("Where"),
            "why": _("Why"),
            "called_by": _("Who is calling"),
            "mass_meeting": _("This is a mass meeting"),
        }
        help_texts = {
            **hints_of(CallDraft),
            "slogan": _("As you would shout it: eight words or fewer."),
            "ask": _("Just one thing. The rest can go under “bring”."),
            "ends_at": _("If you leave it empty: two hours."),
            "place": _("A place everyone can find, and the exact spot."),
        }
        widgets = {"joining": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start = cleaned.get("starts_at")
        if isinstance(start, datetime) and not cleaned.get("ends_at"):
            cleaned["ends_at"] = start + USUAL_LENGTH
        # A form that says nothing of the language leaves it as it is.
        cleaned["joining"] = cleaned.get("joining") or self.initial.get("joining") or Joining.IN_PERSON
        cleaned["language"] = cleaned.get("language") or self.initial.get("language", "")
        return cleaned

    def draft(self) -> CallDraft:
        return CallDraft(**self.cleaned_data)


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, in one sentence for everyone"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def cancel_with_reason(request: HttpRequest, cancel: Callable[[str], object]) -> None:
    """Cancel with the reason that was sent; the next page says that it is done, or asks for a reason."""
    form = CancelForm(request.POST)
    if form.is_valid():
        cancel(form.cleaned_data["reason"])
        messages.success(request, _("Cancelled. The page stays up and says so."))
    else:
        messages.error(request, _("Nothing changed: say why, because people who wanted to come will ask."))
