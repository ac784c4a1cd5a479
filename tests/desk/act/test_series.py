"""Meetings that come again, in the hours of the place."""

from datetime import UTC, date, datetime, timedelta

import time_machine

from massline.desk.act import jobs
from massline.desk.act.events import actions
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Recurrence, Series, recurring_days
from massline.desk.act.events.series_actions import plan_series
from massline.desk.people.models import Account, Organisation
from massline.jobs.worker import do_all
from massline.square.calls.models import PublicEvent
from tests.conftest import DoorClient, at_desk
from tests.parts import shows
from tests.square.calls.test_icalendar import events_in

OCTOBER = datetime(2030, 10, 1, 9, tzinfo=UTC)


def test_every_tuesday_stays_at_seven_when_the_clocks_change(riverside: Organisation, bea: Account) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        form = {
            "kind": "meeting",
            "title": "Tea and letters",
            "starts_at": "2030-10-08T19:00",
            "ends_at": "2030-10-08T21:00",
            "place": "Laundry",
            "every": "week",
        }
        answer = at_desk(bea).post("/riverside/act/plan/", form)
        assert answer.status_code == 302, answer.content.decode()
        jobs.plan_series_ahead()
        do_all("desk")
    starts = [one.starts_at.astimezone(riverside.zone) for one in Event.objects.order_by("starts_at")]
    assert [str(one.date()) for one in starts] == [
        "2030-10-08",
        "2030-10-15",
        "2030-10-22",
        "2030-10-29",
        "2030-11-05",
    ]
    assert {one.hour for one in starts} == {19}
    assert len({one.utcoffset() for one in starts}) == 2
    assert PublicEvent.objects.count() == 5
    with time_machine.travel(OCTOBER, tick=False):
        listed = events_in(DoorClient("square"), "/riverside/events.ics")
        feed = DoorClient("square").get("/riverside/news.atom").content.decode()
    assert len(listed) == 5, "each evening is an entry of its own, which may be moved or called off alone"
    assert feed.count("<entry>") == 1, "a series leaves room for calls and report-backs"
    first = PublicEvent.objects.order_by("starts_at")[0]
    assert first.uuid.urn in feed
    assert {one["DTSTART"][-7:] for one in listed.values()} == {"T190000"}


def test_one_that_is_called_off_is_not_planned_again_and_a_series_that_ends_stops(
    riverside: Organisation, bea: Account
) -> None:
    start = datetime(2030, 10, 8, 19, tzinfo=riverside.zone)
    with time_machine.travel(OCTOBER, tick=False):
        series = plan_series(
            organisation=riverside,
            every=Recurrence.TWO_WEEKS,
            by=bea,
            facts=EventPlan(
                kind="meeting",
                title="Tea",
                starts_at=start,
                ends_at=start + timedelta(hours=2),
                place="Laundry",
            ),
        )
        first = series.events.earliest("starts_at")
        actions.cancel_event(event=first, by=bea, reason="The laundry is flooded.")
        jobs.plan_series_ahead()
        do_all("desk")
        assert series.events.count() == 3
        assert shows(
            at_desk(bea).get(f"/riverside/act/{first.pk}/"), "repeats", str(series.get_every_display())
        )
    with time_machine.travel(OCTOBER + timedelta(days=14), tick=False):
        jobs.plan_series_ahead()
        do_all("desk")
        assert series.events.count() == 4
        at_desk(bea).post(f"/riverside/act/{first.pk}/end-series/")
    with time_machine.travel(OCTOBER + timedelta(days=60), tick=False):
        jobs.plan_series_ahead()
        do_all("desk")
        assert Series.objects.get().events.count() == 4


def test_the_fifth_friday_is_the_last_one_where_there_is_no_fifth() -> None:
    found = list(recurring_days(date(2030, 3, 29), Recurrence.MONTH, until=date(2030, 6, 30)))
    assert [str(day) for day in found] == ["2030-03-29", "2030-04-26", "2030-05-31", "2030-06-28"]
