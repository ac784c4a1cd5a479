"""Forms for unlocking and for recovery on paper, and the field for a passphrase."""

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from massline.desk.guard.keys import recovery_sheets

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


PASSPHRASE_HINT = _(
    "Four or five words that only mean something to you. Nobody can reset it: write it down and keep it safe."
)


TOO_SHORT = _("Too short: use four or five words, at least %(limit_value)d characters.")


def passphrase_field(label: "StrOrPromise", *, new: bool = False, again: bool = False) -> forms.CharField:
    """Make a field for a passphrase; a `new` one, and the same typed `again`, stay in a form that is refused."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        error_messages={"min_length": TOO_SHORT},
        min_length=settings.PASSPHRASE_LENGTH if new else None,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password" if new or again else "current-password"},
            render_value=new or again,
        ),
        help_text=PASSPHRASE_HINT if new else "",
    )


class UnlockForm(forms.Form):
    passphrase = passphrase_field(_("Your passphrase"))


class PaperForm(forms.Form):
    public = forms.CharField(
        label=_("The line that starts with massline-recovery:"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_public(self) -> str:
        text = "".join(str(self.cleaned_data["public"]).split())
        try:
            recovery_sheets.decode_armour("massline-recovery", text)
        except recovery_sheets.RecoveryRefused as problem:
            raise forms.ValidationError(str(problem)) from problem
        return text


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("The answer you get from the sheets"), max_length=60)


class RecoverKeyForm(forms.Form):
    text = forms.CharField(
        label=_("The text that starts with massline-handover:"), widget=forms.Textarea(attrs={"rows": 3})
    )
    phrase = forms.CharField(label=_("The passphrase for it"), max_length=200)
