"""Ask the worker for a new opinion map once enough votes have come in."""

from datetime import timedelta

from massline.jobs.models import enqueue

MAP_AFTER = timedelta(seconds=20)


def request_map(conversation: int, *, at_once: bool = False) -> None:
    """Ask the worker for a new map soon; many votes ask for one map. `at_once` is for what a person decided."""
    enqueue(
        "conversations.take_snapshot",
        using="square",
        key=f"map-now-{conversation}" if at_once else f"map-{conversation}",
        delay=timedelta() if at_once else MAP_AFTER,
        conversation=conversation,
    )
