"""Estimate the opinion map from all counted votes and store it as a snapshot."""

from collections.abc import Mapping

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from massline.core.db.erasure import erase_after_commit
from massline.core.disclosure_threshold import threshold
from massline.engine import ENGINE_VERSION, opinion
from massline.engine.votes import VoteTable
from massline.square.conversations.models import Conversation, LevelTally, OpinionSnapshot
from massline.square.conversations.results import editions, routing_correction, section_results
from massline.square.conversations.results.answer_arrays import AnswerArrays
from massline.square.conversations.results.counted_votes import counted_votes, digest_of_votes, is_answer_to
from massline.square.conversations.results.map_cache import CachedConversation, LevelMap
from massline.square.conversations.results.models import stored_parts
from massline.square.conversations.trust_levels import Level, leading_level
from massline.square.conversations.voting.routing_figures import (
    Routing,
    StatementFigures,
    digest_of_statements,
)

Numbers = NDArray[np.int64]


def take_snapshot(
    conversation: Conversation, *, cached: CachedConversation | None = None, whole: bool = False
) -> OpinionSnapshot:
    """Make the next edition of the results from the answers that may be told. One path for worker, button, demo and test.

    Each level people came in by is estimated by itself. The strongest that has enough people leads; the others
    are kept apart beside it. Where nothing that may be told has changed, the present edition is given back; an
    edition takes the place of the one before, of which nothing is kept.

    What the worker remembers of a conversation makes it quicker (`cached`), and nothing else: without it everything is
    read and estimated. `whole` puts a map on trial again that was carried on.
    """
    cached = cached or CachedConversation()
    texts = dict(conversation.statements.shown().order_by().values_list("number", "text"))
    numbers = np.array(list(texts), np.int64)
    editions.advance_edition(conversation, cached.answers, numbers)
    answers = cached.answers.answers or cached.answers.renew(conversation)
    latest = conversation.snapshots.defer("body", "statements", "robustness").order_by("-pk").first()
    sections = section_results.answers_by_section(
        conversation, answers, numbers, latest.sections if latest else {}
    )
    tables = counted_votes(answers, numbers)
    least = threshold(conversation.organisation)
    digest = digest_of_votes(answers, tables, sections, least)
    if latest is not None and is_current(latest, digest) and not (whole and latest.estimate.result.tested):
        return latest
    level = leading_level({level: table.shape[0] for level, table in tables.items()}, least)
    maps = {
        one: cached.map_of(one, tables.get(one, NO_VOTES), seed=conversation.seed, whole=whole)
        for one in {level: None, **tables}
    }
    even = routing_correction.even_shares(answers)
    parts = {
        one: stored_parts(
            routing_correction.add_reweighted_shares(
                build_map_document(found, texts), even.get(one), sections.get(one, {})
            )
        )
        for one, found in maps.items()
    }
    known = pack_routing_figures(maps[level].opinion, tables)
    ways = count_by_way(conversation, answers, numbers, latest.ways if latest else {}, least.k)
    with transaction.atomic(using="square"):
        snapshot = OpinionSnapshot.objects.create(
            conversation=conversation,
            votes_seen=tables[level].votes if level in tables else 0,
            votes_digest=digest,
            engine_version=ENGINE_VERSION,
            seed=conversation.seed,
            level=level,
            **parts.pop(level),
            sections=sections,
            ways=ways,
        )
        LevelTally.objects.bulk_create(
            LevelTally(snapshot=snapshot, level=one, votes_seen=tables[one].votes, **parts[one])
            for one in tables
            if one != level
        )
        save_routing(conversation, snapshot, known)
        # Only the key: a map that goes need not be read for that.
        conversation.snapshots.exclude(pk=snapshot.pk).only("pk").delete()
        erase_after_commit("square")
    return snapshot


NO_VOTES = VoteTable.from_rows([])


def is_current(latest: OpinionSnapshot, digest: str) -> bool:
    return latest.votes_digest == digest and latest.engine_version == ENGINE_VERSION


def build_map_document(found: LevelMap, texts: Mapping[int, str]) -> opinion.MapDocument:
    return opinion.document(found.opinion, texts=texts, radii=found.radii, tested=found.tested)


def count_by_way(
    conversation: Conversation,
    answers: AnswerArrays,
    statements: Numbers,
    before: Mapping[str, int | None] | None,
    k: int,
) -> dict[str, int | None]:
    """Count those of each invitation who have answered, also where it is set aside.

    A count stays until it changes by at least k. One that cannot be read any more is hidden from then on, as None.
    """
    invitations = set(conversation.ways.filter(level=Level.INVITED).values_list("pk", flat=True))
    if before is None:
        return dict.fromkeys(map(str, invitations))
    if not invitations and not before:
        return {}
    kept = np.concatenate([np.zeros(1, np.int64), np.cumsum(is_answer_to(answers, statements))])
    answered = np.flatnonzero(np.diff(kept[answers.start]))
    ways, counts = np.unique(answers.people.way[answered], return_counts=True)
    came = zip(ways.tolist(), counts.tolist(), strict=True)
    now = {str(way): n for way, n in came if way in invitations}
    last = {way: before.get(way, 0) for way in {*before, *now}}
    return {
        way: now.get(way, 0) if n is not None and abs(now.get(way, 0) - n) >= k else n
        for way, n in last.items()
    }


def save_routing(conversation: Conversation, snapshot: OpinionSnapshot, body: bytes) -> None:
    """Put the routing model of this edition in the place of the one before."""
    facts = {"snapshot": snapshot, "digest": digest_of_statements(body), "body": body}
    if not Routing.objects.filter(conversation=conversation).update(**facts):
        Routing.objects.create(conversation=conversation, **facts)


def pack_routing_figures(leads: opinion.Opinion, tables: Mapping[Level, VoteTable]) -> bytes:
    """Write down what the next statement is drawn from: the model of those who lead, and the answers of all."""
    first = leads.table.statements.astype(np.int64)
    top = 1 + max((int(table.statements.max(initial=-1)) for table in tables.values()), default=-1)
    seen = np.zeros(max(top, 0), np.int64)
    for table in tables.values():
        seen[table.statements.astype(np.int64)] += table.counts.sum(axis=1)
    numbers = np.concatenate([first, np.setdiff1d(np.flatnonzero(seen), first)])
    return StatementFigures(numbers, seen[numbers], leads.predictor).pack()
