"""Forms for acts that need two key-holders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.guard.retention.models import DualControlAct


class ProposalForm(forms.Form):
    """The reason and, for an export, the most contacts."""

    what = forms.ChoiceField(choices=DualControlAct.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The other key-holder reads it."),
    )
    most = forms.IntegerField(label=_("How many contacts at most"), min_value=1, required=False)

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = about or self.data.get("what", "")
        self.initial.setdefault("what", wanted)
        self.auto_id = f"{wanted}_%s"
        if wanted != DualControlAct.EXPORT:
            del self.fields["most"]
        else:
            self.fields["most"].required = True


class ConfirmForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Your passphrase"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
