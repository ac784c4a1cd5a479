"""Ask the worker for a new opinion map once enough votes have come in."""

from datetime import timedelta

from massline.jobs.models import enqueue

MAP_AFTER = timedelta(seconds=20)


def request_map(conversation: int) -> None:
    """Ask the worker for a new map soon; many votes ask for one map."""
    enqueue(
        "conversations.take_snapshot",
        using="square",
        key=f"map-{conversation}",
        delay=MAP_AFTER,
        conversation=conversation,
    )
