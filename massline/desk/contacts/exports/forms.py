"""PLACEHOLDER from massline.desk.act.contacts.forms: Forms for a list: the file, what each column is, and the way out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.exports.actions import Shape


class TakeOutForm(forms.Form):
    shape = forms.ChoiceField(
        label=_("For which tool"), choices=Shape.choices, widget=forms.RadioSelect, initial=Shape.OURS
    )
