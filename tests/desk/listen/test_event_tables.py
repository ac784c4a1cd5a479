"""Tables of events for an issue we track: read whole, once, and each row by itself."""

import csv
import gzip
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from massline.desk.listen.watches import actions, event_table
from massline.desk.listen.watches.event_deduplication import record_items
from massline.desk.listen.watches.feed_items import FeedItem
from massline.desk.listen.watches.models import Watch, WatchedEvent
from massline.desk.people.models import Account
from massline.desk.sumup.estimates.pulse import daily_rows
from tests.conftest import at_desk
from tests.desk.listen.feed_server import Paper
from tests.parts import field_errors, shows


def real_registrations(shared: Path) -> str:
    with gzip.open(shared / "data/events/de_registrations/registrations.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["issue"] == "housing_cost"]
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def test_a_table_of_real_events_is_taken_in_once(evictions: Watch, bea: Account, shared: Path) -> None:
    text = real_registrations(shared)
    desk, address = at_desk(bea), f"/riverside/listen/watches/{evictions.pk}/table/"
    for _time in range(2):
        answer = desk.post(address, {"table": SimpleUploadedFile("table.csv", text.encode())})
        assert answer.status_code == 302
    rows = list(csv.DictReader(io.StringIO(text)))
    different = {tuple(row.values()) for row in rows}
    counts = list(Watch.objects.get().daily_counts())
    assert sum(one.count for one in counts) == len(different)
    assert min(one.day for one in counts) == date.fromisoformat(min(row["date"] for row in rows))
    assert {one.first_seen_at for one in counts} == {None}, "when it was first known was made up"


def test_the_tables_of_others_are_understood() -> None:
    acled = "event_id_cnty,event_date,event_type,location,notes,source\nDEU1,08 March 2024,Protests,Mainz,Tenants march,Local Press\n"
    ccc = 'date,locality,state,claims_summary,source_1\n2025-02-01,Austin,TX,"against rents, for a cap",https://news.example/a?fbclid=1\n'
    ours = "day,count,first_seen_at\n2026-11-01,3,2026-11-02\n2026-11-02,0,2026-11-02\n"
    assert [(i.day, i.place, i.title) for i in event_table.read_events(acled.encode()).items] == [
        (date(2024, 3, 8), "Mainz", "Tenants march")
    ]
    assert [(i.day, i.url) for i in event_table.read_events(ccc.encode()).items] == [
        (date(2025, 2, 1), "https://news.example/a")
    ]
    assert [(i.count, i.first_seen) for i in event_table.read_events(ours.encode()).items] == [
        (3, date(2026, 11, 2))
    ]


def test_a_row_that_cannot_be_read_is_left_out_alone_and_named(evictions: Watch, bea: Account) -> None:
    bad = "".join(f"31.02.2026,{n}\n" for n in range(10))
    text = f"day,count\n2026-11-01,2\n{bad}2026-11-02,many\n2026-11-03,1\n"
    address = f"/riverside/listen/watches/{evictions.pk}/table/"
    door = at_desk(bea)
    page = door.post(address, {"table": SimpleUploadedFile("t.csv", text.encode())}, follow=True)
    assert WatchedEvent.objects.count() == 2
    assert "11 rows were left out" in page.content.decode()
    assert "row 2 has the day" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,city\nx,y\n", ("no-day-column",)),
        ("day,count\n31.02.2026,1\n", ("unreadable-day", 1, "31.02.2026")),
        ("day,count\n2026-11-01,many\n", ("unreadable-count", 1, "many")),
        ("day,title\n" + "2026-09-01,Eviction\n" * 20_001, ("too-many-rows",)),
    ],
)
def test_a_table_with_a_fault_names_the_row_and_keeps_nothing(
    evictions: Watch, bea: Account, text: str, said: tuple[str, ...]
) -> None:
    address = f"/riverside/listen/watches/{evictions.pk}/table/"
    page = at_desk(bea).post(address, {"table": SimpleUploadedFile("t.csv", text.encode())}).content.decode()
    assert shows(page, *said)
    assert not WatchedEvent.objects.exists()


ARTICLES = (
    "\ufeffURL,MobileURL,Date,Title\r\n"
    "https://news.example/1,,{one},Tenants rally\r\n"
    "https://news.example/2,,{two},Rent strike\r\n"
)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("2026-10-21 03:15:00", "2026-10-22 03:15:00"),
        ("2026-10-21T03:15:00Z", "2026-10-22T23:59:59+00:00"),
        ("20261021T031500Z", "20261022T031500Z"),
        ("21.10.2026 03:15", "22.10.2026 03:15"),
    ],
    ids=["a space", "ISO with a zone", "GDELT", "German"],
)
def test_articles_with_an_hour_beside_their_day_come_in_on_their_days(
    evictions: Watch, bea: Account, one: str, two: str
) -> None:
    """D4: a table of articles whose day carries an hour was refused; three more ways to write it."""
    text = ARTICLES.format(one=one, two=two)
    address = f"/riverside/listen/watches/{evictions.pk}/table/"
    answer = at_desk(bea).post(address, {"table": SimpleUploadedFile("t.csv", text.encode())})
    assert answer.status_code == 302
    assert sorted(WatchedEvent.objects.values_list("day", "title")) == [
        (date(2026, 10, 21), "Tenants rally"),
        (date(2026, 10, 22), "Rent strike"),
    ]


def test_an_announced_day_carries_as_many_events_as_were_announced(
    evictions: Watch, bea: Account, today: date
) -> None:
    desk, base = at_desk(bea), f"/riverside/listen/watches/{evictions.pk}/"
    coming = today + timedelta(days=4)
    desk.post(f"{base}announce/", {"day": coming, "title": "Rallies in the quarters", "events": 5})
    desk.post(f"{base}announce/", {"day": coming, "title": "Court day"})
    assert [(one.day, one.announced) for one in evictions.daily_counts()] == [(coming, 6)]
    assert [row[4] for row in daily_rows(evictions)] == [6]
    page = desk.get(base).content.decode()
    assert shows(page, "announced-day", 5)
    desk.post(f"{base}announce/", {"day": coming, "title": "Rallies in the quarters", "events": 7})
    assert [one.announced for one in evictions.daily_counts()] == [8]
    refused = desk.post(f"{base}announce/", {"day": coming, "title": "Court day", "events": 0})
    assert field_errors(refused.content.decode(), "events") == ["min-value"]
    assert [one.announced for one in evictions.daily_counts()] == [8]


def test_a_table_of_days_to_come_counts_every_event_of_a_day_once(
    evictions: Watch, bea: Account, today: date
) -> None:
    coming = today + timedelta(days=4)
    rows = [
        f"{coming},Eviction march,{place},{count},{key}" for place, count, key in (("A", 2, 1), ("B", 1, 2))
    ]
    table = "\n".join(["day,title,locality,count,id", *rows]).encode()
    for _again in range(2):
        actions.import_table(watch=evictions, content=table, by=bea)
    assert [(row.title, row.events) for row in evictions.announcements.all()] == [("Eviction march", 3)]
    later = f"day,title,locality,count,id\n{coming},Eviction march,A,1,1".encode()
    actions.import_table(watch=evictions, content=later, by=bea)
    assert [one.announced for one in evictions.daily_counts()] == [3]


def test_a_number_that_a_person_set_right_is_not_raised_again(
    evictions: Watch, paper: Paper, bea: Account, today: date
) -> None:
    coming = today + timedelta(days=4)
    rows = [f"{coming},Eviction march,Place {n},1,{n}" for n in range(5)]
    table = "\n".join(["day,title,locality,count,id", *rows]).encode()
    actions.import_table(watch=evictions, content=table, by=bea)
    assert [one.announced for one in evictions.daily_counts()] == [5]
    actions.record_announcement(watch=evictions, day=coming, title="Eviction march", events=3, by=bea)
    actions.import_table(watch=evictions, content=table, by=bea)
    assert [one.announced for one in evictions.daily_counts()] == [3]
    more = FeedItem(coming, "Eviction march", "another", "", "", count=9)
    actions._record_coming(evictions, [more])
    assert [one.announced for one in evictions.daily_counts()] == [3]


def test_a_table_is_saved_in_parts_and_sent_again_adds_the_rest(
    evictions: Watch, bea: Account, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "\n".join(["day,title,id", *(f"{today},House {n},{n}" for n in range(5))]).encode()
    monkeypatch.setattr(actions, "BATCH_SIZE", 2)
    parts = []

    def save_or_break_off(watch: Watch, items: list[FeedItem]) -> Any:
        parts.append(len(items))
        if len(parts) == 3:
            raise OSError("broke off")
        return record_items(watch, items)

    monkeypatch.setattr(actions, "record_items", save_or_break_off)
    with pytest.raises(OSError, match="broke off"):
        actions.import_table(watch=evictions, content=table, by=bea)
    assert WatchedEvent.objects.count() == 4
    counts = actions.import_table(watch=evictions, content=table, by=bea)
    assert (parts, counts.known, counts.events) == ([2, 2, 1, 2, 2, 1], 4, 1)
