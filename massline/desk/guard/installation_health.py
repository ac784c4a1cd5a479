"""What an organiser may know about the machine: does a worker work, do letters wait, was something given up."""

from dataclasses import dataclass

from massline.jobs.heartbeats import is_worker_alive
from massline.jobs.lanes import MESSAGES
from massline.jobs.queue_state import queue_state


@dataclass(frozen=True)
class InstallationHealth:
    """The state of the whole house, not of one organisation: no counts, so that nobody's activity is read from it.

    Attributes
    ----------
    letters_wait_minutes : how long the oldest message has waited; None if none waits.
    """

    worker_works: bool
    letters_wait_minutes: int | None
    has_given_up: bool


def installation_health() -> InstallationHealth:
    states = [state for database in ("desk", "square") for state in queue_state(database)]
    letters = [state for state in states if state.lane == MESSAGES.name and state.due]
    return InstallationHealth(
        worker_works=is_worker_alive("desk"),
        letters_wait_minutes=int(max(state.oldest_seconds for state in letters) // 60) if letters else None,
        has_given_up=any(state.given_up for state in states),
    )
