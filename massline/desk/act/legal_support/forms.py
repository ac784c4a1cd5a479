"""Forms of legal support."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.act.legal_support.models import Checked, StreetReport
from massline.web.edit_forms import EditForm
from massline.web.form_fields import MomentField, day_field, text_line


class RightsCardForm(forms.Form):
    title = text_line(_("What the card is about"), 80, hint=_("When police ask you; at the eviction."))
    place = text_line(_("Where does this law apply?"), 80)
    lines = forms.CharField(
        label=_("What to know and say, one line each"),
        max_length=900,
        help_text=_("Six lines or fewer, in everyday words."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    lawyer = text_line(_("Which lawyer checked it"), 120)
    hotline = text_line(_("Number to call"), 40)
    as_of = day_field(_("Checked on"))
    review_on = day_field(_("Check again by"))

    def clean_lines(self) -> str:
        text = str(self.cleaned_data["lines"])
        if len([line for line in text.splitlines() if line.strip()]) > 8:
            raise forms.ValidationError(
                _("More than eight lines don’t fit on the card. Keep what matters most.")
            )
        return text


class SlotForm(forms.Form):
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "starts_at" in given and "ends_at" in given and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("The end is before the start."))
        return given


class ObserverForm(forms.Form):
    post = text_line(_("Where will you be?"), 120)


class CustodyForm(forms.Form):
    word = text_line(
        _("Initials, or a word they chose"),
        40,
        hint=_("Never the full name: their lawyer has it, and we don’t need it."),
    )
    taken = text_line(_("When were they taken?"), 60)
    where = text_line(_("Where are they, as far as we know?"), 120)


class ReportForm(forms.Form):
    what = text_line(
        _("What do they see?"), 400, hint=_("Only what someone sees for themselves, right now. No names.")
    )
    street = text_line(_("Where exactly"), 160)
    seen_at = MomentField(label=_("When"), initial=lambda: timezone.localtime().replace(second=0))

    def clean_seen_at(self) -> object:
        moment = self.cleaned_data["seen_at"]
        if moment > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("That time is in the future."))
        return moment


class CheckForm(EditForm, forms.Form):
    @classmethod
    def of(cls, report: StreetReport, data: Mapping[str, Any] | None = None) -> "CheckForm":
        stored = {"found": report.checked, "how": report.how}
        return cls(data, initial=stored, auto_id=f"report_{report.pk}_%s")

    found = forms.ChoiceField(
        label=_("What came of it"), choices=[choice for choice in Checked.choices if choice[0] != "taken"]
    )
    how = text_line(_("How was it checked?"), 160, required=False)
