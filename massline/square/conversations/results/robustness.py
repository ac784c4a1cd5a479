"""Robustness of a map, computed in the background and stored beside it: a document about sets, never about a person."""

from datetime import timedelta

import numpy as np

from massline.engine import ENGINE_VERSION, opinion
from massline.engine.documents import canonical_bytes
from massline.engine.votes import VoteTable
from massline.jobs.models import enqueue
from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import Conversation, OpinionSnapshot, Vote
from massline.square.conversations.trust_levels import Level

CHECK_AFTER = timedelta(minutes=10)


def request_robustness(conversation: int) -> None:
    """Ask the worker to check the latest map when votes have settled for a while."""
    enqueue(
        "conversations.check_robustness",
        using="square",
        key=f"robustness-{conversation}",
        delay=CHECK_AFTER,
        conversation=conversation,
    )


def check_robustness(conversation: Conversation) -> OpinionSnapshot | None:
    """Work out how robust the latest map is; None where there is none, or where votes have outgrown it.

    Only the level that leads is checked: levels are never added up.
    """
    snapshot = conversation.latest_snapshot()
    if snapshot is None or snapshot.robustness is not None or snapshot.engine_version != ENGINE_VERSION:
        return snapshot
    level = Level(snapshot.level)
    rows = Vote.objects.counted(conversation).rows_by_level().get(level, [])
    if len(rows) != snapshot.votes_seen:
        return None
    table = VoteTable.from_rows(rows)
    came = {
        key: (joined.toordinal(), way or 0)
        for key, joined, way in conversation.participants.filter(level=level).values_list(
            "key", "joined_on", "way"
        )
    }
    arrived, ways = np.array([came[key] for key in table.participants.tolist()], np.int64).reshape(-1, 2).T
    names = dict(conversation.ways.filter(level=Level.INVITED).values_list("pk", "name"))
    kept, door = np.unique(ways, return_inverse=True)
    found = opinion.measure_robustness(
        opinion.estimate(table, seed=snapshot.seed),
        arrived=arrived,
        doors=tuple(names.get(int(way), "") for way in kept),
        door=door if len(kept) > 1 else None,
    )
    snapshot.robustness = canonical_bytes(found)
    snapshot.save(update_fields=["robustness"])
    return snapshot


def request_current_maps() -> int:
    """Ask for a new map wherever the latest one was drawn by an older engine; gives how many."""
    latest = OpinionSnapshot.objects.order_by("conversation", "-pk")
    newest: dict[int, str] = {}
    for conversation, version in latest.values_list("conversation", "engine_version"):
        newest.setdefault(conversation, version)
    old = [conversation for conversation, version in newest.items() if version != ENGINE_VERSION]
    for conversation in old:
        request_map(conversation)
    return len(old)
