"""The evening by the hour: agenda items at the times they are planned for, with who opens each."""

from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta

from massline.desk.act.events.models import Event
from massline.desk.act.meetings.models import Meeting


@dataclass(frozen=True)
class PlannedItem:
    """An agenda item at its hour; `state` is done, here or empty for what is to come, `who` empty where nobody opens it."""

    at: datetime
    title: str
    who: str
    state: str


def list_planned_items(event: Event) -> list[PlannedItem]:
    """The items of the meeting one after another from the beginning of the event; none without an agenda."""
    if event.starts_at.year == MAXYEAR:
        return []  # nobody means that day, and no hour can be reckoned from it
    meeting = Meeting.objects.filter(event=event).prefetch_related("items").first()
    at, entries = event.starts_at, []
    for item in meeting.items.all() if meeting else ():
        state = "here" if item.is_running else "done" if item.ended_at else ""
        entries.append(PlannedItem(at, item.title, item.who, state))
        at += timedelta(minutes=item.minutes)
    return entries
