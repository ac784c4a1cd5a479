"""The form for a task of a call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.active_members import active_members
from massline.desk.people.models import Account, Organisation
from massline.web.form_fields import MomentField, set_choices, text_line


class TaskForm(forms.Form):
    """What, by which hour, who, and who steps up."""

    what = text_line(_("What has to be done?"), 120, hint=_("Print 200 flyers and bring them to the gate."))
    due_at = MomentField(label=_("By"))
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=Account.objects.none(), empty_label=None)
    deputy = forms.ModelChoiceField(
        label=_("Who steps up if it is not done by then"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )

    def __init__(self, *args: Any, organisation: Organisation, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = active_members(organisation)
        set_choices(self, owner=members, deputy=members)
        self.initial.setdefault("owner", by)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("owner") and given.get("owner") == given.get("deputy"):
            self.add_error(
                "deputy",
                forms.ValidationError(
                    _("Choose somebody else: two people, so that one can fall ill."), "same"
                ),
            )
        return given
