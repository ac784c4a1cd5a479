"""PLACEHOLDER from massline.square.conversations.actions: Opening a conversation, voting, saying it in one's own words, and taking the snapshot of a map."""

from datetime import timedelta

from massline.jobs.models import enqueue

MAP_AFTER = timedelta(seconds=20)


def want_map(conversation: int) -> None:
    """Ask the worker for a new map soon; many votes ask for one map."""
    enqueue(
        "conversations.take_snapshot",
        using="square",
        key=f"map-{conversation}",
        delay=MAP_AFTER,
        conversation=conversation,
    )
