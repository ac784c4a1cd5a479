"""Form to choose the format of an export."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.exports.actions import ExportFormat


class ExportForm(forms.Form):
    shape = forms.ChoiceField(
        label=_("Which program is it for?"),
        choices=ExportFormat.choices,
        widget=forms.RadioSelect,
        initial=ExportFormat.OURS,
    )
