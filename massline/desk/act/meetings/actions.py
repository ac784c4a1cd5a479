"""Create an agenda, run it by the clock, and close the meeting once the next one is announced."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.db.erasure import erase_after_commit
from massline.core.refusal import refuse
from massline.desk.act.events.models import Event
from massline.desk.act.meetings import refusal_reasons
from massline.desk.act.meetings.models import Item, Meeting, Waiting
from massline.desk.decide.ballots.majority_count import MajorityRule
from massline.desk.decide.motions.actions import put_motion
from massline.desk.decide.motions.models import Motion
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account


def usual_agenda() -> list[tuple[str, int]]:
    """List the titles and minutes that a new agenda starts with."""
    return [
        (_("Welcome: who is here, what we want to do tonight"), 10),
        (_("What happened since last time"), 15),
        (_("What we decide tonight"), 30),
        (_("Who does what"), 15),
        (_("Announce the next meeting"), 5),
    ]


def create_agenda(*, event: Event, by: Account) -> Meeting:
    """Create the meeting of an event with the usual agenda; an existing one is returned unchanged."""
    with transaction.atomic(using="desk"):
        meeting, made = Meeting.objects.get_or_create(event=event)
        if made:
            for place, (title, minutes) in enumerate(usual_agenda(), 1):
                Item.objects.create(meeting=meeting, title=title, minutes=minutes, place=place)
            chain.append_line(event.organisation, by, "made an agenda", meeting)
    return meeting


def add_agenda_item(*, meeting: Meeting, title: str, minutes: int, by: Account, who: str = "") -> Item:
    """Add an item before the last one, which announces the next meeting."""
    refuse(_closed_reasons(meeting))
    with transaction.atomic(using="desk"):
        rest = [entry for entry in meeting.items.all() if entry.begun_at is None]
        item = Item.objects.create(
            meeting=meeting, title=title, who=who, minutes=minutes, place=meeting.items.count() + 1
        )
        if rest:
            _renumber(
                [entry for entry in meeting.items.all() if entry not in (item, rest[-1])] + [item, rest[-1]]
            )
        chain.append_line(meeting.event.organisation, by, "put something on the agenda", item)
    return item


def change_item(*, item: Item, title: str, minutes: int, who: str, minute: str, by: Account) -> None:
    refuse(_closed_reasons(item.meeting))
    with transaction.atomic(using="desk"):
        item.title, item.minutes, item.who, item.minute = title, minutes, who, minute
        item.save(update_fields=["title", "minutes", "who", "minute"])
        chain.append_line(item.meeting.event.organisation, by, "wrote the minute", item)


def move_item(*, item: Item, direction: str) -> None:
    """Move an item "up" or "down" by one place."""
    refuse(_closed_reasons(item.meeting))
    with transaction.atomic(using="desk"):
        items = list(item.meeting.items.all())
        at = items.index(item)
        to = max(0, at - 1) if direction == "up" else min(len(items) - 1, at + 1)
        items.insert(to, items.pop(at))
        _renumber(items)


def remove_item(*, item: Item) -> None:
    refuse(_closed_reasons(item.meeting))
    item.delete()


def _renumber(items: list[Item]) -> None:
    for place, item in enumerate(items, 1):
        if item.place != place:
            item.place = place
            item.save(update_fields=["place"])


def begin_item(*, item: Item) -> None:
    """Start an item's clock, and end the item that was running."""
    refuse(_closed_reasons(item.meeting))
    now = timezone.now()
    with transaction.atomic(using="desk"):
        item.meeting.items.filter(ended_at=None).exclude(begun_at=None).exclude(pk=item.pk).update(
            ended_at=now
        )
        item.begun_at, item.ended_at = now - item.taken, None
        item.save(update_fields=["begun_at", "ended_at"])


def end_item(*, item: Item) -> None:
    refuse(_closed_reasons(item.meeting))
    if item.is_running:
        item.ended_at = timezone.now()
        item.save(update_fields=["ended_at"])


def link_motion(*, item: Item, motion: Motion | None, by: Account) -> None:
    """Link a motion to this item; None removes the link."""
    refuse(_closed_reasons(item.meeting))
    with transaction.atomic(using="desk"):
        item.motion = motion
        item.save(update_fields=["motion"])
        chain.append_line(item.meeting.event.organisation, by, "linked a motion", item)


def put_new_motion(
    *, item: Item, text: str, by: Account, rule: str = MajorityRule.MAJORITY, quorum: int = 0
) -> Motion:
    """Propose a motion to this meeting and link it to this item."""
    refuse(_closed_reasons(item.meeting))
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


def add_speaker_to_queue(*, item: Item, name: str, is_first_time: bool) -> Waiting:
    """Add somebody to the queue of speakers; first-time speakers go before those who have spoken."""
    refuse(_closed_reasons(item.meeting) + ([refusal_reasons.ItemHasMotion()] if item.motion_id else []))
    with transaction.atomic(using="desk"):
        places = item.waiting.filter(is_first_time=True) if is_first_time else item.waiting.all()
        last = places.aggregate(last=Max("place"))["last"] or 0
        for speaker in item.waiting.filter(place__gt=last):
            speaker.place += 1
            speaker.save(update_fields=["place"])
        return Waiting.objects.create(
            item=item, name=name.strip(), place=last + 1, is_first_time=is_first_time
        )


def remove_speaker_from_queue(*, waiting: Waiting) -> None:
    """Remove a speaker who has spoken or no longer wants to."""
    waiting.delete()
    erase_after_commit("desk")


def close_meeting(
    *, meeting: Meeting, present: int, next_event: Event | None, no_next_because: str, by: Account
) -> None:
    """Close the meeting; needs the next meeting, or the reason why there is none."""
    motions = [item.motion for item in meeting.items.select_related("motion") if item.motion]
    refuse(
        _closed_reasons(meeting)
        + ([] if next_event is not None or no_next_because.strip() else [refusal_reasons.NoNextMeeting()])
        + (
            [refusal_reasons.NextMeetingNotAhead()]
            if next_event and next_event.starts_at <= meeting.event.starts_at
            else []
        )
        + [refusal_reasons.MotionOpen(motion.text) for motion in motions if motion.is_open]
    )
    event, now = meeting.event, timezone.now()
    with transaction.atomic(using="desk"):
        meeting.present, meeting.closed_at = present, now
        meeting.no_next_because = "" if next_event else no_next_because.strip()
        meeting.save(update_fields=["present", "closed_at", "no_next_because"])
        meeting.items.filter(ended_at=None).exclude(begun_at=None).update(ended_at=now)
        Waiting.objects.filter(item__meeting=meeting).delete()
        erase_after_commit("desk")
        event.headcount = present if event.headcount is None else event.headcount
        event.next_event = next_event or event.next_event
        event.save(update_fields=["headcount", "next_event"])
        chain.append_line(event.organisation, by, "closed a meeting", meeting)


def _closed_reasons(meeting: Meeting) -> list[object]:
    return [] if meeting.is_open else [refusal_reasons.MeetingClosed()]
