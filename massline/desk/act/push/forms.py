"""The form that a browser fills in with where it can be told."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from massline.desk.act.push.models import PushKind
from massline.desk.act.push.subscription import Subscription

UNUSABLE = _("This browser gave no way to reach it. Nothing was saved: press the button again.")


class DeviceForm(forms.Form):
    """The kinds somebody ticks, and three hidden fields that a script fills in."""

    kinds = forms.TypedMultipleChoiceField(
        label=_("What should we tell you about?"),
        choices=PushKind.choices,
        coerce=PushKind,
        initial=PushKind.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one. We tell you nothing else.")},
    )
    endpoint = forms.CharField(max_length=1000, widget=forms.HiddenInput, required=False)
    key = forms.CharField(max_length=200, widget=forms.HiddenInput, required=False)
    secret = forms.CharField(max_length=100, widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        self.subscription = Subscription(*(given.get(name, "") for name in ("endpoint", "key", "secret")))
        if not (_is_secure(self.subscription.endpoint) and self.subscription.is_usable()):
            raise ValidationError(UNUSABLE, code="unusable-device")
        return given


def _is_secure(endpoint: str) -> bool:
    """https, except where the installation itself says that its own network may be asked; written as requests are."""
    try:
        parts = urlsplit(endpoint)
        parts.port  # noqa: B018 - raises ValueError where it is no number
    except ValueError:
        return False
    if not endpoint.isascii() or any(sign.isspace() for sign in endpoint):
        return False
    schemes = {"https", "http"} if settings.WATCH_OWN_NETWORK else {"https"}
    return parts.scheme in schemes and bool(parts.hostname) and not parts.username
