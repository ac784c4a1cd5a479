"""The form field for the link to an online room, and what it refuses."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from massline.square.calls.event_place import is_link_as_place

MAX_LENGTH = 500
_is_address = URLValidator(schemes=["https"])


class JoinLinkField(forms.CharField):
    """An https address of somebody else's server; empty without one."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("Link to join online"),
            "required": False,
            "max_length": MAX_LENGTH,
            "help_text": _(
                "Only people who have a place see it: on their own page and in our messages to them."
            ),
            "widget": forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        }
        super().__init__(**options | kwargs)

    def clean(self, value: Any) -> str:
        link: str = super().clean(value)
        return check_join_link(link) if link else ""


def check_join_link(link: str) -> str:
    """Return the link; raises ValidationError for what no stranger should open, or what opens somebody's own page."""
    parts = _split(link)
    if parts.scheme != "https":
        raise ValidationError(
            _("The link must start with https://. Copy it from your video service."), code="no-https"
        )
    if parts.username is not None or parts.password is not None:
        raise ValidationError(
            _("This link holds a name or password before the “@”. Use one without."), code="link-with-login"
        )
    ours = {urlsplit(address).hostname for address in (settings.SQUARE_URL, settings.DESK_URL)}
    if parts.hostname in ours:
        raise ValidationError(
            _("This is a page of ours, not an online room. Copy the link from your video service."),
            code="own-page",
        )
    try:
        _is_address(link)
    except ValidationError:
        raise ValidationError(
            _("This is not a link. Copy all of it, from https:// on."), code="no-link"
        ) from None
    return link


def refuse_link_as_place(place: str, joining: str) -> str:
    """Return the place; raises ValidationError where everybody would read in it how to walk into the online room."""
    if is_link_as_place(place, joining):
        raise ValidationError(
            _("Everyone can read the place. Choose “Online” and give the link separately."),
            code="link-as-place",
        )
    return place


def _split(link: str) -> Any:
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018 - raises ValueError where it is no number
    except ValueError:
        raise ValidationError(
            _("This is not a link. Copy all of it, from https:// on."), code="no-link"
        ) from None
    return parts
