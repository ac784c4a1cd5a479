"""Send times of messages: at once, the day before at eleven, the same morning, and once after the event.

The cadence is Mobilize's, tested on its events. Hours are local to the event.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from massline.core.time_zones import in_zone
from massline.desk.act.messages.models import Occasion
from massline.square.calls.models import PublicEvent

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
SOON = timedelta(hours=12)


@dataclass(frozen=True)
class SendWindow:
    """The time in which a message for an occasion is useful."""

    occasion: Occasion
    opens: datetime
    closes: datetime

    def contains(self, now: datetime) -> bool:
        return self.opens <= now < self.closes


def list_send_windows(event: PublicEvent) -> Iterator[SendWindow]:
    """List the windows of the messages that depend on the event's time alone; a missed window is never made up."""
    if event.is_cancelled:
        return
    zone = event.organisation.zone
    day = in_zone(event.starts_at, zone).date()
    eve = day - timedelta(days=1)
    yield SendWindow(Occasion.WELCOME, datetime.min.replace(tzinfo=zone), event.ends_at)
    yield SendWindow(Occasion.DAY_BEFORE, _at(eve, time(11), zone), _at(eve, QUIET_FROM, zone))
    yield SendWindow(Occasion.SAME_DAY, _at(day, QUIET_UNTIL, zone), event.starts_at - timedelta(hours=1))
    if event.ends_at.year < MAXYEAR:
        yield SendWindow(
            Occasion.AFTER, event.ends_at + timedelta(hours=1), event.ends_at + timedelta(hours=36)
        )


def is_overtaken(occasion: Occasion, event: PublicEvent) -> bool:
    """True for messages about an event that takes place, once it is cancelled."""
    return event.is_cancelled and occasion not in (Occasion.CANCELLED, Occasion.WORDS)


def may_send_at(occasion: Occasion, event: PublicEvent, now: datetime) -> bool:
    """True for a welcome, for a change less than SOON before the event, and otherwise outside quiet hours."""
    if occasion == Occasion.WELCOME:
        return True
    near = event.starts_at - now < SOON
    if near and occasion in (
        Occasion.CHANGED,
        Occasion.CANCELLED,
        Occasion.MOVED_UP,
        Occasion.SLOT_LOST,
        Occasion.LINK,
    ):
        return True
    return not is_quiet_hour(now, event.organisation.zone)


def is_quiet_hour(now: datetime, zone: ZoneInfo) -> bool:
    """True from nine in the evening until eight in the morning, local time.

    >>> is_quiet_hour(datetime(2030, 1, 1, 7, 59, tzinfo=ZoneInfo("Europe/Berlin")), ZoneInfo("Europe/Berlin"))
    True
    """
    hour = now.astimezone(zone).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone)
