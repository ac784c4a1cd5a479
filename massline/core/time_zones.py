"""Days and hours: the moment that rows keep, and arithmetic that holds at the end of the calendar too."""

import zoneinfo
from datetime import date, datetime, timedelta, tzinfo

from django.utils import timezone


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of this name; UTC where no zone is known by it, so that one wrong name stops no page."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The moment in a zone; unchanged on the last day of the calendar, where the zone has no day for it."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def in_active_zone(moment: datetime) -> datetime:
    """The moment in the zone that the page has activated."""
    return in_zone(moment, timezone.get_current_timezone())


def days_after(day: date, later: timedelta) -> date:
    """The day so much later, at most the last day of the calendar."""
    try:
        return day + later
    except OverflowError:
        return date.max


def later_by_days(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The same local hour so many days later, also where the clocks change in between."""
    here = moment.astimezone(zone)
    return datetime.combine(here.date() + timedelta(days=days), here.time(), tzinfo=zone)


def start_of_today() -> datetime:
    """The only moment kept by rows that must not say when somebody acted."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
