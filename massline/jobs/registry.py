"""The registry of jobs: which function does which job. Each stage registers its own in a module called jobs.py."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from massline.jobs.lanes import HOUSE, Lane

Function = Callable[..., None]

JOB_TYPES: dict[str, "JobType"] = {}
RECURRING_JOBS: list["RecurringJob"] = []
JOB_CONTEXTS: list[Callable[[str], AbstractContextManager[None]]] = []


@dataclass(frozen=True)
class JobType:
    """The function behind a job's name."""

    run: Function
    repeatable: bool
    lane: Lane = HOUSE


@dataclass(frozen=True)
class RecurringJob:
    """A function that the worker runs every few minutes."""

    database: str
    minutes: float
    run: Callable[[], None]
    lane: Lane = HOUSE


def job(name: str, *, repeatable: bool = False, lane: Lane = HOUSE) -> Callable[[Function], Function]:
    """Register a job's function under a name that stays: queued rows carry it.

    A repeatable job changes nothing when it runs a second time. It runs outside the transaction that deletes
    its row, so that a long estimate blocks no writer; after a kill it runs again. A job is about one organisation,
    so that trouble with one delays no other.
    """

    def register(function: Function) -> Function:
        JOB_TYPES[name] = JobType(function, repeatable, lane)
        return function

    return register


def every(
    minutes: float, database: str, *, lane: Lane = HOUSE
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(function: Callable[[], None]) -> Callable[[], None]:
        RECURRING_JOBS.append(RecurringJob(database, minutes, function, lane))
        return function

    return register


def wrap_jobs(open_for: Callable[[str], AbstractContextManager[None]]) -> None:
    """Register a context manager that is entered around every job, given the job's name."""
    JOB_CONTEXTS.append(open_for)


@contextmanager
def job_context(name: str) -> Iterator[None]:
    with ExitStack() as opened:
        for open_for in JOB_CONTEXTS:
            opened.enter_context(open_for(name))
        yield
