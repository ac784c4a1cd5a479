"""Forms of legal support."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.act.legal.models import Checked
from massline.web.form_fields import DayInput, MomentInput, line_field


class CardForm(forms.Form):
    title = line_field(_("What the card is about"), 80, _("When police ask you; at the eviction."))
    place = line_field(_("Where this is the law"), 80)
    lines = forms.CharField(
        label=_("What to know and say, one line each"),
        max_length=900,
        help_text=_("Six lines or fewer, as one would say them."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    lawyer = line_field(_("Which lawyer checked it"), 120)
    hotline = line_field(_("The number to call"), 40)
    as_of = forms.DateField(label=_("Checked on"), widget=DayInput())
    review_on = forms.DateField(label=_("Look at it again on"), widget=DayInput())

    def clean_lines(self) -> str:
        text = str(self.cleaned_data["lines"])
        if len([line for line in text.splitlines() if line.strip()]) > 8:
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
    post = line_field(_("Where do you stand?"), 120)


class CustodyForm(forms.Form):
    word = line_field(
        _("Initials, or a word they chose"), 40, _("Never the whole name: their lawyer has it, we need not.")
    )
    taken = line_field(_("When they were taken"), 60)
    where = line_field(_("Where they are, as far as we know"), 120)


class ReportForm(forms.Form):
    what = line_field(_("What is seen"), 400, _("What somebody sees themselves, now. Nobody’s name."))
    street = line_field(_("Where exactly"), 160)
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
        label=_("What came of it"), choices=[choice for choice in Checked.choices if choice[0] != "taken"]
    )
    how = line_field(_("How was it checked?"), 160, required=False)
