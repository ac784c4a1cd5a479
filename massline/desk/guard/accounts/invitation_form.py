"""The form for inviting somebody to the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.people.states import Role


class InviteForm(forms.Form):
    role = forms.TypedChoiceField(label=_("As"), choices=Role.choices, coerce=lambda value: Role(int(value)))
