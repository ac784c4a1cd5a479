"""Forms for what chapters give each other, and for what is carried on over years."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.act.forms import members_of
from massline.desk.learn.follow_up.models import Verdict
from massline.desk.learn.forms import day_field
from massline.desk.learn.models import AfterActionReview
from massline.desk.learn.sharing.models import What
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import EventKind
from massline.square.reports.models import ReportBack


def line(label: Any, most: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class TrialForm(forms.Form):
    held = forms.TypedChoiceField(
        label=_("Tried here"),
        choices=[("1", _("it held")), ("0", _("it did not hold"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = line(_("How it went, no names"), 240, required=False)


class FileForm(forms.Form):
    pasted = forms.CharField(
        label=_("The signed lesson"),
        max_length=20_000,
        help_text=_("The whole text of the file, as it came."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false"}),
    )


class GiveForm(forms.Form):
    what = forms.ChoiceField(label=_("What"), choices=What.choices)
    text = line(_("Its words"), 400)
    address = forms.URLField(label=_("Its public page"), max_length=300, assume_scheme="https")
    to = forms.ModelMultipleChoiceField(
        label=_("To whom"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, to: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["to"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        chosen.queryset = to


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
        owner.queryset = members_of(organisation)
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
