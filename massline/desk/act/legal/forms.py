"""Forms of the legal desk."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.act.legal.models import Checked
from massline.web.form_fields import MomentInput


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _words(label: Any, most: int, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=required,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class CardForm(forms.Form):
    title = _words(_("What the card is about"), 80, _("When police ask you; at the eviction."))
    place = _words(_("Where this is the law"), 80)
    lines = forms.CharField(
        label=_("What to know and say, one line each"),
        max_length=900,
        help_text=_("Six lines or fewer, as one would say them."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    lawyer = _words(_("Which lawyer checked it"), 120)
    hotline = _words(_("The number to call"), 40)
    as_of = forms.DateField(label=_("Checked on"), widget=DayInput())
    review_on = forms.DateField(label=_("Look at it again on"), widget=DayInput())

    def clean_lines(self) -> str:
        text = str(self.cleaned_data["lines"])
        if len([one for one in text.splitlines() if one.strip()]) > 8:
            raise forms.ValidationError(
                _("More than eight lines do not fit the card. Keep what one needs first.")
            )
        return text


class SlotForm(forms.Form):
    starts_at = forms.DateTimeField(label=_("From"), widget=MomentInput())
    ends_at = forms.DateTimeField(label=_("Until"), widget=MomentInput())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "starts_at" in given and "ends_at" in given and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("It ends before it starts."))
        return given


class ObserverForm(forms.Form):
    post = _words(_("Where do you stand?"), 120)


class CustodyForm(forms.Form):
    word = _words(
        _("Initials, or a word they chose"), 40, _("Never the whole name: their lawyer has it, we need not.")
    )
    taken = _words(_("When they were taken"), 60)
    where = _words(_("Where they are, as far as we know"), 120)


class ReportForm(forms.Form):
    what = _words(_("What is seen"), 400, _("What somebody sees themselves, now. Nobody’s name."))
    street = _words(_("Where exactly"), 160)
    seen_at = forms.DateTimeField(
        label=_("When"), widget=MomentInput(), initial=lambda: timezone.localtime().replace(second=0)
    )

    def clean_seen_at(self) -> object:
        moment = self.cleaned_data["seen_at"]
        if moment > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("This hour is still to come."))
        return moment


class CheckForm(forms.Form):
    found = forms.ChoiceField(
        label=_("What came of it"), choices=[one for one in Checked.choices if one[0] != "taken"]
    )
    how = _words(_("How was it checked?"), 160, required=False)
