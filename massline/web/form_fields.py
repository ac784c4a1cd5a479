"""Form fields and inputs that several pages share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MomentInput(forms.DateTimeInput):
    """The phone's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class TrapField(forms.CharField):
    """A field no person sees; only a machine fills it."""

    def __init__(self) -> None:
        attrs = {"tabindex": "-1", "autocomplete": "off"}
        super().__init__(
            required=False, label=_("Leave this field empty"), widget=forms.TextInput(attrs=attrs)
        )

    def clean(self, value: Any) -> str:
        if value:
            raise forms.ValidationError(
                _("Nothing was kept: a field meant for machines was filled in. Empty it and send again.")
            )
        return ""
