"""What a compartment lives through in the acting rooms beside its events, with words of its own in every text."""

from datetime import timedelta

from django.utils import timezone

from massline.desk.act.meeting import actions as meetings
from massline.desk.act.models import Event
from massline.desk.act.programmes import actions as programmes
from massline.desk.act.structure import actions as structure
from tests.guard.compartments import Compartment


def act_together(home: Compartment) -> None:
    """Everything people do between a call and its lesson."""
    _meet(home, Event.objects.get(pk=home.rows["event"]))
    _help_each_other(home)
    _test_the_structure(home)


def _meet(home: Compartment, event: Event) -> None:
    kept, by = home.marks.kept, home.organiser
    meeting = meetings.make(event=event, by=by)
    type(meeting).objects.filter(pk=meeting.pk).update(no_next_because=f"The hall is lost {kept}")
    item = meetings.add_item(meeting=meeting, title=f"The boilers {kept}", minutes=10, who=f"C {kept}", by=by)
    meetings.change_item(
        item=item, title=item.title, minutes=12, who=item.who, minute=f"We write {kept}", by=by
    )
    waiting = meetings.want_to_speak(item=item, name=f"R {kept}"[:40], is_first_time=True)
    meetings.begin_item(item=item)
    home.rows |= {"item": item.pk, "waiting": waiting.pk}


def _help_each_other(home: Compartment) -> None:
    said, kept, by = home.marks.said, home.marks.kept, home.organiser
    made = programmes.begin(
        organisation=home.organisation, name=f"Warm soup {said}", need=f"Nobody eats warm {kept}", by=by
    )
    start = timezone.now() + timedelta(days=2)
    session = programmes.plan_session(
        programme=made,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place=f"The laundry {said}",
        run_by=f"Block C {kept}",
        by=by,
    )
    ask, offer = (
        programmes.note(programme=made, kind=kind, words=f"A heater {kept}", by=by)
        for kind in ("ask", "offer")
    )
    home.rows |= {"programme": made.pk, "session": session.pk, "ask": ask.pk, "offer": offer.pk}


def _test_the_structure(home: Compartment) -> None:
    today = timezone.localdate()
    made = structure.choose(
        organisation=home.organisation,
        deed=f"Sign the poster {home.marks.kept}",
        begins_on=today,
        ends_on=today,
        strong_percent=60,
        by=home.organiser,
    )
    structure.count(test=made, counts=dict.fromkeys(home.organisation.sections.all(), 20), by=home.organiser)
    home.rows |= {"structure_test": made.pk}
