"""Every call that goes out gets its event, in the same step; what changes in the call changes in the event."""

from dataclasses import asdict
from typing import Any

from massline.desk.act.events.change_notices import tell_cancelled, tell_change, told_so_far
from massline.desk.act.events.models import Event
from massline.desk.call.models import Call
from massline.desk.call.square_facts import event_facts
from massline.desk.people.models import Account


def make_event(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    """Make the event of a call. It bears the call's uuid, on the square too."""
    Event.objects.update_or_create(
        uuid=call.uuid,
        defaults={
            "organisation": call.organisation,
            "call": call,
            "made_by": by,
            **asdict(event_facts(call)),
        },
    )


def change_event(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    event = Event.objects.filter(call=call).first()
    if event is not None:
        was = told_so_far(event)
        Event.objects.filter(pk=event.pk).update(**asdict(event_facts(call)))
        tell_change(event, was)


def cancel_event(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    for event in Event.objects.filter(call=call):
        Event.objects.filter(pk=event.pk).update(cancelled=True)
        tell_cancelled(event)
