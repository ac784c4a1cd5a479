"""Forms for what chapters give each other, and for what is carried on over years."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.forms import live_members
from massline.desk.learn.follow_up.models import Verdict
from massline.desk.learn.form_fields import day_field, line
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import EventKind
from massline.square.reports.models import ReportBack


class BeforeForm(forms.Form):
    text = line(_("What are we planning?"), 400, hint=_("What we do, with whom, what we want."))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *EventKind.choices], required=False)
    place = line(_("Where, or which section"), 160, required=False)
    size = forms.IntegerField(label=_("About how many"), required=False, min_value=1, max_value=10_000_000)


class AdmitForm(forms.Form):
    wrong = line(_("What did we say that is wrong?"), 400)
    report = forms.ModelChoiceField(
        label=_("In which report-back"), queryset=ReportBack.objects.none(), required=False, empty_label="–"
    )
    where = line(_("Or where else"), 200, required=False)
    owner = forms.ModelChoiceField(
        label=_("Who sets it right"), queryset=Account.objects.none(), empty_label=None
    )
    due_on = day_field(_("By"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report, owner = self.fields["report"], self.fields["owner"]
        assert isinstance(report, forms.ModelChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        report.queryset = ReportBack.objects.filter(organisation__uuid=organisation.uuid)
        owner.queryset = live_members(organisation)
        self.initial.setdefault("due_on", timezone.localdate() + timedelta(days=2))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("report") and not given.get("where"):
            self.add_error("where", _("Where was it said? It is set right there."))
        return given


class SetRightForm(forms.Form):
    right = line(_("What is right"), 400)


class SupposeForm(forms.Form):
    claim = line(_("What do we believe?"), 240)
    would_fall = line(_("What would we have to see to give it up?"), 240)
    review_on = day_field(_("When do we look again?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("review_on", timezone.localdate() + timedelta(days=182))


class EvidenceForm(forms.Form):
    speaks_for = forms.TypedChoiceField(
        label=_("It speaks"),
        choices=[("1", _("for it")), ("0", _("against it"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = line(_("What was seen"), 400)
    review = forms.ModelChoiceField(
        label=_("In which review"),
        queryset=AfterActionReview.objects.none(),
        required=False,
        empty_label="–",
    )
    source = line(_("Or where it can be read"), 300, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review = self.fields["review"]
        assert isinstance(review, forms.ModelChoiceField)
        reviews = AfterActionReview.objects.filter(event__organisation=organisation)
        review.queryset = reviews.select_related("event")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("review") and not given.get("source"):
            self.add_error("source", _("Where can it be read? Without that it is an opinion."))
        return given


class LookAgainForm(forms.Form):
    verdict = forms.ChoiceField(label=_("What do we say now?"), choices=Verdict.choices)
    review_on = day_field(_("When do we look again?"))
