"""Receivers that create, change and cancel the event of a call in the same transaction as the call."""

from dataclasses import asdict
from typing import Any

from massline.desk.act.events.change_mailings import (
    announced_facts,
    queue_cancellation_mailing,
    queue_change_mailing,
)
from massline.desk.act.events.models import Event
from massline.desk.call.models import Call
from massline.desk.call.published_facts import event_facts
from massline.desk.people.models import Account


def make_event_of_call(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    """Create the event of a call, under the call's uuid."""
    Event.objects.update_or_create(
        uuid=call.uuid,
        defaults={
            "organisation": call.organisation,
            "call": call,
            "made_by": by,
            **asdict(event_facts(call)),
        },
    )


def change_event_of_call(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    event = Event.objects.filter(call=call).first()
    if event is not None:
        before = announced_facts(event)
        Event.objects.filter(pk=event.pk).update(**asdict(event_facts(call)))
        queue_change_mailing(event, before)


def cancel_event_of_call(sender: type[Call], *, call: Call, by: Account | None, **_: Any) -> None:
    for event in Event.objects.filter(call=call):
        Event.objects.filter(pk=event.pk).update(cancelled=True)
        queue_cancellation_mailing(event)
