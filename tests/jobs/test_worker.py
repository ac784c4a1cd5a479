"""Work that waits: done once, asked for once, tried again, given up aloud."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from massline.jobs import registry, worker
from massline.jobs.lanes import FEEDS, HOUSE, MESSAGES, Lane
from massline.jobs.models import LAST_ATTEMPT, LEASE, Job, enqueue
from massline.square.organisations.models import PublicOrganisation


@pytest.fixture(autouse=True)
def verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    mine: dict[str, registry.JobType] = {}
    monkeypatch.setattr(worker, "JOB_TYPES", mine)
    monkeypatch.setattr(registry, "JOB_TYPES", mine)
    registry.job("found")(found)
    registry.job("stumble")(stumble)


def found(slug: str) -> None:
    PublicOrganisation.objects.create(slug=slug, name=slug)


def stumble(slug: str) -> None:
    found(slug)
    raise ValueError("Bea wrote something private here")


def test_a_job_is_done_and_struck_off() -> None:
    enqueue("found", using="square", slug="riverside")
    assert worker.do_all("square") == 1
    assert PublicOrganisation.objects.filter(slug="riverside").exists()
    assert not Job.objects.using("square").exists()


def test_a_job_of_an_act_that_failed_was_never_asked_for() -> None:
    def act() -> None:
        with transaction.atomic(using="square"):
            enqueue("found", using="square", slug="riverside")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert worker.do_all("square") == 0


def test_what_waits_under_a_key_waits_once() -> None:
    for _ in range(3):
        enqueue("found", using="square", key="riverside", slug="riverside")
    assert worker.do_all("square") == 1


def test_what_is_asked_for_while_it_runs_is_done_again_after() -> None:
    def found_and_ask(slug: str) -> None:
        found(slug)
        enqueue("found", using="square", key="again", slug="harbour")

    registry.job("found_and_ask")(found_and_ask)
    enqueue("found_and_ask", using="square", key="again", slug="riverside")
    assert worker.do_all("square") == 2
    assert PublicOrganisation.objects.count() == 2


def test_a_failed_job_leaves_nothing_waits_longer_and_keeps_no_words() -> None:
    enqueue("stumble", using="square", slug="riverside")
    assert worker.do_one("square")
    job = Job.objects.using("square").get()
    assert not PublicOrganisation.objects.exists()
    assert (job.attempts, job.last_error, job.leased_until) == (1, "ValueError", None)
    assert job.run_at > timezone.now()


def test_a_job_that_always_fails_is_kept_as_dead() -> None:
    enqueue("stumble", using="square", slug="riverside")
    for _ in range(LAST_ATTEMPT + 2):
        Job.objects.using("square").update(run_at=timezone.now() - timedelta(seconds=1))
        worker.do_all("square")
    assert Job.objects.using("square").dead().get().attempts == LAST_ATTEMPT


def test_a_job_held_by_a_live_worker_is_left_alone_and_a_dead_ones_is_taken_over() -> None:
    enqueue("found", using="square", slug="riverside")
    job = Job.objects.using("square").get()
    assert job.claim("square")
    assert not job.claim("square")
    assert worker.do_all("square") == 0
    Job.objects.using("square").update(leased_until=timezone.now() - LEASE)
    assert worker.do_all("square") == 1


def test_whoever_finishes_after_the_other_undoes_what_it_did() -> None:
    def found_too_late(slug: str) -> None:
        found(slug)
        Job.objects.using("square").all().delete()

    registry.job("found_too_late")(found_too_late)
    enqueue("found_too_late", using="square", slug="riverside")
    worker.do_one("square")
    assert not PublicOrganisation.objects.exists()


def test_a_repeatable_job_keeps_nobody_from_writing_while_it_runs() -> None:
    inside: list[bool] = []
    atomic = transaction.get_connection("square").savepoint_ids

    def estimate() -> None:
        inside.append(len(transaction.get_connection("square").savepoint_ids) > before)

    before = len(atomic)
    registry.job("estimate", repeatable=True)(estimate)
    registry.job("write")(estimate)
    enqueue("estimate", using="square")
    enqueue("write", using="square")
    assert worker.do_all("square") == 2
    assert inside == [False, True]


def test_the_worker_stops_when_told_shows_that_it_lives_and_survives_a_bad_round(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    stop = threading.Event()

    def bad() -> None:
        raise KeyError

    monkeypatch.setattr(
        worker,
        "RECURRING_JOBS",
        [registry.RecurringJob("square", 5, bad), registry.RecurringJob("desk", 5, stop.set)],
    )
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    enqueue("found", using="square", slug="riverside")
    worker.work_lane(HOUSE, stop, worker.Schedule())
    assert PublicOrganisation.objects.filter(slug="riverside").exists()


def test_a_lane_that_waits_for_a_feed_holds_up_no_message(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    stop, answered = threading.Event(), threading.Event()
    done: list[str] = []

    def do_one(_using: str, lane: Lane) -> bool:
        if lane == FEEDS:
            assert answered.wait(20), "the message was not sent while the feed was waited for"
        if lane == MESSAGES:
            done.append("message")
            answered.set()
            stop.set()
        return False

    monkeypatch.setattr(worker, "RECURRING_JOBS", [])
    monkeypatch.setattr(worker, "do_one", do_one)
    worker.work(stop)
    assert done


def test_a_lane_that_breaks_down_ends_the_process(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(worker, "RECURRING_JOBS", [])
    monkeypatch.setattr(worker, "ALIVE_SECONDS", 0.05)
    monkeypatch.setattr(worker, "work_lane", lambda *_args: None)
    with pytest.raises(worker.LaneBroken):
        worker.work(threading.Event())


def test_each_lane_does_its_own_jobs_and_the_house_those_that_nobody_knows() -> None:
    registry.job("send", lane=MESSAGES)(found)
    enqueue("send", using="square", slug="riverside")
    enqueue("nobody knows it", using="square", slug="harbour")
    assert not worker.do_one("square", FEEDS)
    assert worker.do_one("square", HOUSE)
    assert Job.objects.using("square").get(name="nobody knows it").last_error == "KeyError"
    assert worker.do_one("square", MESSAGES)
    assert PublicOrganisation.objects.get().slug == "riverside"


def test_a_job_that_takes_longer_than_its_lane_allows_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    hurried = Lane("hurried", threads=1, seconds=0.0)
    registry.job("found at length", lane=hurried)(found)
    enqueue("found at length", using="square", slug="riverside")
    assert worker.do_one("square", hurried)
    assert "found at length took" in caplog.text


def test_a_round_runs_in_whichever_thread_of_its_lane_is_free_and_in_one_at_a_time() -> None:
    schedule = worker.Schedule()
    assert schedule.begin(0, seconds=0.0)
    assert not schedule.begin(0, seconds=0.0), "another thread runs it"
    assert schedule.begin(1, seconds=60.0)
    schedule.end(0)
    schedule.end(1)
    assert schedule.begin(0, seconds=60.0)
    assert not schedule.begin(1, seconds=60.0), "it is not due yet"
