"""Making an agenda, running it by the clock, and closing the meeting when the next one was announced."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import refuse
from massline.desk.act.events.models import Event
from massline.desk.act.meetings import rules
from massline.desk.act.meetings.models import Item, Meeting, Waiting
from massline.desk.decide.ballots.count import Rule
from massline.desk.decide.motions.actions import put_motion
from massline.desk.decide.motions.models import Motion
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account


def usual() -> list[tuple[str, int]]:
    """What a mass meeting usually talks about, and for how many minutes; every line can be changed."""
    return [
        (_("Welcome: who is here, what we want tonight"), 10),
        (_("What happened since last time"), 15),
        (_("What we decide tonight"), 30),
        (_("Who takes on what"), 15),
        (_("The next meeting is announced"), 5),
    ]


def make(*, event: Event, by: Account) -> Meeting:
    """Make the kit of a meeting with the usual agenda; made twice, there is one."""
    with transaction.atomic(using="desk"):
        meeting, made = Meeting.objects.get_or_create(event=event)
        if made:
            for place, (title, minutes) in enumerate(usual(), 1):
                Item.objects.create(meeting=meeting, title=title, minutes=minutes, place=place)
            chain.write(event.organisation, by, "made an agenda", meeting)
    return meeting


def add_item(*, meeting: Meeting, title: str, minutes: int, by: Account, who: str = "") -> Item:
    """Put something on the agenda, before the last item: that one announces the next meeting."""
    refuse(_closed(meeting))
    with transaction.atomic(using="desk"):
        rest = [one for one in meeting.items.all() if one.begun_at is None]
        item = Item.objects.create(
            meeting=meeting, title=title, who=who, minutes=minutes, place=meeting.items.count() + 1
        )
        if rest:
            _order([one for one in meeting.items.all() if one not in (item, rest[-1])] + [item, rest[-1]])
        chain.write(meeting.event.organisation, by, "put something on the agenda", item)
    return item


def change_item(*, item: Item, title: str, minutes: int, who: str, minute: str, by: Account) -> None:
    refuse(_closed(item.meeting))
    with transaction.atomic(using="desk"):
        item.title, item.minutes, item.who, item.minute = title, minutes, who, minute
        item.save(update_fields=["title", "minutes", "who", "minute"])
        chain.write(item.meeting.event.organisation, by, "wrote the minute", item)


def move_item(*, item: Item, way: str) -> None:
    """Move an item up or down, or take it off the agenda."""
    refuse(_closed(item.meeting))
    if way == "off":
        item.delete()
        return
    with transaction.atomic(using="desk"):
        items = list(item.meeting.items.all())
        at = items.index(item)
        to = max(0, at - 1) if way == "up" else min(len(items) - 1, at + 1)
        items.insert(to, items.pop(at))
        _order(items)


def _order(items: list[Item]) -> None:
    for place, one in enumerate(items, 1):
        if one.place != place:
            one.place = place
            one.save(update_fields=["place"])


def begin_item(*, item: Item) -> None:
    """Talk about this now: what was talked about before ends, and the clock starts."""
    refuse(_closed(item.meeting))
    now = timezone.now()
    with transaction.atomic(using="desk"):
        item.meeting.items.filter(ended_at=None).exclude(begun_at=None).exclude(pk=item.pk).update(
            ended_at=now
        )
        item.begun_at, item.ended_at = now - item.taken, None
        item.save(update_fields=["begun_at", "ended_at"])


def end_item(*, item: Item) -> None:
    refuse(_closed(item.meeting))
    if item.is_running:
        item.ended_at = timezone.now()
        item.save(update_fields=["ended_at"])


def link_motion(*, item: Item, motion: Motion | None, by: Account) -> None:
    """Say which motion is put under this item; None takes it away."""
    refuse(_closed(item.meeting))
    with transaction.atomic(using="desk"):
        item.motion = motion
        item.save(update_fields=["motion"])
        chain.write(item.meeting.event.organisation, by, "linked a motion", item)


def put(*, item: Item, text: str, by: Account, rule: str = Rule.MAJORITY, quorum: int = 0) -> Motion:
    """Put a motion to this meeting under this item."""
    refuse(_closed(item.meeting))
    event = item.meeting.event
    with transaction.atomic(using="desk"):
        motion = put_motion(
            organisation=event.organisation,
            text=text,
            meeting=event.title,
            meeting_uuid=event.uuid,
            rule=rule,
            quorum=quorum,
            by=by,
        )
        link_motion(item=item, motion=motion, by=by)
    return motion


def want_to_speak(*, item: Item, name: str, is_first_time: bool) -> Waiting:
    """Put somebody on the list; who speaks for the first time goes before those who have spoken."""
    refuse(_closed(item.meeting) + ([rules.HasMotion()] if item.motion_id else []))
    with transaction.atomic(using="desk"):
        places = item.waiting.filter(is_first_time=True) if is_first_time else item.waiting.all()
        last = places.aggregate(last=Max("place"))["last"] or 0
        for one in item.waiting.filter(place__gt=last):
            one.place += 1
            one.save(update_fields=["place"])
        return Waiting.objects.create(
            item=item, name=name.strip(), place=last + 1, is_first_time=is_first_time
        )


def spoke(*, waiting: Waiting) -> None:
    """Strike somebody off the list: they have spoken, or do not want to any more."""
    waiting.delete()


def close(
    *, meeting: Meeting, present: int, next_event: Event | None, no_next_because: str, by: Account
) -> None:
    """Close the meeting: the next one was announced before people left, or it is said why there is none."""
    motions = [one.motion for one in meeting.items.select_related("motion") if one.motion]
    refuse(
        _closed(meeting)
        + ([] if next_event is not None or no_next_because.strip() else [rules.NoNextMeeting()])
        + ([rules.NotAhead()] if next_event and next_event.starts_at <= meeting.event.starts_at else [])
        + [rules.MotionOpen(one.text) for one in motions if one.is_open]
    )
    event, now = meeting.event, timezone.now()
    with transaction.atomic(using="desk"):
        meeting.present, meeting.closed_at = present, now
        meeting.no_next_because = "" if next_event else no_next_because.strip()
        meeting.save(update_fields=["present", "closed_at", "no_next_because"])
        meeting.items.filter(ended_at=None).exclude(begun_at=None).update(ended_at=now)
        Waiting.objects.filter(item__meeting=meeting).delete()
        event.headcount = present if event.headcount is None else event.headcount
        event.next_event = next_event or event.next_event
        event.save(update_fields=["headcount", "next_event"])
        chain.write(event.organisation, by, "closed a meeting", meeting)


def _closed(meeting: Meeting) -> list[object]:
    return [] if meeting.is_open else [rules.Closed()]
