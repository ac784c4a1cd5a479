"""The registry of jobs: which function does which job. Each stage registers its own in a module called jobs.py."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from massline.jobs.lanes import HOUSE, Lane

Function = Callable[..., None]

JOB_TYPES: dict[str, "JobType"] = {}
RECURRING_JOBS: list["RecurringJob"] = []
JOB_CONTEXTS: list["JobContext"] = []

Owner = Callable[..., int | None]
FindOwner = Callable[[], int | None]
JobContext = Callable[[str, FindOwner | None], AbstractContextManager[None]]


@dataclass(frozen=True)
class JobType:
    """The function behind a job's name."""

    run: Function
    repeatable: bool
    lane: Lane = HOUSE
    owner: Owner | None = None


@dataclass(frozen=True)
class RecurringJob:
    """A function that the worker runs every few minutes."""

    database: str
    minutes: float
    run: Callable[[], None]
    lane: Lane = HOUSE


def job(
    name: str, *, repeatable: bool = False, lane: Lane = HOUSE, owner: Owner | None = None
) -> Callable[[Function], Function]:
    """Register a job's function under a name that stays: queued rows carry it.

    A repeatable job changes nothing when it runs a second time. It runs outside the transaction that deletes
    its row, so that a long estimate blocks no writer; after a kill it runs again. A job is about one organisation,
    so that trouble with one delays no other. `owner` is given what the job is given and returns the primary key of
    that organisation; the job then reaches its rows alone.
    """

    def register(function: Function) -> Function:
        JOB_TYPES[name] = JobType(function, repeatable, lane, owner)
        return function

    return register


def every(
    minutes: float, database: str, *, lane: Lane = HOUSE
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(function: Callable[[], None]) -> Callable[[], None]:
        RECURRING_JOBS.append(RecurringJob(database, minutes, function, lane))
        return function

    return register


def wrap_jobs(open_for: JobContext) -> None:
    """Register a context manager that is entered around every job, given the job's name and how to find its owner."""
    JOB_CONTEXTS.append(open_for)


@contextmanager
def job_context(name: str, payload: dict[str, Any] | None = None) -> Iterator[None]:
    """Enter what was registered around a job with its payload, or around a round, which has none."""
    owner = JOB_TYPES[name].owner if payload is not None and name in JOB_TYPES else None
    find_owner = None if owner is None else partial(owner, **(payload or {}))
    with ExitStack() as opened:
        for open_for in JOB_CONTEXTS:
            opened.enter_context(open_for(name, find_owner))
        yield
