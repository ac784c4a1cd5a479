"""An issue that breaks out stands first on Today, on its watch and where one asks whether it is time."""

from datetime import datetime, time, timedelta

import pytest
import time_machine

from massline.desk.listen.watches.models import Watch
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.bench.pulse import PulseBoard
from massline.desk.sumup.estimates.pulse import take_pulse_snapshot
from tests.conftest import at_desk
from tests.desk.sumup.test_estimates import END, Evictions
from tests.parts import parts, shows


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


def test_an_old_alarm_rings_no_more(watch: Watch, riverside: Organisation, bea: Account) -> None:
    with _at(30, riverside):
        door = at_desk(bea)
        assert not shows(door.get("/riverside/"), "alarm")
        assert not shows(door.get(f"/riverside/listen/watches/{watch.pk}/"), "alarm")
        assert not shows(door.get("/riverside/decide/time/"), "alarms")


def test_beside_an_alarm_no_sentence_denies_it(watch: Watch, riverside: Organisation) -> None:
    (pulse,) = PulseBoard(riverside).watches
    assert pulse.issue.status == "breaking out"
    assert "%" not in pulse.sentence


def test_a_young_watch_is_not_called_quiet(riverside: Organisation) -> None:
    take_pulse_snapshot(riverside, [Evictions("A young one", days=24)], until=END)
    (pulse,) = PulseBoard(riverside).watches
    assert "quiet" not in pulse.status
    assert "fading" not in pulse.status
