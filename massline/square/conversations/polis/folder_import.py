"""Making a conversation on the square from what a folder says."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from massline.files.unreadable_file import Unreadable
from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import Conversation, Participant, Statement
from massline.square.conversations.polis.folder_reader import Folder
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers
from massline.square.organisations.models import PublicOrganisation
from massline.square.organisations.page_slugs import free_page_slug

Row = TypeVar("Row", Participant, Statement)

AT_ONCE = 5_000
LONGEST_QUESTION, LONGEST_INTRO = 160, 600


def statement_uuids(folder: Folder, organisation: PublicOrganisation) -> dict[int, UUID]:
    """Name each statement: as our own export names it, else by the content of the folder."""
    digest = folder.digest()
    return {
        statement.number: statement.uuid or uuid5(organisation.uuid, f"{digest} {statement.number}")
        for statement in folder.statements
    }


def find_existing_conversation(folder: Folder, organisation: PublicOrganisation) -> Conversation | None:
    """Find the conversation this folder was exported from, or was brought into before."""
    named = list(statement_uuids(folder, organisation).values())
    statement = (
        Statement.objects.filter(uuid__in=named[:500]).select_related("conversation__organisation").first()
    )
    return statement.conversation if statement else None


def require_known_levels(folder: Folder) -> None:
    """Refuse a level that we do not know; our own export keeps its levels, who comes from elsewhere has one of their own."""
    strange = sorted(set(folder.levels.values()) - set(Level.values))
    if strange:
        raise Unreadable(f"levels.csv holds the level {strange[0]}; known are {', '.join(Level.values)}.")


def import_conversation(
    folder: Folder, *, organisation: PublicOrganisation, closed: bool, done: Callable[[int], None]
) -> Conversation:
    """Make the conversation, whole or not at all; `done` is told how many rows were written."""
    with transaction.atomic(using="square"):
        conversation = _conversation(folder, organisation, closed)
        fill_conversation(conversation, folder, named=statement_uuids(folder, organisation), done=done)
    return conversation


def fill_conversation(
    conversation: Conversation,
    folder: Folder,
    *,
    named: Mapping[int, UUID],
    done: Callable[[int], None],
    there: Mapping[int, Statement] | None = None,
    spoken: Mapping[int, str] | None = None,
    here: Mapping[int, Participant] | None = None,
) -> None:
    """Write everybody, every statement and every vote; votes may be on statements that are `there` already.

    They may also be by people who are `here` already, whom the folder does not list.
    `spoken` says in which language each is; without it all are in the conversation's.
    """
    people = {**(here or {}), **_participants(folder, conversation, done)}
    statements = _statements(folder, conversation, people, named, spoken or {})
    _write(statements.values(), done)
    asked = {number: statement.pk for number, statement in {**(there or {}), **statements}.items()}
    keys = {person: (participant.pk, str(participant.level)) for person, participant in people.items()}
    answers = (
        Answer(keys[person][0], asked[number], value, voted_on=day, shown_level=keys[person][1])
        for (person, number), (value, day) in folder.votes.items()
    )
    while batch := list(islice(answers, AT_ONCE)):
        save_answers(batch, conversations=[conversation.pk])
        done(len(batch))
    request_map(conversation.pk)


def _conversation(folder: Folder, organisation: PublicOrganisation, closed: bool) -> Conversation:
    days = [day for _value, day in folder.votes.values()] or [
        statement.made_on for statement in folder.statements
    ]
    first = min(days, default=timezone.localdate())
    return Conversation.objects.create(
        organisation=organisation,
        slug=free_page_slug(organisation, folder.topic, Conversation.objects.all(), default="conversation"),
        question=Truncator(folder.topic).chars(LONGEST_QUESTION),
        intro=Truncator(folder.description).chars(LONGEST_INTRO),
        language=folder.language or organisation.language,
        opens_at=datetime.combine(first, time(), UTC),
        closes_at=timezone.now() if closed else None,
    )


def _participants(
    folder: Folder, conversation: Conversation, done: Callable[[int], None]
) -> dict[int, Participant]:
    """Polis counts its participants from 0; the number is the whole pseudonym."""
    joined: dict[int, date] = {}
    for (person, _number), (_value, day) in folder.votes.items():
        joined[person] = min(day, joined.get(person, day))
    made = {
        person: Participant(
            conversation=conversation,
            key=str(person),
            level=folder.levels.get(person, Level.IMPORTED),
            joined_on=joined.get(person, conversation.opens_at.date()),
        )
        for person in folder.participants
    }
    _write(made.values(), done)
    return made


def _statements(
    folder: Folder,
    conversation: Conversation,
    people: dict[int, Participant],
    named: Mapping[int, UUID],
    spoken: Mapping[int, str],
) -> dict[int, Statement]:
    return {
        statement.number: Statement(
            uuid=named[statement.number],
            conversation=conversation,
            number=statement.number,
            text=statement.text,
            language=spoken.get(statement.number, conversation.language),
            author=people.get(statement.author),
            seed=statement.seed,
            state=statement.state,
            reason=statement.reason,
            made_on=statement.made_on,
        )
        for statement in folder.statements
    }


# Pseudonyms of ours are 40 letters and figures.
LONGEST_NUMBER = 39


def number_at_origin(key: str) -> int | None:
    """The number somebody has where they were brought in from, of any usual length; None for who came in by a door of ours."""
    return int(key) if key.isdecimal() and key.isascii() and len(key) <= LONGEST_NUMBER else None


def _write(rows: Iterable[Row], done: Callable[[int], None]) -> None:
    waiting = list(rows)
    for start in range(0, len(waiting), AT_ONCE):
        batch = waiting[start : start + AT_ONCE]
        type(batch[0])._default_manager.bulk_create(batch)
        done(len(batch))
