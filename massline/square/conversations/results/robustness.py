"""Robustness of a map, computed in the background and stored beside it: a document about sets, never about a person."""

from datetime import timedelta

import numpy as np

from massline.engine import ENGINE_VERSION, opinion
from massline.engine.result_documents import canonical_bytes
from massline.jobs.models import enqueue
from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import Conversation, OpinionSnapshot
from massline.square.conversations.results.counted_votes import counted_votes
from massline.square.conversations.results.map_cache import CachedConversation
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.conversations.trust_levels import Level, level_named

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


def check_robustness(
    conversation: Conversation, *, cached: CachedConversation | None = None
) -> OpinionSnapshot | None:
    """Work out how robust the latest map is; None where there is none, or where votes have outgrown it.

    A map that was carried on is put on trial first. Only the level that leads is checked: levels are never added up.
    """
    snapshot = conversation.latest_snapshot()
    if snapshot is None or snapshot.robustness is not None or snapshot.engine_version != ENGINE_VERSION:
        return snapshot
    cached = cached or CachedConversation()
    if snapshot.estimate.result.tested is not None:
        snapshot = take_snapshot(conversation, cached=cached, whole=True)
    level = level_named(snapshot.level)
    answers = cached.answers.renew(conversation)
    shown = conversation.statements.shown().order_by().values_list("number", flat=True)
    table = counted_votes(answers, np.array(shown, np.int64)).get(level)
    if table is None or table.votes != snapshot.votes_seen:
        return None
    joined = dict(conversation.participants.values_list("pk", "joined_on"))
    people = answers.people.pk[table.participants].tolist()
    names = dict(conversation.ways.filter(level=Level.INVITED).values_list("pk", "name"))
    kept, door = np.unique(answers.people.way[table.participants], return_inverse=True)
    found = opinion.measure_robustness(
        cached.map_of(level, table, seed=snapshot.seed, whole=True).opinion,
        arrived=np.array([joined[person].toordinal() for person in people], np.int64),
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
