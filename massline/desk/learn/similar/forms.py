"""The form for an action somebody plans, to find similar ones of the past."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.square.calls.states import EventKind
from massline.web.form_fields import text_line


class PlannedActionForm(forms.Form):
    text = text_line(
        _("What are you planning?"), 400, hint=_("What you will do, with whom, and what you want to achieve.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *EventKind.choices], required=False)
    place = text_line(_("Where, or which section"), 160, required=False)
    size = forms.IntegerField(
        label=_("About how many people?"), required=False, min_value=1, max_value=10_000_000
    )
