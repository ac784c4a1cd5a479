"""Calendars as feeds: what was, what is announced, what repeats, and what cannot be read."""

import json
from datetime import UTC, date, timedelta
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from icalendar import Calendar

from massline.desk.listen.watches import actions, calendar_feeds
from massline.desk.listen.watches.calendar_feeds import read_calendar
from massline.desk.listen.watches.models import Watch
from massline.desk.listen.watches.other_feed_formats import find_named_feed_address, read_json_feed
from massline.desk.people.models import Account
from tests.conftest import at_desk
from tests.desk.listen.feed_server import Paper
from tests.desk.listen.feed_texts import PAGE, TODAY, calendar, event
from tests.parts import expect_refusal, field_errors


def days(*events: str) -> list[date]:
    return [item.day for item in read_calendar(calendar(*events), zone=UTC, today=TODAY)]


def test_a_calendar_tells_what_was_and_what_is_announced(watch: Watch, paper: Paper, bea: Account) -> None:
    feed = actions.add_feed(watch=watch, url=paper.address, by=bea)
    today = timezone.localdate()
    past, coming = today - timedelta(days=3), today + timedelta(days=6)
    paper.body = calendar(
        event("a", f";VALUE=DATE:{past:%Y%m%d}", title="Picket"),
        event("b", f";VALUE=DATE:{coming:%Y%m%d}", "URL:https://union.example/b", title="Strike"),
        event("c", f";VALUE=DATE:{coming:%Y%m%d}", "STATUS:CANCELLED", title="Called off"),
    )
    assert actions.fetch_feed(feed).events == 1
    assert watch.events.get().title == "Picket"
    announced = watch.announcements.get()
    assert (announced.day, announced.title, announced.url) == (coming, "Strike", "https://union.example/b")
    actions.fetch_feed(feed)
    assert watch.announcements.count() == 1
    assert watch.events.count() == 1


def test_a_calendar_can_be_sent_as_a_file(watch: Watch, bea: Account) -> None:
    sent = {"table": SimpleUploadedFile("c.ics", calendar(event("a", ":20261103T180000Z")))}
    assert at_desk(bea).post(f"/riverside/listen/watches/{watch.pk}/table/", sent).status_code == 302
    assert watch.events.get().day == date(2026, 11, 3)


def test_repeated_events_stand_on_each_day_but_those_left_out_or_moved() -> None:
    weekly = event("w", ":20261102T180000Z", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261109T180000Z")
    assert days(weekly) == [date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 23)]
    moved = event("w", ":20261118T180000Z", "RECURRENCE-ID:20261116T180000Z")
    assert days(weekly, moved) == [date(2026, 11, 2), date(2026, 11, 23), date(2026, 11, 18)]
    assert days(event("y", ";VALUE=DATE:20200501", "RRULE:FREQ=YEARLY")) == [
        date(2026, 5, 1),
        date(2027, 5, 1),
    ]
    assert len(days(event("d", ";VALUE=DATE:20260101", "RRULE:FREQ=DAILY"))) <= 400


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=5",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=DAILY;INTERVAL=0;COUNT=3",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTHDAY=40",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=2MO;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=1MO,TU",
        "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=YEARLY;BYSETPOS=2",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYDAY=5MO",
    ],
)
def test_rules_that_could_be_looked_for_without_end_are_never_walked_through(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(*args: object, **kwargs: object) -> None:
        raise LookupError(rule)

    monkeypatch.setattr(calendar_feeds, "rrulestr", walk)
    hostile = [event(str(n), ":20261102T180000Z", f"RRULE:{rule}") for n in range(300)]
    assert days(*hostile) == [date(2026, 11, 2)] * 300


def test_a_day_that_the_named_month_lacks_is_not_looked_for() -> None:
    begun = event("x", ":20260131T180000Z", "RRULE:FREQ=MONTHLY;BYMONTH=6")
    assert days(begun) == [date(2026, 1, 31)]


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", [date(2026, 11, 30), date(2026, 12, 31)]),
        ("FREQ=MONTHLY;BYDAY=-1MO", [date(2026, 11, 30), date(2026, 12, 28)]),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", [date(2026, 11, 13), date(2027, 8, 13)]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", [date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 16)]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", [date(2026, 12, 31)]),
        ("FREQ=DAILY;INTERVAL=3", [date(2026, 11, 2), date(2026, 11, 5)]),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", [date(2026, 11, 26)]),
    ],
)
def test_usual_rules_stand_on_each_of_their_days(rule: str, first: list[date]) -> None:
    assert days(event("x", ":20261102T180000Z", f"RRULE:{rule}"))[: len(first)] == first


def test_a_calendar_of_endless_repeats_takes_a_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count()
    monkeypatch.setattr(calendar_feeds, "monotonic", lambda: next(seconds) / 10)
    found = days(*(event(str(n), ":20261102T180000Z", "RRULE:FREQ=YEARLY") for n in range(300)))
    assert found.count(date(2026, 11, 2)) == 300
    repeated = found.count(date(2027, 11, 2))
    assert 0 < repeated <= calendar_feeds.REPEATS_SECONDS * 10


@pytest.mark.parametrize("link", ["http://[", "http://[::1/"])
def test_an_address_that_is_none_leaves_the_others_standing(link: str) -> None:
    feed = {"items": [{"title": "A", "url": link}, {"title": "B", "url": "/b"}]}
    items = read_json_feed(json.dumps(feed).encode(), url="https://a.example/f", zone=UTC, today=TODAY)
    assert [item.url for item in items] == ["", "https://a.example/b"]
    broken = PAGE.replace(b"/news.xml", link.encode())
    assert find_named_feed_address(broken + PAGE, "https://a.example/x") == "https://a.example/news.xml"


def test_a_moved_event_that_cannot_be_read_leaves_the_others_standing() -> None:
    twice = event(
        "w", ":20261102T180000Z", "RECURRENCE-ID:20261116T180000Z", "RECURRENCE-ID:20261117T180000Z"
    )
    assert date(2026, 11, 3) in days(twice, event("a", ":20261103T180000Z"))


@pytest.mark.parametrize("wrong", [ValueError, AttributeError, RecursionError])
def test_a_calendar_that_cannot_be_read_is_refused_in_the_form(
    watch: Watch, bea: Account, wrong: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise wrong

    monkeypatch.setattr(Calendar, "from_ical", fail)
    sent = {"table": SimpleUploadedFile("c.ics", calendar())}
    answer = at_desk(bea).post(f"/riverside/listen/watches/{watch.pk}/table/", sent)
    assert field_errors(answer, "table")
    assert not watch.events.exists()


def test_an_event_that_cannot_be_read_leaves_the_others_standing() -> None:
    assert days("UID:broken\r\nSUMMARY:No day\r\n", event("a", ":20261103T180000Z")) == [date(2026, 11, 3)]


def long_calendar(events: int) -> bytes:
    return calendar(*[event(f"n{n}", f":20261103T{n % 24:02}0000Z") for n in range(events)])


def test_of_a_long_calendar_the_first_thousand_events_are_read() -> None:
    assert len(read_calendar(long_calendar(1_200), zone=UTC, today=TODAY)) == 1_000


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX-LONG:"
            + b"a" * 31_000_000
            + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            id="30 MB",
        ),
        pytest.param(
            b"BEGIN:VCALENDAR\r\n" + b"X-A:1\r\n" * 500_000 + b"END:VCALENDAR\r\n", id="half a million lines"
        ),
        pytest.param(
            b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 900 + b"END:VCALENDAR\r\n", id="900 deep"
        ),
    ],
)
def test_a_calendar_that_would_hold_the_request_is_refused_before_it_is_read(
    watch: Watch, bea: Account, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A calendar of 30 MB was parsed within the request."""
    monkeypatch.setattr(Calendar, "from_ical", lambda *_args, **_more: pytest.fail("it was read"))
    sent = {"table": SimpleUploadedFile("c.ics", body)}
    answer = at_desk(bea).post(f"/riverside/listen/watches/{watch.pk}/table/", sent, follow=True)
    assert field_errors(answer, "table") == ["calendar-too-large"]
    assert not watch.events.exists()
    with expect_refusal("calendar-too-large"):
        read_calendar(body, zone=UTC, today=TODAY)


def test_a_file_of_more_events_than_are_read_is_refused_instead_of_cut(watch: Watch, bea: Account) -> None:
    sent = {"table": SimpleUploadedFile("c.ics", long_calendar(1_001))}
    answer = at_desk(bea).post(f"/riverside/listen/watches/{watch.pk}/table/", sent, follow=True)
    assert field_errors(answer, "table") == ["too-many-events"]
    assert not watch.events.exists()
