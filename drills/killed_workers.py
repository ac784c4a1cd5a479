"""Two workers at a time are killed in the middle of their jobs; nothing is left undone and nothing happens twice.

python -m drills.killed_workers KILLS runs it in this process's own house.
"""

import os
import random
import select
import signal
import threading
from collections import Counter
from datetime import timedelta

from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from massline.cli.django_setup import setup_django

LONG, SHORT = 200, 20
JOBS_A_ROUND, AT_ONCE = 12, 2
PATIENCE = 60.0
ONCE, AGAIN = "drill.once", "drill.again"


def run(short: bool) -> list[Result]:
    return run_isolated("drills.killed_workers", SHORT if short else LONG)


def measure(kills: int) -> list[Result]:
    setup_django("desk")
    from django.db import connections

    from massline.cli.first_start import prepare_databases

    prepare_databases(lambda _: None)
    killed = jobs = 0
    draw = random.Random(7)
    while killed < kills:
        jobs = enqueue_jobs(JOBS_A_ROUND, after=jobs)
        connections.close_all()
        killed += kill_workers(draw, later=killed)
    finish_jobs(later=killed)
    return list_results(kills, killed, jobs)


def enqueue_jobs(more: int, *, after: int) -> int:
    """Put so many more jobs into both databases; give how many there have been."""
    from massline.jobs.models import enqueue

    for number in range(after, after + more):
        database = ("square", "desk")[number % 2]
        enqueue((ONCE, AGAIN)[number // 2 % 2], using=database, number=number, database=database)
    return after + more


def kill_workers(draw: random.Random, *, later: int) -> int:
    """Start two workers, let a few effects begin, kill both; give how many were killed while at work."""
    workers = [fork_worker(later) for _ in range(AT_ONCE)]
    for _ in range(draw.randint(1, 4)):
        ready, _, _ = select.select([pipe for _, pipe in workers], [], [], PATIENCE)
        for pipe in ready:
            os.read(pipe, 1)
    threading.Event().wait(draw.random() * 0.004)
    killed = 0
    for process, pipe in workers:
        os.kill(process, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(process, 0)[1])
        os.close(pipe)
    return killed


def fork_worker(later: int) -> tuple[int, int]:
    """Fork a worker; it writes a byte as each effect begins to be committed."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            run_worker(theirs, later)
        finally:
            os._exit(0)
    os.close(theirs)
    return process, ours


def run_worker(pipe: int, later: int) -> None:
    """Run due jobs like the worker, with a clock after the leases of all workers killed before."""
    import time_machine
    from django.db import connections
    from django.utils import timezone

    from massline.desk.people.models import Account
    from massline.jobs.models import LEASE
    from massline.jobs.registry import job
    from massline.jobs.worker import do_one
    from massline.square.organisations.models import PublicOrganisation

    def leave_a_trace(name: str, database: str) -> None:
        if database == "desk":
            Account.objects.create(name=name)
        else:
            PublicOrganisation.objects.create(slug=name, name=name)

    def once(number: int, database: str) -> None:
        leave_a_trace(f"{number}-{os.getpid()}", database)
        os.write(pipe, b"1")

    def again(number: int, database: str) -> None:
        model, name = (Account, "name") if database == "desk" else (PublicOrganisation, "slug")
        if not model._base_manager.filter(**{name: f"{number}-again"}).exists():
            leave_a_trace(f"{number}-again", database)
        os.write(pipe, b"2")

    job(ONCE)(once)
    job(AGAIN, repeatable=True)(again)
    time_machine.travel(timezone.now() + later * (LEASE + timedelta(minutes=1)), tick=True).start()
    while do_one("square") | do_one("desk"):
        pass
    connections.close_all()


def finish_jobs(*, later: int) -> None:
    """A worker that nobody kills does the rest."""
    process, pipe = fork_worker(later)
    while os.read(pipe, 4096):
        pass
    os.close(pipe)
    os.waitpid(process, 0)


def list_results(asked: int, killed: int, jobs: int) -> list[Result]:
    from django.db import connections

    from massline.desk.people.models import Account
    from massline.jobs.models import Job
    from massline.square.organisations.models import PublicOrganisation

    names = [
        *PublicOrganisation.objects.values_list("slug", flat=True),
        *Account.objects.values_list("name", flat=True),
    ]
    effects = Counter(int(name.split("-")[0]) for name in names)
    left = sum(Job.objects.using(database).count() for database in ("square", "desk"))
    lost = sum(effects[number] == 0 for number in range(jobs))
    doubled = sum(count > 1 for count in effects.values())
    sound = []
    for database in ("square", "desk"):
        with connections[database].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            sound.append(cursor.fetchone()[0] == "ok")
    return [
        Result(
            "kill -9 of workers, two at a time on both databases",
            f"≥ {asked} kills, 0 jobs lost, 0 effects doubled",
            f"{killed} kills, {jobs:,} jobs, {lost} lost, {doubled} doubled",
            killed >= asked and not lost and not doubled and not left and all(sound),
            f"Half of the jobs commit their effect with their end, half may be done again; {left} jobs left over. "
            "Leases run out by a clock set ahead.",
        )
    ]


if __name__ == "__main__":
    print_results(measure)
