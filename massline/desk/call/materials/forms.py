"""The form for an organisation's call settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.call.materials.models import CallSetting
from massline.web.edit_forms import EditForm


class CallSettingForm(EditForm, forms.Form):
    """An organisation's call settings."""

    second_eyes = forms.BooleanField(
        label=_("A second person reads each call before it goes out"), required=False
    )
    legal_number = forms.CharField(
        label=_("Legal number, printed on wallet cards"),
        max_length=40,
        required=False,
        help_text=_("Left empty, the cards leave a line to write it on."),
    )
    rights = forms.CharField(
        label=_("Know your rights, one line each"),
        max_length=700,
        required=False,
        help_text=_(
            "Let a lawyer of your place check it. Left empty, the cards say what holds nearly everywhere."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    @classmethod
    def now(cls, setting: CallSetting) -> dict[str, Any]:
        return {name: getattr(setting, name) for name in cls.base_fields}
