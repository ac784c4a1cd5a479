"""Themes, mood and pulse on the bench: made by the worker, added to and never changed, small cells hidden."""

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase

from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds.models import ListeningRound, Mood, Voice
from massline.desk.listen.watches.models import DailyCount
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions
from massline.desk.sumup.estimates import vector_cache
from massline.desk.sumup.estimates.models import MoodSnapshot, ThemeSnapshot
from massline.desk.sumup.estimates.mood import take_mood_snapshot
from massline.desk.sumup.estimates.pulse import take_pulse_snapshot
from massline.desk.sumup.estimates.themes import take_theme_snapshot
from massline.desk.sumup.jobs import renew_older_moods, renew_older_themes
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.pulse_board import PulseBoard
from massline.desk.sumup.source_material.theme_board import ThemeBoard
from massline.engine import ENGINE_VERSION
from massline.engine.not_enough import NotEnough
from massline.engine.pulse.document import ShortTrend
from massline.engine.pulse.issue_status import AWAKE
from massline.engine.result_documents import Shortfall
from massline.jobs.worker import do_all
from tests.conftest import at_desk
from tests.desk import heard_round
from tests.parts import holds, shows

ABOUT = ("the heating is cold every night", "the rent goes up again", "the lift stands still for weeks")
END = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _letters(settings: Any, tmp_path: Path) -> None:
    settings.EMBEDDER, settings.DATA = "letters", tmp_path


def say(round_: ListeningRound, by: Account, *, times: int, section: str = "Block C", since: int = 0) -> None:
    for n in range(since, since + times):
        words = [VoiceText(f"In flat {n} {ABOUT[n % 3]}, number {n}")]
        heard_round.write(round_, by, section, words, day=END - timedelta(days=n % 20))


def test_bea_asks_for_themes_the_worker_finds_them_and_the_bench_shows_words(
    heating: ListeningRound, bea: Account
) -> None:
    say(heating, bea, times=30)
    sum_up = actions.begin_sum_up(round_=heating, title="Cold", by=bea)
    door, address = at_desk(bea), f"/riverside/sum-up/{sum_up.pk}/"
    words = f"{address}words/"
    assert shows(door.get(words).content.decode(), "themes-later")
    assert door.post(f"{address}estimates/").status_code == 302
    assert do_all("desk") == 3
    snapshot = ThemeSnapshot.objects.get()
    assert (snapshot.seen, snapshot.seed, snapshot.engine_version) == (36, 1, ENGINE_VERSION)
    assert snapshot.estimate.rests_on.voices == 36
    page = door.get(words).content.decode()
    assert "Based on 36 voices and statements" in page
    quoted = {quote.text for theme in ThemeBoard(heating).themes for quote in theme.quotes}
    assert quoted
    assert quoted <= {voice.text for voice in Voice.objects.all()} | set(heard_round.SEEDS)
    theme = max(ThemeBoard(heating).themes, key=lambda one: one.texts)
    alone = door.get(f"{words}?theme={theme.id}").content.decode()
    assert "Show all again" in alone


def test_themes_keep_their_ids_and_what_is_new_is_told(heating: ListeningRound, bea: Account) -> None:
    say(heating, bea, times=30)
    first = take_theme_snapshot(heating)
    assert take_theme_snapshot(heating) == first
    fresh = "On floor {n} children play football in the yard and want a goal with a net"
    for n in range(12):
        heard_round.write(heating, bea, "Block A", [VoiceText(fresh.format(n=n))])
    second = take_theme_snapshot(heating)
    assert second != first
    before = {theme.id for theme in first.estimate.result.themes}
    kept = [theme for theme in second.estimate.result.themes if theme.id in before]
    assert kept
    assert second.estimate.result.compared_with
    assert ThemeSnapshot.objects.count() == 2
    assert bytes(ThemeSnapshot.objects.get(pk=first.pk).body) == bytes(first.body)


def test_no_cell_of_theme_and_section_shows_fewer_than_five(heating: ListeningRound, bea: Account) -> None:
    say(heating, bea, times=45)
    say(heating, bea, times=3, section="Block A", since=100)
    grid = take_theme_snapshot(heating).estimate.result.by_section
    assert grid is not None
    assert "Block A" in grid.sections
    cells = [count for row in grid.rows for count in row.cells]
    assert all(count is None or count == 0 or count >= 5 for count in cells)
    assert None in cells
    say(heating, bea, times=60, section="Block A", since=200)
    grid = take_theme_snapshot(heating).estimate.result.by_section
    assert grid is not None
    assert any(count for row in grid.rows for count in row.cells)


def test_a_voice_that_is_deleted_leaves_no_vector_behind(heating: ListeningRound, bea: Account) -> None:
    say(heating, bea, times=12)
    take_theme_snapshot(heating)
    assert stat.S_IMODE(vector_cache.vectors_file().stat().st_mode) == 0o600
    gone = Voice.objects.filter(text__contains="flat 3 ").get()
    with TestCase.captureOnCommitCallbacks(using="desk", execute=True):
        gone.delete()
    assert vector_cache.forget_vectors([gone.text]) == 0
    assert vector_cache.forget_vectors([heard_round.COAT]) == 1


def test_the_mood_is_drawn_where_enough_were_heard(heating: ListeningRound, bea: Account) -> None:
    for day in range(8):
        when = END - timedelta(days=7 * day)
        heard_round.write(heating, bea, "Block C", [], people=6, mood=4 if day < 4 else 2, day=when)
    snapshot = take_mood_snapshot(heating.organisation)
    assert take_mood_snapshot(heating.organisation) == snapshot
    board = MoodBoard(heating.organisation)
    assert [row.section for row in board.rows] == ["Block C"]
    assert board.few == ["Block A"]
    assert all(point.readings is None for point in board.sections[0].series)
    assert board.sections[0].newest is None or board.sections[0].newest.counts is None
    assert board.rows[0].now in {str(Mood.WATCHING.label), str(Mood.WILLING.label)}
    assert board.wide.startswith("<svg")
    sum_up = actions.begin_sum_up(round_=heating, title="Cold", by=bea)
    page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/words/").content.decode()
    assert shows(page, "not-drawn", 5, "Block A")
    assert MoodSnapshot.objects.count() == 1


def test_a_mood_of_an_earlier_engine_is_drawn_again(heating: ListeningRound, bea: Account) -> None:
    for day in range(4):
        heard_round.write(heating, bea, "Block C", [], people=6, mood=4, day=END - timedelta(days=7 * day))
    older = take_mood_snapshot(heating.organisation)
    MoodSnapshot.objects.filter(pk=older.pk).update(engine_version="2")
    for _ in range(2):
        renew_older_moods()
        do_all("desk")
    assert [row.engine_version for row in MoodSnapshot.objects.order_by("pk")] == ["2", ENGINE_VERSION]


def test_themes_of_an_earlier_engine_are_found_again_unless_their_words_are_gone(
    heating: ListeningRound, bea: Account
) -> None:
    say(heating, bea, times=30)
    older = take_theme_snapshot(heating)
    ListeningRound.objects.update(closes_on=END)
    ThemeSnapshot.objects.filter(pk=older.pk).update(engine_version="2", seen=older.seen + 1)
    renew_older_themes()
    do_all("desk")
    assert [row.engine_version for row in ThemeSnapshot.objects.order_by("pk")] == ["2"]
    ThemeSnapshot.objects.filter(pk=older.pk).update(seen=older.seen)
    for _ in range(2):
        renew_older_themes()
        do_all("desk")
    assert [row.engine_version for row in ThemeSnapshot.objects.order_by("pk")] == ["2", ENGINE_VERSION]


def test_too_few_readings_are_an_answer(heating: ListeningRound, bea: Account) -> None:
    board_before = MoodBoard(heating.organisation)
    assert board_before.snapshot is None
    take_mood_snapshot(heating.organisation)
    board = MoodBoard(heating.organisation)
    assert board.not_enough == NotEnough(7, 20, "readings")
    assert board.wide == ""


@dataclass(frozen=True)
class Evictions:
    """A watch by plain counts: one event a day, then nine."""

    name: str = "Evictions"
    days: int = 90

    def daily_counts(self) -> Iterable[DailyCount]:
        for n in range(self.days + 4):
            day = END - timedelta(days=self.days + 3 - n)
            yield DailyCount(day, 1 if n < self.days else 9, first_seen_at=day)
        yield DailyCount(END, 0, announced=2)
        yield DailyCount(END + timedelta(days=3), 0, announced=1)

    def sighting_hours(self) -> Iterable[float]:
        return [9.0, 12.0, 18.0]


def test_a_watch_that_breaks_out_raises_its_alarm_on_the_bench(heating: ListeningRound, bea: Account) -> None:
    watches = [Evictions(), Evictions("A new one", days=1)]
    snapshot = take_pulse_snapshot(heating.organisation, watches, until=END)
    assert take_pulse_snapshot(heating.organisation, watches, until=END) == snapshot
    first, second = PulseBoard(heating.organisation).watches
    assert (first.name, first.alarm) == ("Evictions", "17 November 2026")
    assert first.issue.status in AWAKE
    assert first.window
    assert first.wide.startswith("<svg")
    assert isinstance(second.issue, ShortTrend)
    assert (second.issue.not_enough.have, second.issue.not_enough.need) == (5, 7)
    assert holds(second.sentence, 37, 5, 7)
    sum_up = actions.begin_sum_up(round_=heating, title="Cold", by=bea)
    page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/words/").content.decode()
    assert shows(page, "alarm-since", "17 November 2026")


def test_a_pulse_of_nothing_is_an_answer(riverside: Organisation) -> None:
    snapshot = take_pulse_snapshot(riverside, [], until=END)
    assert snapshot.estimate.result == Shortfall(not_enough=NotEnough(0, 7, "days of counts"))
    assert PulseBoard(riverside).watches == []
