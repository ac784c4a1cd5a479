"""Links in messages: the page of the event, the sign-up, what comes next, and the end of all messages.

A link to be shown is a label and an absolute URL.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from massline.desk.guard.keys.courier_keys import Address
from massline.square.calls.models import PublicEvent
from massline.web.absolute_urls import public_url
from massline.web.templatetags.massline import when


def stop_link(household: Sequence[Address]) -> str:
    """One link that ends all messages to the address."""
    secrets = [address.manage for address in household if address.manage]
    return envelope_link("stop", "-".join(secrets)) if secrets else ""


def page_link(event: PublicEvent) -> tuple[str, str]:
    return _("What, when, where"), public_url(event.get_absolute_url())


def manage_links(secret: str) -> tuple[tuple[str, str], ...]:
    return ((_("Change or cancel (no login needed)"), envelope_link("manage", secret)),) if secret else ()


def next_links(event: PublicEvent) -> tuple[tuple[str, str], ...]:
    following = PublicEvent.objects.exclude(pk=event.pk).next_mass_meeting(event.organisation)
    if following is None:
        return ()
    label = _("Next mass meeting: %(when)s, %(place)s") % {
        "when": when(following.starts_at),
        "place": following.where,
    }
    return ((label, public_url(following.get_absolute_url())),)


def next_page_url(event: PublicEvent) -> str:
    return public_url(reverse("home:next", args=[event.organisation.slug], urlconf="massline.urls_square"))


def envelope_link(name: str, secret: str) -> str:
    return public_url(reverse(f"envelopes:{name}", args=[secret], urlconf="massline.urls_square"))
