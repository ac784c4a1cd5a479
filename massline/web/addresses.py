"""Absolute addresses of public pages, as they stand on posters and in calendars."""

from django.conf import settings


def public(path: str) -> str:
    return f"{settings.SQUARE_URL}{path}"


def typeable(path: str) -> str:
    """Without the scheme, as a person types it."""
    return public(path).split("://", 1)[1]
