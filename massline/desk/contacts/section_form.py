"""The form for a section: its name and how many live or work there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.web.edit_forms import EditForm
from massline.web.form_fields import text_line


class SectionForm(EditForm, forms.Form):
    name = text_line(_("Section"), 60, hint=_("A block, a department, a year."))
    headcount = forms.IntegerField(
        label=_("How many live or work there"),
        min_value=1,
        max_value=100_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
