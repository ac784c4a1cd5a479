"""The form for somebody who came without signing up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.web.contact_point_form import ReachForm
from massline.web.form_fields import text_line


class WalkInForm(ReachForm):
    reach_field = "point"

    name = text_line(_("What should we call you?"), 60)
    point = forms.CharField(
        label=_("Phone, e-mail or handle"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        label=_("They agree to be contacted"),
        error_messages={"required": _("Ask them first. We keep nothing without their yes.")},
    )
