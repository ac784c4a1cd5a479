"""The worker: claims a job, does it and marks it done in one transaction, and dies politely.

Each lane has threads of its own (massline/jobs/lanes.py).
"""

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from massline.core.db.erasure import start_log_truncation
from massline.jobs.heartbeats import ALIVE_SECONDS, send_heartbeat
from massline.jobs.lanes import HOUSE, LANES, Lane
from massline.jobs.models import Job, JobQuerySet
from massline.jobs.registry import JOB_TYPES, RECURRING_JOBS, job_context

log = logging.getLogger("massline.jobs")
IDLE_SECONDS = 1.0
# A thread that looks for jobs every second keeps its connections for so long; opening one costs more than a look.
CONNECTION_SECONDS = 60


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
    start_log_truncation()
    for name in databases():
        _leave_pool(connections[name])
        connections[name].settings_dict["CONN_MAX_AGE"] = CONNECTION_SECONDS
    schedules = {lane: Schedule() for lane in LANES}
    threads = [
        threading.Thread(target=work_lane, args=[lane, stop, schedules[lane]], name=lane.name, daemon=True)
        for lane in LANES
        for _number in range(lane.threads)
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


class Schedule:
    """When each round of a lane is due. Its threads share one, so that a long job in one of them delays no round."""

    def __init__(self) -> None:
        self._due_at: dict[int, float] = {}
        self._running: set[int] = set()
        self._guard = threading.Lock()

    def begin(self, number: int, seconds: float) -> bool:
        """True for the one thread that is to run a round now; it calls `end` afterwards."""
        now = time.monotonic()
        with self._guard:
            if number in self._running or now < self._due_at.get(number, 0.0):
                return False
            self._due_at[number] = now + seconds
            self._running.add(number)
            return True

    def end(self, number: int) -> None:
        with self._guard:
            self._running.discard(number)


def _leave_pool(connection: BaseDatabaseWrapper) -> None:
    """Give each thread a connection of its own, so that one that waits for a feed holds none of a pool."""
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        connection.close()
        close_pool()
    connection.settings_dict["OPTIONS"].pop("pool", None)


def work_lane(lane: Lane, stop: threading.Event, schedule: Schedule) -> None:
    """Do the jobs and the rounds of one lane until told to stop."""
    while not stop.is_set():
        try:
            run_rounds(schedule, lane)
            done = [do_one(using, lane) for using in databases()]
        except DatabaseError as problem:
            log.warning("The database does not answer (%s); trying again.", type(problem).__name__)
            done = []
        close_old_connections()
        if not any(done):
            stop.wait(IDLE_SECONDS)


def run_rounds(schedule: Schedule, lane: Lane) -> None:
    for number, look in enumerate(RECURRING_JOBS):
        if look.lane != lane or look.database not in databases():
            continue
        if schedule.begin(number, look.minutes * 60):
            began = time.monotonic()
            try:
                with job_context(look.run.__name__):
                    look.run()
            except Exception as problem:  # noqa: BLE001 - one bad round must not stop the others; it is logged
                log.warning("Round %s failed: %s", look.run.__name__, type(problem).__name__)
            finally:
                schedule.end(number)
            _check_budget(look.run.__name__, lane, time.monotonic() - began)
