"""The worker: claims a job, does it and marks it done in one transaction, and dies politely."""

import logging
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, transaction

from massline.core.db.erasure import keep_logs_short
from massline.jobs.models import Job
from massline.jobs.registry import JOB_TYPES, RECURRING_JOBS, job_context

log = logging.getLogger("massline.jobs")
IDLE_SECONDS = 1.0
ALIVE_SECONDS = 15.0


class TakenOver(Exception):
    """A job took longer than its lease, and another worker finished it first."""


def alive_file() -> Path:
    """Touched every few seconds while a worker works; `massline doctor` looks at its age."""
    return Path(settings.DATA) / "worker.alive"


def databases() -> list[str]:
    return [name for name in ("square", "desk") if name in settings.DATABASES]


def do_one(using: str) -> bool:
    """Do the oldest due job of one database; False where none waits.

    The job's effect and its removal commit together, so a worker killed at any point leaves either
    both or neither. A repeatable effect comes before, since doing it again changes nothing.
    """
    job = Job.objects.using(using).due().first()
    if job is None or not job.claim(using):
        return job is not None
    try:
        with job_context(job.name):
            carry_out(job, using)
    except Exception as problem:  # noqa: BLE001 - one bad job must not stop the others; it is kept and logged
        log.warning("Job %s failed: %s", job.name, type(problem).__name__)
        job.give_back(using, problem)
    return True


def carry_out(job: Job, using: str) -> None:
    verb = JOB_TYPES[job.name]
    if verb.repeatable:
        verb.run(**job.payload)
    with transaction.atomic(using=using):
        if not verb.repeatable:
            verb.run(**job.payload)
        strike_off(job, using)


def strike_off(job: Job, using: str) -> None:
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
    """Work until told to stop."""
    keep_logs_short()
    due_at = dict.fromkeys(range(len(RECURRING_JOBS)), 0.0)
    shown = -ALIVE_SECONDS
    while not stop.is_set():
        if time.monotonic() - shown >= ALIVE_SECONDS:
            shown = time.monotonic()
            show_alive()
        try:
            _rounds(due_at)
            done = [do_one(using) for using in databases()]
            busy = any(done)
        except DatabaseError as problem:
            log.warning("The database does not answer (%s); trying again.", type(problem).__name__)
            busy = False
        close_old_connections()
        if not busy:
            stop.wait(IDLE_SECONDS)


def show_alive() -> None:
    try:
        alive_file().touch()
    except OSError as problem:
        log.warning("The data folder cannot be written: %s.", problem.strerror)


def _rounds(due_at: dict[int, float]) -> None:
    now = time.monotonic()
    for number, look in enumerate(RECURRING_JOBS):
        if now >= due_at[number] and look.database in databases():
            due_at[number] = now + look.minutes * 60
            try:
                with job_context(look.run.__name__):
                    look.run()
            except Exception as problem:  # noqa: BLE001 - one bad round must not stop the others; it is logged
                log.warning("Round %s failed: %s", look.run.__name__, type(problem).__name__)
