"""Items of Today about the world outside: issues that break out, and sections whose mood has turned."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.people.models import Organisation
from massline.desk.sumup.bench.mood import MoodBoard
from massline.desk.sumup.bench.pulse import PulseBoard

SHOWN = 3


def alarm_todos(organisation: Organisation) -> Iterator[TodoItem]:
    """List what has just changed, with the days it is likely to last; each leads to where its numbers are."""
    pages = {
        watch.name: reverse("listen:watch", args=[organisation.slug, watch.pk])
        for watch in organisation.watches.all()
    }
    judge = reverse("decide:assessments", args=[organisation.slug])
    for watch in PulseBoard(organisation).alarms[:SHOWN]:
        yield TodoItem(
            "alarm",
            f"{watch.name} {watch.status}.",
            " ".join(part for part in (watch.sentence, watch.closes) if part),
            _("See the numbers"),
            pages.get(watch.name, judge),
            urgency=Urgency.CHANGED,
            since=watch.alarm,
            chart=watch.spark,
        )
    for turn in MoodBoard(organisation).fresh_turns[:SHOWN]:
        yield TodoItem(
            "mood-turned",
            turn.sentence,
            _("Go and hear why before anybody decides what to make of it."),
            _("Listen there"),
            reverse("listen:rounds", args=[organisation.slug]),
            urgency=Urgency.CHANGED,
            since=turn.since,
            chart=turn.spark,
        )
