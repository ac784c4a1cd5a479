"""Context that every template has."""

from django.conf import settings
from django.http import HttpRequest


def shared_context(request: HttpRequest) -> dict[str, object]:
    return {"door": settings.DOOR, "version": settings.VERSION}
