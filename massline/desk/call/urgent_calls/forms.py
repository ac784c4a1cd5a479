"""Forms of the fast lane."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.call.urgent_calls.actions import reports_to_choose
from massline.desk.call.urgent_calls.models import Debt
from massline.square.calls.urgent_call_debts import DebtKind
from massline.web.form_fields import text_area, text_line


class UrgentForm(forms.Form):
    why = text_line(_("Why can it not wait?"), 240, required=False)
    tonight = forms.BooleanField(
        label=_("It is about tonight: messages may go out after nine in the evening"), required=False
    )


class DebtForm(forms.Form):
    """What came of a step that was put off; a report-back is chosen, the others are told in words."""

    report = forms.ChoiceField(label=_("Which report-back?"), required=False)
    words = text_area(_("What came of it?"), 1000, required=False)

    def __init__(self, data: Any = None, *, debt: Debt) -> None:
        super().__init__(data)
        if debt.kind != DebtKind.REPORT_BACK:
            del self.fields["report"]
            return
        del self.fields["words"]
        self.reports = {str(report.pk): report for report in reports_to_choose(debt.call)}
        field = self.fields["report"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None yet")), *((pk, report.title) for pk, report in self.reports.items())]

    def given(self) -> dict[str, Any]:
        """The arguments of `settle`."""
        if "report" in self.fields:
            return {"report": self.reports.get(self.cleaned_data["report"]), "words": ""}
        return {"words": self.cleaned_data["words"]}
