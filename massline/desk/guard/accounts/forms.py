"""Forms for logging in, accepting an invitation and changing the own account."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from massline.core.invisible_characters import to_single_line
from massline.desk.guard.accounts.passphrase_policy import passphrase_problem
from massline.desk.guard.keys.forms import passphrase_field
from massline.desk.people.choices import Role, SecondFactorRule
from massline.desk.people.lookalike_names import is_lookalike, is_reserved_name
from massline.desk.people.models import Account, Organisation
from massline.web.edit_forms import EditForm

ONE_TIME = {
    "autocomplete": "one-time-code",
    "inputmode": "text",
    "autocapitalize": "none",
    "spellcheck": "false",
}


class LoginForm(forms.Form):
    name = forms.CharField(
        label=_("Your name here"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    passphrase = passphrase_field(_("Passphrase"))


class InvitationForm(forms.Form):
    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=60,
        help_text=_("Other organisers see it. It doesn’t have to be your legal name."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    passphrase = passphrase_field(_("A passphrase"), new=True)
    again = passphrase_field(_("Type it again"), again=True)

    def __init__(self, *args: object, organisation: Organisation | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.organisation = organisation

    def clean_name(self) -> str:
        name = to_single_line(str(self.cleaned_data["name"])).strip()
        names = Account.objects.values_list("name", flat=True)
        if is_reserved_name(name) or is_lookalike(name, names):
            raise forms.ValidationError(_("Someone here already has this name. Add an initial."))
        return name

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        ours = [self.organisation.name] if self.organisation else []
        add_passphrase_errors(self, names=[str(given.get("name", "")), *ours])
        return given


class InviteForm(forms.Form):
    role = forms.TypedChoiceField(label=_("As"), choices=Role.choices, coerce=lambda value: Role(int(value)))


class SecondFactorRuleForm(EditForm, forms.Form):
    """Of whom the organisation requires a second step at login."""

    asked = forms.ChoiceField(
        label=_("Second step at login is required"),
        choices=[
            (rule.value, rule.label if rule else _("use this site’s setting")) for rule in SecondFactorRule
        ],
    )


def second_factor_rule_form(
    organisation: Organisation, data: Mapping[str, Any] | None = None
) -> SecondFactorRuleForm:
    return SecondFactorRuleForm(data, initial={"asked": organisation.second_factor})


class VouchForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits they read aloud"),
        max_length=12,
        widget=forms.TextInput(attrs={**ONE_TIME, "inputmode": "numeric"}),
    )


class SecondFactorForm(forms.Form):
    code = forms.CharField(
        label=_("Six digits from your app, or a code from your paper list"),
        max_length=40,
        widget=forms.TextInput(attrs=ONE_TIME),
    )


class ReauthenticationForm(forms.Form):
    passphrase = passphrase_field(_("Your passphrase"))


class AppForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={**ONE_TIME, "inputmode": "numeric"}),
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Where is it?"),
        max_length=60,
        help_text=_("So you recognise it later: my phone, the blue key."),
    )
    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


class PassphraseForm(forms.Form):
    old = passphrase_field(_("Your current passphrase"))
    passphrase = passphrase_field(_("New passphrase"), new=True)
    again = passphrase_field(_("New passphrase again"), again=True)

    def __init__(self, *args: object, names: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.names = names

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        add_passphrase_errors(self, names=self.names)
        return given


def add_passphrase_errors(form: forms.Form, *, names: list[str]) -> None:
    """Add errors to a form if its new passphrase is too weak or was repeated differently."""
    given = form.cleaned_data
    if "passphrase" not in given:
        return
    refusal = passphrase_problem(given["passphrase"], names=names)
    if refusal:
        form.add_error("passphrase", refusal)
    elif given["passphrase"] != given.get("again"):
        form.add_error("again", _now("The two are not the same."))
