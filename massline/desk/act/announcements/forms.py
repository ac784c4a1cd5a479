"""The form for a few sentences to everybody who signed up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.act.messages.free_text_mailing import MOST_LETTERS
from massline.web.form_fields import text_area


class OwnWordsForm(forms.Form):
    """A few sentences to everybody who signed up."""

    words = text_area(
        _("What do you want to say?"),
        MOST_LETTERS,
        hint=_("Bring a lamp. The tram stops at the bridge tonight."),
    )
