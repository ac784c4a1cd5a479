"""Estimate the opinion map from all counted votes and store it as a snapshot."""

import json
from collections import Counter
from collections.abc import Mapping

import numpy as np
from django.db import transaction
from django.db.models import Count

from massline.core.db.erasure import erase_after_commit
from massline.core.disclosure_threshold import digest_of_rows, threshold
from massline.engine import ENGINE_VERSION, opinion
from massline.engine.documents import canonical_bytes
from massline.engine.votes import VoteTable
from massline.square.conversations.models import (
    Conversation,
    LevelTally,
    OpinionSnapshot,
    Vote,
)
from massline.square.conversations.results import by_section, editions, reweighting
from massline.square.conversations.trust_levels import Level, leading_level
from massline.square.conversations.voting.routing import Routing, StatementFigures, digest_of_statements


def take_snapshot(conversation: Conversation) -> OpinionSnapshot:
    """Make the next edition of the results from the answers that may be told. One path for worker, button, demo and test.

    Each level people came in by is estimated by itself. The strongest that has enough people leads; the others
    are kept apart beside it. Where nothing that may be told has changed, the present edition is given back; an
    edition takes the place of the one before, of which nothing is kept.
    """
    editions.advance_edition(conversation)
    latest = conversation.latest_snapshot()
    rows = Vote.objects.counted(conversation).rows_by_level()
    sections = by_section.answers_by_section(conversation, latest.sections if latest else None)
    counted = [(str(level), cast) for level, cast in rows.items()]
    least = threshold(conversation.organisation)
    sections_json = json.dumps(sections, sort_keys=True)
    digest = digest_of_rows((counted, sections_json) if sections else counted, least)
    if latest is not None and latest.votes_digest == digest and latest.engine_version == ENGINE_VERSION:
        return latest
    level = leading_level(
        {level: len({key for key, _number, _value in cast}) for level, cast in rows.items()}, least
    )
    texts = dict(conversation.statements.shown().values_list("number", "text"))
    maps = {
        level_name: _estimated(rows.get(level_name, []), conversation.seed) for level_name in {level, *rows}
    }
    even = reweighting.even_shares(conversation)
    bodies = {
        level_name: canonical_bytes(
            reweighting.write_reweighted(
                opinion.document(maps[level_name], texts=texts),
                even.get(level_name, {}),
                sections.get(level_name, {}),
            )
        )
        for level_name in maps
    }
    known = write_routing_figures(maps[level], rows)
    with transaction.atomic(using="square"):
        snapshot = OpinionSnapshot.objects.create(
            conversation=conversation,
            votes_seen=len(rows.get(level, [])),
            votes_digest=digest,
            engine_version=ENGINE_VERSION,
            seed=conversation.seed,
            level=level,
            body=bodies.pop(level),
            sections=sections,
            ways=count_by_way(conversation, latest.ways if latest else {}, least.k),
        )
        LevelTally.objects.bulk_create(
            LevelTally(
                snapshot=snapshot, level=level_name, votes_seen=len(rows[level_name]), body=bodies[level_name]
            )
            for level_name in rows
            if level_name != level
        )
        Routing.objects.update_or_create(
            conversation=conversation,
            defaults={"snapshot": snapshot, "digest": digest_of_statements(known), "body": known},
        )
        conversation.snapshots.exclude(pk=snapshot.pk).delete()
        erase_after_commit("square")
    return snapshot


def count_by_way(conversation: Conversation, before: dict[str, int], k: int) -> dict[str, int]:
    """Count those of each invitation who have answered, also where it is set aside.

    A count stays until it changes by at least k.
    """
    answered = Vote.objects.filter(statement__conversation=conversation, statement__state="shown")
    invited = answered.filter(participant__way__level=Level.INVITED).values_list("participant__way")
    came = invited.annotate(n=Count("participant", distinct=True))
    now = {str(way): n for way, n in came}
    last = {way: before.get(way, 0) for way in {*before, *now}}
    return {way: now.get(way, 0) if abs(now.get(way, 0) - n) >= k else n for way, n in last.items()}


def _estimated(rows: list[tuple[str, int, int]], seed: int) -> opinion.Opinion:
    return opinion.estimate(VoteTable.from_rows(rows), seed=seed)


def write_routing_figures(leads: opinion.Opinion, rows: Mapping[Level, list[tuple[str, int, int]]]) -> bytes:
    """Write down what the next statement is drawn from: the model of those who lead, and the answers of all."""
    seen = Counter(number for cast in rows.values() for _key, number, _value in cast)
    numbers = [int(number) for number in leads.table.statements]
    numbers += sorted(seen.keys() - set(numbers))
    counts = np.array([seen[number] for number in numbers], np.int64)
    return StatementFigures(np.array(numbers, np.int64), counts, leads.predictor).pack()
