"""What changed about an event is put down for the worker to tell, in the same step as the change itself."""

from massline.desk.act.events.models import Event
from massline.jobs.models import enqueue


def told_so_far(event: Event) -> dict[str, str]:
    """What those who come have been told: times as ISO 8601."""
    return {
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "place": event.place,
        "title": event.title,
    }


def tell_change(event: Event, was: dict[str, str]) -> None:
    """Ask the worker to tell everybody; it compares with the square and stays silent where nothing is different."""
    enqueue("act.tell_change", using="desk", event=str(event.uuid), was=was)


def tell_cancelled(event: Event) -> None:
    enqueue("act.tell_cancelled", using="desk", event=str(event.uuid))
