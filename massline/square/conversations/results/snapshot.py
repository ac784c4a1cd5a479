"""Estimate the opinion map from all counted votes and store it as a snapshot."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from django.db import transaction
from django.utils import timezone

from massline.core.disclosure import digest_of_rows, threshold
from massline.engine import ENGINE_VERSION, opinion
from massline.engine.documents import canonical
from massline.engine.votes import VoteTable
from massline.square.conversations.models import (
    Conversation,
    LevelTally,
    OpinionSnapshot,
    Vote,
)
from massline.square.conversations.results import by_section, reweighting
from massline.square.conversations.trust_levels import Level, leading_level
from massline.square.conversations.voting.routing import Known, Routing, digest_of_statements


def take_snapshot(conversation: Conversation) -> OpinionSnapshot:
    """Estimate the opinion map from all counted votes. One path for worker, button, demo and test.

    Each level people came in by is estimated by itself. The strongest that has enough people leads; the others
    are kept apart beside it. Where no vote was added or changed since the last snapshot, the last one is given back.
    """
    rows = Vote.objects.counted(conversation).rows_by_level()
    told = sorted(conversation.participants.exclude(section="").values_list("key", "section"))
    counted = [(str(level), cast) for level, cast in rows.items()]
    least = threshold(conversation.organisation)
    digest = digest_of_rows((counted, told) if told else counted, least)
    latest = conversation.latest_snapshot()
    if latest is not None and latest.votes_digest == digest and latest.engine_version == ENGINE_VERSION:
        return latest
    level = leading_level(
        {level: len({key for key, _number, _value in cast}) for level, cast in rows.items()}, least
    )
    texts = dict(conversation.statements.shown().values_list("number", "text"))
    maps = {one: _estimated(rows.get(one, []), conversation.seed) for one in {level, *rows}}
    even, apart = reweighting.even_shares(conversation), by_section.answers_by_section(conversation)
    bodies = {
        one: canonical(
            reweighting.write_reweighted(
                opinion.document(maps[one], texts=texts), even.get(one, {}), apart.get(one, {})
            )
        )
        for one in maps
    }
    known = routing_knowledge(maps[level], rows)
    with transaction.atomic(using="square"):
        snapshot = OpinionSnapshot.objects.create(
            conversation=conversation,
            made_at=timezone.now(),
            votes_seen=len(rows.get(level, [])),
            votes_digest=digest,
            engine_version=ENGINE_VERSION,
            seed=conversation.seed,
            level=level,
            body=bodies.pop(level),
        )
        LevelTally.objects.bulk_create(
            LevelTally(snapshot=snapshot, level=one, votes_seen=len(rows[one]), body=bodies[one])
            for one in rows
            if one != level
        )
        Routing.objects.update_or_create(
            conversation=conversation,
            defaults={"snapshot": snapshot, "digest": digest_of_statements(known), "body": known},
        )
    return snapshot


def _estimated(rows: list[tuple[str, int, int]], seed: int) -> opinion.Opinion:
    return opinion.estimate(VoteTable.from_rows(rows), seed=seed)


def routing_knowledge(leads: opinion.Opinion, rows: Mapping[Level, list[tuple[str, int, int]]]) -> bytes:
    """Write down what the next statement is drawn from: the model of those who lead, and the answers of all."""
    seen = Counter(number for cast in rows.values() for _key, number, _value in cast)
    numbers = [int(number) for number in leads.table.statements]
    numbers += sorted(seen.keys() - set(numbers))
    counts = np.array([seen[number] for number in numbers], np.int64)
    return Known(np.array(numbers, np.int64), counts, leads.predictor).pack()
