"""Items of Today about the world outside: issues that break out, and sections whose mood has turned."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from massline.desk.decide.decisions.wait_conditions import list_wait_conditions
from massline.desk.decide.forces.relations import list_open_offers
from massline.desk.decide.promises.models import Promise
from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.people.models import Organisation
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.pulse_board import PulseBoard
from massline.web.templatetags.massline import on_day

SHOWN = 3


def wait_condition_todos(organisation: Organisation) -> Iterator[TodoItem]:
    """Decisions to wait whose sign has come."""
    for state in list_wait_conditions(organisation):
        if state.has_come:
            sign = state.sign
            yield TodoItem(
                "sign-has-come",
                _("What you waited for is here: %(sign)s.") % {"sign": sign.label},
                _("It is %(value)g; you said %(least)g. You had decided to wait: “%(title)s”.")
                % {"value": state.value, "least": sign.at_least, "title": sign.decision.title},
                _("Decide again"),
                reverse("decide:decision", args=[organisation.slug, sign.decision_id]),
                urgency=Urgency.CHANGED,
            )


def promise_todos(organisation: Organisation) -> Iterator[TodoItem]:
    """Promises of the other side whose day has come."""
    due = Promise.objects.filter(organisation=organisation).due().select_related("force")
    for promise in due[:SHOWN]:
        yield TodoItem(
            "promise-due",
            _("Was it kept? “%(what)s”") % {"what": promise.what},
            _("%(who)s promised it by %(day)s.") % {"who": promise.force.name, "day": on_day(promise.due_on)},
            _("Say what came of it"),
            reverse("decide:promise", args=[organisation.slug, promise.pk]),
            urgency=Urgency.TONIGHT,
        )


def offer_todos(organisation: Organisation) -> Iterator[TodoItem]:
    """Offers of others that nobody has answered: people ask about them at the next door."""
    for move in list_open_offers(organisation)[:SHOWN]:
        yield TodoItem(
            "offer-open",
            _("%(who)s offers: “%(what)s”") % {"who": move.force.name, "what": move.what},
            _("Since %(day)s. What do we say when somebody asks?") % {"day": on_day(move.day)},
            _("Answer it"),
            reverse("decide:force", args=[organisation.slug, move.force_id]) + f"#move-{move.pk}",
            urgency=Urgency.TONIGHT,
        )


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
            " ".join(part for part in (watch.sentence, watch.countdown, watch.closes) if part),
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
