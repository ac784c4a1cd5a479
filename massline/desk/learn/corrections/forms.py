"""Forms for an error and for what is right instead."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.active_members import active_members
from massline.desk.people.models import Account, Organisation
from massline.square.reports.models import ReportBack
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, set_choices, text_line


class ErrorForm(forms.Form):
    wrong = text_line(_("What did we get wrong?"), 400)
    report = forms.ModelChoiceField(
        label=_("Which report-back is it in?"),
        queryset=ReportBack.objects.none(),
        required=False,
        empty_label="–",
    )
    where = text_line(_("Or where else did we say it?"), 200, required=False)
    owner = forms.ModelChoiceField(
        label=_("Who corrects it?"), queryset=Account.objects.none(), empty_label=None
    )
    due_on = day_field(_("By"), years=1)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports = ReportBack.objects.filter(organisation__uuid=organisation.uuid)
        set_choices(self, report=reports, owner=active_members(organisation))
        self.initial.setdefault("due_on", timezone.localdate() + timedelta(days=2))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("report") and not cleaned.get("where"):
            self.add_error(
                "where",
                forms.ValidationError(_("Where did we say it? We correct it there."), code="no-place"),
            )
        return cleaned


class CorrectionForm(EditForm, forms.Form):
    right = text_line(_("What is right"), 400)
