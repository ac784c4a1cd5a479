"""How many of those who came to an event stayed with us, in numbers alone and never below the threshold."""

from collections import defaultdict
from collections.abc import Sequence

from massline.core.disclosure_threshold import threshold
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.people.mandate_models import Holding


def count_stayed(events: Sequence[Event]) -> dict[int, int | None]:
    """Count for each event who came to a later one or holds a role now; None where that is fewer than may be told.

    All events belong to one organisation. Three queries in all.
    """
    if not events:
        return {}
    organisation = events[0].organisation
    rows = Attendance.objects.filter(event__organisation=organisation).came()
    came: dict[int, set[int]] = defaultdict(set)
    days: dict[int, list[tuple[object, int]]] = defaultdict(list)
    for event_pk, contact, starts_at in rows.values_list("event", "contact", "event__starts_at"):
        came[event_pk].add(contact)
        days[contact].append((starts_at, event_pk))
    holding = set(
        Holding.objects.filter(
            mandate__organisation=organisation, mandate__closed_on=None, until=None, contact__isnull=False
        ).values_list("contact", flat=True)
    )
    least = threshold(organisation)
    counts: dict[int, int | None] = {}
    for event in events:
        stayed = sum(
            contact in holding or any(moment > event.starts_at for moment, _pk in days[contact])  # type: ignore[operator]
            for contact in came[event.pk]
        )
        counts[event.pk] = stayed if least.shows(stayed) else None
    return counts
