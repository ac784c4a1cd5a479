"""Forms for API keys and webhooks."""

from datetime import timedelta
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.api.models import ApiScope, WebhookEvent
from massline.web.form_fields import DayField

LONGEST_TERM = timedelta(days=365)


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Which program is it for?"), max_length=60, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=ApiScope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = DayField(
        label=_("Until"),
        help_text=_("One year at most; then someone checks again."),
        initial=lambda: timezone.localdate() + timedelta(days=90),
    )

    def clean_expires_on(self) -> object:
        day = self.cleaned_data["expires_on"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST_TERM:
            raise forms.ValidationError(_("Choose a future day, within one year."))
        return day


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=_("Web address to notify"),
        max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "dir": "ltr"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Notify it when"), choices=WebhookEvent.choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self) -> str:
        parts = urlsplit(str(self.cleaned_data["url"]).strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise forms.ValidationError(
                _("Enter the full address, starting with https://."), code="not-https"
            )
        return parts.geturl()
