"""An issue that breaks out stands first on Today, on its watch and where one asks whether it is time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from massline.desk.listen.watches.models import DailyCount, Watch
from massline.desk.listen.watches.trend_words import status_of_issue
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.estimates.models import PulseSnapshot
from massline.desk.sumup.estimates.pulse import take_pulse_snapshot
from massline.desk.sumup.source_material.pulse_board import PulseBoard
from massline.engine.pulse.document import IssueTrend, PulseResult
from massline.engine.pulse.issue_status import TOO_YOUNG
from tests.conftest import at_desk
from tests.desk.sumup.test_estimates import END, Evictions
from tests.parts import holds, part, parts, shows


@dataclass(frozen=True)
class CountedDays:
    """A tracked issue with given counts up to a last day."""

    name: str
    counts: Sequence[int]
    last: date = END

    def daily_counts(self) -> Iterator[DailyCount]:
        first = self.last - timedelta(days=len(self.counts) - 1)
        for n, count in enumerate(self.counts):
            yield DailyCount(first + timedelta(days=n), count)

    def sighting_hours(self) -> list[float]:
        return [9.0, 12.0, 18.0]


@pytest.fixture
def watch(riverside: Organisation) -> Watch:
    watch = Watch.objects.create(organisation=riverside, name="Evictions", since=END - timedelta(days=100))
    take_pulse_snapshot(riverside, [Evictions()], until=END)
    return watch


def _at(days: int, organisation: Organisation) -> time_machine.travel:
    return time_machine.travel(
        datetime.combine(END + timedelta(days=days), time(12), tzinfo=organisation.zone), tick=False
    )


def test_an_alarm_stands_first_on_today_and_leads_to_its_watch(
    watch: Watch, riverside: Organisation, bea: Account
) -> None:
    with _at(1, riverside):
        page = at_desk(bea).get("/riverside/").content.decode()
        assert shows(page, "alarm", "17 November 2026", "Evictions")
        assert f"/riverside/listen/watches/{watch.pk}/" in page
        first = page.index('data-part="alarm"')
        assert all(
            first < page.index(f'data-part="{name}"') for name in ("mass-meeting",) if parts(page, name)
        )


def test_the_watch_and_the_page_of_the_moment_say_it_too(
    watch: Watch, riverside: Organisation, bea: Account
) -> None:
    with _at(1, riverside):
        door = at_desk(bea)
        assert shows(door.get(f"/riverside/listen/watches/{watch.pk}/"), "alarm", "17 November 2026")
        assert shows(door.get("/riverside/decide/time/"), "alarms", "Evictions", "17 November 2026")
        Account.objects.filter(pk=bea.pk).update(language="zh-hans")
        assert "." not in part(at_desk(bea).get("/riverside/decide/time/"), "alarm-name")


def test_an_old_alarm_rings_no_more(watch: Watch, riverside: Organisation, bea: Account) -> None:
    with _at(30, riverside):
        door = at_desk(bea)
        assert not shows(door.get("/riverside/"), "alarm")
        assert not shows(door.get(f"/riverside/listen/watches/{watch.pk}/"), "alarm")
        assert not shows(door.get("/riverside/decide/time/"), "alarms")


@pytest.mark.parametrize(
    ("burst", "status"), [([12, 15, 18], "breaking out"), ([30, 20, 8, 4, 3, 1], "fading")]
)
def test_beside_an_alarm_no_sentence_denies_it(
    riverside: Organisation, burst: list[int], status: str
) -> None:
    take_pulse_snapshot(riverside, [CountedDays("Evictions", [1] * 90 + burst)], until=END)
    (pulse,) = PulseBoard(riverside).watches
    assert isinstance(pulse.issue, IssueTrend)
    assert pulse.issue.alarm_since is not None
    assert pulse.issue.status == status
    assert (pulse.issue.p_growing >= 0.4) == (status == "breaking out")
    assert holds(pulse.sentence, f"{100 * pulse.issue.p_growing:.0f}")


def test_a_young_watch_is_not_called_quiet_and_says_what_it_saw(
    riverside: Organisation, bea: Account
) -> None:
    watch = Watch.objects.create(organisation=riverside, name="Lifts", since=END - timedelta(days=23))
    take_pulse_snapshot(riverside, [CountedDays("Lifts", [2] * 24)], until=END)
    (pulse,) = PulseBoard(riverside).watches
    assert pulse.issue.status == TOO_YOUNG
    with _at(1, riverside):
        page = at_desk(bea).get(f"/riverside/listen/watches/{watch.pk}/")
        assert shows(page, "trend", "Lifts", "48", "24")
        assert not shows(page, "alarm")


def test_a_new_watch_that_bursts_alarms_on_every_page(riverside: Organisation, bea: Account) -> None:
    watch = Watch.objects.create(organisation=riverside, name="Lockouts", since=END - timedelta(days=8))
    take_pulse_snapshot(riverside, [CountedDays("Lockouts", [0, 0, 1, 0, 0, 0, 10, 10, 11])], until=END)
    with _at(1, riverside):
        door = at_desk(bea)
        for page, part in (
            ("", "alarm"),
            (f"listen/watches/{watch.pk}/", "alarm"),
            ("decide/time/", "alarms"),
        ):
            assert shows(door.get(f"/riverside/{page}"), part, "18 November 2026")


def test_one_tall_day_is_named_and_raises_no_alarm(riverside: Organisation, bea: Account) -> None:
    watch = Watch.objects.create(organisation=riverside, name="Rents", since=END - timedelta(days=99))
    days = [1, 0, 2, 1, 1] * 19 + [1, 1, 24, 1, 0]
    take_pulse_snapshot(riverside, [CountedDays("Rents", days)], until=END)
    with _at(1, riverside):
        door = at_desk(bea)
        assert shows(door.get(f"/riverside/listen/watches/{watch.pk}/"), "trend", "18 November 2026", "24")
        assert not shows(door.get("/riverside/"), "alarm")


def test_a_trend_of_an_earlier_engine_opens_and_is_not_called_quiet(riverside: Organisation) -> None:
    snapshot = take_pulse_snapshot(riverside, [CountedDays("Lifts", [2] * 24)], until=END)
    stored = json.loads(bytes(snapshot.body))
    (issue,) = stored["result"]["issues"]
    for key in ("wave", "tall_day"):
        issue.pop(key, None)
    issue |= {"status": "quiet", "alarm_not_enough": {"have": 24, "need": 40, "what": "days of counts"}}
    PulseSnapshot.objects.filter(pk=snapshot.pk).update(body=json.dumps(stored).encode())
    (pulse,) = PulseBoard(riverside).watches
    assert pulse.issue.status == "quiet"
    assert status_of_issue(pulse.issue) == TOO_YOUNG
    assert holds(pulse.sentence, 48, 24)


def test_this_morning_counts(riverside: Organisation) -> None:
    yesterday, morning = [1] * 100, [*[1] * 100, 9]
    before = END - timedelta(days=1)
    quiet = take_pulse_snapshot(riverside, [CountedDays("Rents", yesterday, before)], until=before)
    early = take_pulse_snapshot(riverside, [CountedDays("Rents", morning)], until=END, hours=10.0)
    again = take_pulse_snapshot(riverside, [CountedDays("Rents", morning)], until=END, hours=11.5)
    later = take_pulse_snapshot(riverside, [CountedDays("Rents", morning)], until=END, hours=13.0)
    assert early.pk != quiet.pk
    assert again == early
    assert later.pk != early.pk
    assert _part_of_last_day(quiet) is None
    assert 0 < (_part_of_last_day(early) or 0) < (_part_of_last_day(later) or 0) < 1
    (issue,) = early.estimate.issues
    assert isinstance(issue, IssueTrend)
    assert issue.last7 > 15


def _part_of_last_day(snapshot: PulseSnapshot) -> float | None:
    result = snapshot.estimate.result
    return result.part_of_last_day if isinstance(result, PulseResult) else None
