"""Items of Today about the world outside: issues that break out, and sections whose mood has turned."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from massline.desk.home.todo_item import TodoItem
from massline.desk.people.models import Organisation
from massline.desk.sumup.bench.mood import MoodBoard
from massline.desk.sumup.bench.pulse import PulseBoard

SHOWN = 3


def alarm_todos(organisation: Organisation) -> Iterator[TodoItem]:
    """What has just changed, with the days it is likely to last; the page where one judges the moment is next."""
    pages = {
        watch.name: reverse("listen:watch", args=[organisation.slug, watch.pk])
        for watch in organisation.watches.all()
    }
    judge = reverse("decide:assessments", args=[organisation.slug])
    for watch in PulseBoard(organisation).alarms[:SHOWN]:
        yield TodoItem(
            "alarm",
            _("%(issue)s %(status)s: alarm since %(day)s.")
            % {"issue": watch.name, "status": watch.status, "day": watch.alarm},
            " ".join(part for part in (watch.sentence, watch.closes) if part),
            _("Look at it"),
            pages.get(watch.name, judge),
        )
    for sentence in MoodBoard(organisation).fresh_changes[:SHOWN]:
        yield TodoItem(
            "mood-turned",
            sentence,
            _("Go and hear why before anybody decides what to make of it."),
            _("Is it time?"),
            judge,
        )
