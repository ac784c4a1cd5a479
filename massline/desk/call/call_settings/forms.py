"""The form for an organisation's call settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.call.call_settings.models import CallSetting
from massline.web.edit_forms import EditForm


class CallSettingForm(EditForm, forms.Form):
    """An organisation's call settings."""

    second_eyes = forms.BooleanField(
        label=_("A second person must read each call before it is published"), required=False
    )
    legal_number = forms.CharField(
        label=_("Legal phone number, printed on rights cards"),
        max_length=40,
        required=False,
        help_text=_("If you leave it empty, the cards have a blank line for it."),
    )
    rights = forms.CharField(
        label=_("Know your rights, one line each"),
        max_length=700,
        required=False,
        help_text=_(
            "Ask a local lawyer to check it. If you leave it empty, the cards say what is true "
            "almost everywhere."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    @classmethod
    def now(cls, setting: CallSetting) -> dict[str, Any]:
        return {name: getattr(setting, name) for name in cls.base_fields}
