"""The form that says whom to tell about an event, and in which words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from massline.desk.people.models import Organisation, Section
from massline.web.form_fields import set_choices, text_area


class RecipientsForm(forms.Form):
    """Whom, and what to say besides what, when and where."""

    section: "forms.ModelChoiceField[Section]" = forms.ModelChoiceField(
        label=_("Only people from"), queryset=None, required=False, empty_label=_("everywhere")
    )
    language = forms.ChoiceField(label=_("Only people who speak"), required=False)
    words = text_area(
        _("What to say besides what, when and where"),
        600,
        required=False,
        hint=_("One sentence, as you would say it at a door."),
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        set_choices(self, section=Section.objects.filter(organisation=organisation))
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [("", _("any language")), *settings.LANGUAGES]
