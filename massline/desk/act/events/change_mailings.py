"""Jobs that notify people who signed up of a change, queued in the transaction of the change itself."""

from massline.desk.act.events.models import Event
from massline.jobs.models import enqueue


def announced_facts(event: Event) -> dict[str, str]:
    """The announced facts of an event as JSON; times in ISO 8601."""
    return {
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "place": event.place,
        "title": event.title,
        "joining": event.joining,
    }


def queue_change_mailing(event: Event, before: dict[str, str]) -> None:
    """Queue messages about a change, of which the worker sends none if the square shows no difference, and shorter keeping."""
    enqueue("act.tell_change", using="desk", event=str(event.uuid), was=before)
    enqueue("act.shorten_retention", using="desk", event=str(event.uuid), was=before)


def queue_cancellation_mailing(event: Event) -> None:
    enqueue("act.tell_cancelled", using="desk", event=str(event.uuid))
