"""The worker: claims a job, does it and marks it done in one transaction, and dies politely.

Each lane has threads of its own (massline/jobs/lanes.py).
"""

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, close_old_connections, transaction

from massline.core.db.erasure import keep_logs_short
from massline.jobs.heartbeats import ALIVE_SECONDS, send_heartbeat
from massline.jobs.lanes import HOUSE, LANES, Lane
from massline.jobs.models import Job, JobQuerySet
from massline.jobs.registry import JOB_TYPES, RECURRING_JOBS, job_context

log = logging.getLogger("massline.jobs")
IDLE_SECONDS = 1.0


class TakenOver(Exception):
    """A job took longer than its lease, and another worker finished it first."""


class LaneBroken(RuntimeError):
    """A lane ended by itself; the process ends, so that whoever runs it starts it again."""


def databases() -> list[str]:
    return [name for name in ("square", "desk") if name in settings.DATABASES]


def do_one(using: str, lane: Lane | None = None) -> bool:
    """Do the oldest due job of one database and lane, of any lane by default; False where none waits.

    The job's effect and its removal commit together, so a worker killed at any point leaves either
    both or neither. A repeatable effect comes before, since doing it again changes nothing.
    """
    job = _due(using, lane).first()
    if job is None or not job.claim(using):
        return job is not None
    began = time.monotonic()
    try:
        with job_context(job.name, job.payload):
            carry_out(job, using)
    except Exception as problem:  # noqa: BLE001 - one bad job must not stop the others; it is kept and logged
        log.warning("Job %s failed: %s", job.name, type(problem).__name__)
        job.give_back(using, problem)
    _check_budget(job.name, lane, time.monotonic() - began)
    return True


def _due(using: str, lane: Lane | None) -> JobQuerySet:
    """Due jobs of one lane. A name that nobody registered belongs to the house, where it fails and is kept."""
    due = Job.objects.using(using).due()
    if lane is None:
        return due
    if lane == HOUSE:
        return due.exclude(name__in=[name for name, kind in JOB_TYPES.items() if kind.lane != HOUSE])
    return due.filter(name__in=[name for name, kind in JOB_TYPES.items() if kind.lane == lane])


def _check_budget(name: str, lane: Lane | None, seconds: float) -> None:
    if lane is not None and seconds > lane.seconds:
        log.warning("Job %s took %.0f s; %.0f are meant for it.", name, seconds, lane.seconds)


def carry_out(job: Job, using: str) -> None:
    verb = JOB_TYPES[job.name]
    if verb.repeatable:
        verb.run(**job.payload)
    with transaction.atomic(using=using):
        if not verb.repeatable:
            verb.run(**job.payload)
        remove_done_job(job, using)


def remove_done_job(job: Job, using: str) -> None:
    """Remove a job that is done; where another worker took it over meanwhile, what we did is undone."""
    struck, _ = Job.objects.using(using).filter(pk=job.pk).delete()
    if struck != 1:
        raise TakenOver(job.name)


def do_all(using: str) -> int:
    """Do what waits now; tests and drills call it instead of a worker."""
    done = 0
    while do_one(using):
        done += 1
    return done


def work(stop: threading.Event) -> None:
    """Work in all lanes until told to stop, or until a lane breaks down; then the process ends."""
    keep_logs_short()
    threads = [
        threading.Thread(target=work_lane, args=[lane, stop, number == 0], name=lane.name, daemon=True)
        for lane in LANES
        for number in range(lane.threads)
    ]
    for thread in threads:
        thread.start()
    while not stop.is_set() and all(thread.is_alive() for thread in threads):
        send_heartbeat(databases())
        close_old_connections()
        stop.wait(ALIVE_SECONDS)
    broken = [] if stop.is_set() else [thread.name for thread in threads if not thread.is_alive()]
    stop.set()
    for thread in threads:
        thread.join()
    if broken:
        raise LaneBroken(", ".join(broken))


def work_lane(lane: Lane, stop: threading.Event, has_rounds: bool = True) -> None:
    """Do the jobs of one lane until told to stop, and its rounds where `has_rounds` says so."""
    due_at = dict.fromkeys(range(len(RECURRING_JOBS)), 0.0)
    while not stop.is_set():
        try:
            if has_rounds:
                _rounds(due_at, lane)
            done = [do_one(using, lane) for using in databases()]
        except DatabaseError as problem:
            log.warning("The database does not answer (%s); trying again.", type(problem).__name__)
            done = []
        close_old_connections()
        if not any(done):
            stop.wait(IDLE_SECONDS)


def _rounds(due_at: dict[int, float], lane: Lane) -> None:
    for number, look in enumerate(RECURRING_JOBS):
        now = time.monotonic()
        if look.lane == lane and now >= due_at[number] and look.database in databases():
            due_at[number] = now + look.minutes * 60
            try:
                with job_context(look.run.__name__):
                    look.run()
            except Exception as problem:  # noqa: BLE001 - one bad round must not stop the others; it is logged
                log.warning("Round %s failed: %s", look.run.__name__, type(problem).__name__)
            _check_budget(look.run.__name__, lane, time.monotonic() - now)
