"""Absolute URLs, for posters, calendars and sheets of paper."""

from django.conf import settings

# Small letters and figures, 31 of them: none that looks like another.
TYPEABLE = "23456789abcdefghjkmnpqrstuvwxyz"


def public_url(path: str) -> str:
    return f"{settings.SQUARE_URL}{path}"


def typeable_url(path: str) -> str:
    """Without the scheme, as a person types it."""
    return public_url(path).split("://", 1)[1]


def desk_url(path: str) -> str:
    return f"{settings.DESK_URL}{path}"
