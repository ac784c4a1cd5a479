"""A large conversation written straight into the square's tables: seeded, and counted in the present edition."""

import secrets
from dataclasses import dataclass

import numpy as np
from django.db import connections, transaction
from django.utils import timezone

from bench.opinion_vote_data import draw_synthetic
from massline.square.conversations.models import Conversation, Participant, Statement, Vote
from massline.square.organisations.models import PublicOrganisation

AT_ONCE = 20_000


@dataclass(frozen=True)
class Size:
    """How many people, statements and votes (about) a conversation has."""

    people: int
    statements: int
    votes: int


def find_conversation(size: Size) -> Conversation:
    """The conversation of this size, written where it is not there yet."""
    return Conversation.objects.filter(slug=slug_of(size)).first() or write_conversation(size)


def slug_of(size: Size) -> str:
    return f"{size.people}-{size.statements}-{size.votes}"


def write_conversation(size: Size, *, seed: int = 1) -> Conversation:
    """Write a conversation whose answers count already, as after years of editions; it has no map yet."""
    organisation, _ = PublicOrganisation.objects.get_or_create(
        slug="bench", defaults={"name": "Bench", "sentence": "Many people, many sentences."}
    )
    slug = slug_of(size)
    with np.load(draw_synthetic(size.people, size.statements, size.votes, seed=seed)) as drawn:
        who, which, value = (drawn[name] for name in ("participant", "statement", "value"))
    with transaction.atomic(using="square"):
        conversation = Conversation.objects.create(
            organisation=organisation, slug=slug, question=f"What of {slug}?", seed=seed
        )
        statements = write_statements(conversation, size.statements)
        people = write_people(conversation, size.people)
        write_votes(people[who], statements[which], value)
    return conversation


def write_statements(conversation: Conversation, count: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Sentences as long as people's own, shown; gives their keys."""
    made = Statement.objects.bulk_create(
        [
            Statement(
                conversation=conversation,
                number=number,
                text=f"Sentence {number} of a long list, about as long as the sentences that people write.",
                state="shown",
            )
            for number in range(count)
        ],
        batch_size=500,
    )
    return np.array([statement.pk for statement in made])


def write_people(conversation: Conversation, count: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Pseudonyms under random numbers; gives these."""
    made = [
        Participant(conversation=conversation, key=secrets.token_hex(20), level="open") for _ in range(count)
    ]
    Participant.objects.bulk_create(made, batch_size=1_000)
    return np.array([person.pk for person in made])


def write_votes(
    people: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    statements: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    value: "np.ndarray[tuple[int], np.dtype[np.int8]]",
) -> None:
    """Votes in the order of their random keys, each as the present edition counts it."""
    # Each statement was drawn from those that waited, some of them twice as readily as others.
    left = len(np.unique(statements)) - np.arange(len(people)) % 30
    chance = np.random.default_rng(2).uniform(0.7, 1.4, len(people)) / left
    keys = np.sort(np.random.default_rng(1).choice(2**52, len(people), replace=False)) + 1
    today = timezone.localdate().isoformat()
    insert = (
        f"INSERT INTO {Vote._meta.db_table} (id, participant_id, statement_id, value, probability, "
        "waiting, voted_on, shown_value, shown_level) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'open')"
    )
    with connections["square"].cursor() as cursor:
        for start in range(0, len(people), AT_ONCE):
            span = slice(start, start + AT_ONCE)
            columns = (keys[span], people[span], statements[span], value[span], chance[span], left[span])
            rows = zip(*(column.tolist() for column in columns), strict=True)
            cursor.executemany(insert, [(*row, today, row[3]) for row in rows])
