"""Opening a conversation, voting, saying it in one's own words, and taking the snapshot of a map."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from massline.engine import ENGINE_VERSION, opinion
from massline.engine.documents import canonical
from massline.engine.votes import VoteTable
from massline.jobs.models import enqueue
from massline.square.conversations import sections
from massline.square.conversations.models import (
    Conversation,
    LevelTally,
    OpinionSnapshot,
    Participant,
    Shown,
    Statement,
    StatementState,
    Value,
    Vote,
)
from massline.square.conversations.moderation import show as show
from massline.square.conversations.moderation import take_back as take_back
from massline.square.conversations.moderation import turn_down as turn_down
from massline.square.conversations.results import reweighting
from massline.square.conversations.trust_levels import Level, leading
from massline.square.conversations.voting.routing import Known, Routing, digest_of
from massline.square.organisations.models import PublicOrganisation

MAP_AFTER = timedelta(seconds=20)
REMEMBERED_AFTER_CLOSE = timedelta(days=30)


def open_conversation(
    *,
    organisation: PublicOrganisation,
    question: str,
    seeds: list[str],
    intro: str = "",
    shown: str = Shown.HELD,
    closes_at: datetime | None = None,
    **fields: Any,
) -> Conversation:
    """Put a question on the square, with a few statements to begin with."""
    with transaction.atomic(using="square"):
        conversation = Conversation.objects.create(
            organisation=organisation,
            slug=free_slug(organisation, question),
            question=question,
            intro=intro,
            language=organisation.language,
            shown=shown,
            closes_at=closes_at,
            **fields,
        )
        for text in seeds:
            add_statement(conversation, text=text, seed=True)
    return conversation


def free_slug(organisation: PublicOrganisation, words: str) -> str:
    """Make an address from words; a number is added where the address is taken."""
    base = slugify(words)[:50].strip("-") or "conversation"
    taken = set(
        Conversation.objects.filter(organisation=organisation, slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    return next(
        slug for n in range(1, len(taken) + 3) if (slug := base if n == 1 else f"{base}-{n}") not in taken
    )


def join(conversation: Conversation, *, token: str) -> Participant:
    """Give the pseudonym this cookie has in this conversation."""
    participant, _ = Participant.objects.get_or_create(
        conversation=conversation, key=conversation.pseudonym(token)
    )
    return participant


def fresh_token() -> str:
    return secrets.token_urlsafe(24)


def vote(
    participant: Participant,
    statement: Statement,
    *,
    value: Value,
    probability: float | None = None,
    waiting: int | None = None,
) -> None:
    """Keep an answer; the last one counts."""
    Vote.objects.bulk_create(
        [
            Vote(
                participant=participant,
                statement=statement,
                value=value,
                probability=probability,
                waiting=waiting,
            )
        ],
        update_conflicts=True,
        unique_fields=["participant", "statement"],
        update_fields=["value", "voted_on"],
    )
    want_map(statement.conversation_id)


def want_map(conversation: int) -> None:
    """Ask the worker for a new map soon; many votes ask for one map."""
    enqueue(
        "conversations.take_snapshot",
        using="square",
        key=f"map-{conversation}",
        delay=MAP_AFTER,
        conversation=conversation,
    )


def add_statement(
    conversation: Conversation, *, text: str, seed: bool = False, author: Participant | None = None
) -> Statement:
    """Keep somebody's words to the byte, and count them as their own agreement; shown or held as the conversation says.

    The same words sent twice by the same participant (a double tap, a reload) are one statement.
    """
    with transaction.atomic(using="square"):
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        if author is not None:
            said: Statement | None = Statement.objects.filter(
                conversation=conversation, author=author, text=text
            ).first()
            if said is not None:
                return said
        last = conversation.statements.aggregate(last=Max("number"))["last"]
        at_once = seed or conversation.shown == Shown.AT_ONCE
        statement = Statement.objects.create(
            conversation=conversation,
            number=0 if last is None else last + 1,
            text=text,
            seed=seed,
            author=author,
            language=conversation.language,
            state=StatementState.SHOWN if at_once else StatementState.HELD,
        )
        if author is not None:
            vote(author, statement, value=Value.AGREE)
    return statement


def take_snapshot(conversation: Conversation) -> OpinionSnapshot:
    """Estimate the opinion map from all counted votes. One path for worker, button, demo and test.

    Each level people came in by is estimated by itself. The strongest that has enough people leads; the others
    are kept apart beside it. Where no vote was added or changed since the last snapshot, the last one is given back.
    """
    rows = Vote.objects.counted(conversation).rows_by_level()
    told = sorted(conversation.participants.exclude(section="").values_list("key", "section"))
    counted = [(str(level), cast) for level, cast in rows.items()]
    digest = hashlib.sha256(repr((counted, told) if told else counted).encode()).hexdigest()
    latest = conversation.latest_snapshot()
    if latest is not None and latest.votes_digest == digest and latest.engine_version == ENGINE_VERSION:
        return latest
    level = leading({level: len({key for key, _number, _value in cast}) for level, cast in rows.items()})
    texts = dict(conversation.statements.shown().values_list("number", "text"))
    maps = {one: _estimated(rows.get(one, []), conversation.seed) for one in {level, *rows}}
    even, apart = reweighting.even_shares(conversation), sections.by_section(conversation)
    bodies = {
        one: canonical(
            reweighting.beside(
                opinion.document(maps[one], texts=texts), even.get(one, {}), apart.get(one, {})
            )
        )
        for one in maps
    }
    known = what_is_known(maps[level], rows)
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
            defaults={"snapshot": snapshot, "digest": digest_of(known), "body": known},
        )
    return snapshot


def _estimated(rows: list[tuple[str, int, int]], seed: int) -> opinion.Opinion:
    return opinion.estimate(VoteTable.from_rows(rows), seed=seed)


def what_is_known(leads: opinion.Opinion, rows: Mapping[Level, list[tuple[str, int, int]]]) -> bytes:
    """Write down what the next statement is drawn from: the model of those who lead, and the answers of all."""
    seen = Counter(number for cast in rows.values() for _key, number, _value in cast)
    numbers = [int(number) for number in leads.table.statements]
    numbers += sorted(seen.keys() - set(numbers))
    counts = np.array([seen[number] for number in numbers], np.int64)
    return Known(np.array(numbers, np.int64), counts, leads.predictor).pack()


def forget_pseudonyms() -> int:
    """Destroy the keys of conversations that closed a month ago: their votes can be joined to no cookie any more."""
    closed = Conversation.objects.filter(closes_at__lt=timezone.now() - REMEMBERED_AFTER_CLOSE)
    return closed.exclude(key=None).exclude(organisation__held=True).update(key=None)
