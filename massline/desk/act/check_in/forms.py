"""Forms for check-in codes and for the rows of the sign-in sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.core.list_and_word_parser import split_list
from massline.web.contact_point_form import ReachForm


class CodesForm(forms.Form):
    codes = forms.CharField(
        label=_("Code or row"),
        max_length=2000,
        help_text=_("Their code, or their row on the sign-in sheet: k7q 2mx, or A07."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "enterkeyhint": "send",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("Type the code they have.")},
    )

    def clean_codes(self) -> list[str]:
        """Split codes at commas, semicolons and line breaks."""
        return split_list(self.cleaned_data["codes"])


class RowForm(ReachForm):
    """A row of the paper: name, contact and consent, or only that somebody came."""

    reach_field = "point"

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    point = forms.CharField(
        label=_("Phone, e-mail or username"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    may_write = forms.BooleanField(label=_("We may write to them"), required=False)
    came = forms.BooleanField(label=_("Only count them"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name, point = given.get("name", ""), given.get("point", "")
        if given.get("may_write"):
            if not name:
                self.add_error("name", _("What should we call them? Any name is fine."))
            if not point:
                self.add_error("point", _("If there is no way to reach them, tick “only count them”."))
        elif name or point:
            self.add_error(
                "may_write",
                forms.ValidationError(
                    _(
                        "They didn’t tick it? Then empty the row and tick “only count them”: we keep nothing "
                        "else."
                    ),
                    code="row-of-nobody",
                ),
            )
        return given

    @property
    def is_filled_in(self) -> bool:
        given = self.cleaned_data
        return bool(given.get("came") or given.get("may_write"))
