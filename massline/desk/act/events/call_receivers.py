"""Every call that goes out gets its event, in the same step; what changes in the call changes in the event."""

from typing import Any

from massline.desk.act.events.change_notices import tell_cancelled, tell_change, told_so_far
from massline.desk.act.events.models import Event
from massline.desk.call.models import Call
from massline.desk.people.models import Account
from massline.square.calls.models import EventKind


def make_event(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    """Make the event of a call. It bears the call's uuid, on the square too."""
    Event.objects.update_or_create(
        uuid=call.uuid,
        defaults={"organisation": call.organisation, "call": call, "made_by": by, **_facts(call)},
    )


def change_event(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    event = Event.objects.filter(call=call).first()
    if event is not None:
        was = told_so_far(event)
        Event.objects.filter(pk=event.pk).update(**_facts(call))
        tell_change(event, was)


def cancel_event(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    for event in Event.objects.filter(call=call):
        Event.objects.filter(pk=event.pk).update(cancelled=True)
        tell_cancelled(event)


def _facts(call: Call) -> dict[str, Any]:
    return {
        "kind": EventKind.MASS_MEETING if call.mass_meeting else EventKind.ACTION,
        "title": call.what,
        "about": call.why,
        "starts_at": call.starts_at,
        "ends_at": call.ends_at,
        "place": call.place,
        "access": call.access,
    }
