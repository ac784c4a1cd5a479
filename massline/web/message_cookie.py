"""Flash messages, stored in a signed cookie and shown once."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class SignedMessageStorage(CookieStorage):
    """Django's own, under a name that a browser binds to this host where there is a certificate."""

    cookie_name = f"{settings.BOUND}said"
