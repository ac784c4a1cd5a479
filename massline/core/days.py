"""The only moment that rows keep which must not say when somebody acted: the beginning of the day."""

from datetime import datetime

from django.utils import timezone


def start_of_today() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
