"""Forms for a planned action, corrections, hypotheses and their evidence."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.active_members import active_members
from massline.desk.learn.follow_up.models import Verdict
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Account, Organisation
from massline.square.calls.states import EventKind
from massline.square.reports.models import ReportBack
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, set_choices, text_line


class PlannedActionForm(forms.Form):
    text = text_line(
        _("What are you planning?"), 400, hint=_("What you will do, with whom, and what you want to achieve.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *EventKind.choices], required=False)
    place = text_line(_("Where, or which section"), 160, required=False)
    size = forms.IntegerField(
        label=_("About how many people?"), required=False, min_value=1, max_value=10_000_000
    )


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


class HypothesisForm(forms.Form):
    claim = text_line(_("What do we believe?"), 240)
    would_fall = text_line(_("What would change our mind?"), 240)
    review_on = day_field(_("When do we check again?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("review_on", timezone.localdate() + timedelta(days=182))


class EvidenceForm(forms.Form):
    speaks_for = forms.TypedChoiceField(
        label=_("This speaks"),
        choices=[("1", _("for it")), ("0", _("against it"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = text_line(_("What did you see?"), 400)
    review = forms.ModelChoiceField(
        label=_("Which review is it from?"),
        queryset=AfterActionReview.objects.none(),
        required=False,
        empty_label="–",
    )
    source = text_line(_("Or where can people read it?"), 300, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviews = AfterActionReview.objects.filter(event__organisation=organisation)
        set_choices(self, review=reviews.select_related("event"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("review") and not cleaned.get("source"):
            self.add_error(
                "source",
                forms.ValidationError(
                    _("Where can people read it? Without a source it is just an opinion."), code="no-source"
                ),
            )
        return cleaned


class VerdictForm(EditForm, forms.Form):
    verdict = forms.ChoiceField(label=_("What do we say now?"), choices=Verdict.choices)
    review_on = day_field(_("When do we check again?"))
