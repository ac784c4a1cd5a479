"""Bringing what a folder says into a conversation that is there already, beside what was said in it before.

Who comes from a file is of a level of their own, whatever the file says of them, so that no tally mixes them with
whoever came in by a door of ours. A sentence that stands here word for word already is not put a second time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from massline.embed.language_identification import UNDETERMINED, detect_languages
from massline.embed.pii.flags import find_flags
from massline.square.conversations.models import Conversation, Statement, StatementState
from massline.square.conversations.polis.folder_import import fill_conversation, statement_uuids
from massline.square.conversations.polis.folder_reader import Folder, ReadStatement
from massline.square.conversations.polis.models import Origin
from massline.square.conversations.polis.repeated_import import (
    RepeatedImport,
    find_repeated_import,
    imported_numbers,
    known_participants,
    replace_answers,
)


@dataclass(frozen=True)
class MergePlan:
    """Preview of an import: numbers of new sentences, of known ones, and of those a person must read first.

    `known` says that the folder was brought in before; `elsewhere` is another conversation of the same organisation
    that holds it. Either way nothing is brought in. `later` is what it adds to an earlier export of the same.
    """

    new: frozenset[int] = frozenset()
    same: dict[int, Statement] = field(default_factory=dict)
    careful: frozenset[int] = frozenset()
    known: bool = False
    elsewhere: Conversation | None = None
    later: RepeatedImport | None = None

    @property
    def changes_nothing(self) -> bool:
        return self.known or self.elsewhere is not None


def plan_merge(folder: Folder, conversation: Conversation) -> MergePlan:
    """Preview the import of a folder; nothing is written."""
    ours = Statement.objects.filter(conversation__organisation_id=conversation.organisation_id)
    named = list(name_statements(folder, conversation).values())[:500]
    held_by = {
        statement.conversation for statement in ours.filter(uuid__in=named).select_related("conversation")
    }
    if conversation in held_by:
        return MergePlan(known=True)
    if held_by:
        return MergePlan(elsewhere=held_by.pop())
    later = find_repeated_import(folder, conversation)
    if later is not None and later.adds_nothing:
        return MergePlan(known=True)
    others = Conversation.objects.filter(organisation=conversation.organisation_id).exclude(
        pk=conversation.pk
    )
    for candidate in others.exclude(origins=None) if later is None else ():
        if find_repeated_import(folder, candidate) is not None:
            return MergePlan(elsewhere=candidate)
    return _beside(folder, conversation, later)


def _beside(folder: Folder, conversation: Conversation, later: RepeatedImport | None) -> MergePlan:
    texts = {statement.text: statement for statement in conversation.statements.all()}
    same = {
        statement.number: texts[statement.text] for statement in folder.statements if statement.text in texts
    }
    new = [statement for statement in folder.statements if statement.number not in same]
    careful = frozenset(
        statement.number
        for statement in new
        if statement.state == StatementState.SHOWN and contains_contact_details(statement)
    )
    return MergePlan(frozenset(statement.number for statement in new), same, careful, later=later)


def contains_contact_details(statement: ReadStatement) -> bool:
    """True if a sentence surely leads to somebody: a phone number, an address."""
    return any(flag.sure for flag in find_flags(statement.text))


def name_statements(folder: Folder, conversation: Conversation) -> dict[int, UUID]:
    """Name each statement as our own export does, or, where another organisation has it, by a name of ours."""
    given = statement_uuids(folder, conversation.organisation)
    some = list(given.values())[:500]
    strangers = Statement.objects.filter(uuid__in=some).exclude(
        conversation__organisation_id=conversation.organisation_id
    )
    if not strangers.exists():
        return given
    return {number: uuid5(conversation.organisation.uuid, str(name)) for number, name in given.items()}


def merge_folder(conversation: Conversation, folder: Folder, *, done: Callable[[int], None]) -> MergePlan:
    """Add what is new, whole or not at all; a folder that was brought in before changes nothing."""
    # Before anything is held: nobody's vote on the square waits while languages are told apart.
    detected = detect_languages([statement.text for statement in folder.statements])
    languages = {
        statement.number: language for statement, language in zip(folder.statements, detected, strict=True)
    }
    named = name_statements(folder, conversation)
    with transaction.atomic(using="square"):
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        joining = plan_merge(folder, conversation)
        if joining.changes_nothing:
            return joining
        later = joining.later
        places = later.places if later else _places(folder, conversation, joining)
        origin = later.origin if later else _origin(folder, conversation)
        fill_conversation(
            conversation,
            _moved(folder, joining, places, origin),
            named={places[number]: named[number] for number in joining.new},
            done=done,
            there={statement.number: statement for statement in joining.same.values()},
            spoken={
                places[number]: language for number, language in languages.items() if language != UNDETERMINED
            },
            here=known_participants(conversation, later) if later else None,
        )
        if later:
            replace_answers(conversation, later)
            done(len(later.changed))
        if folder.lasting:
            origin.numbers = {str(number): place for number, place in places.items()}
            origin.save()
    return joining


def _origin(folder: Folder, conversation: Conversation) -> Origin:
    """Count everybody in a folder from here on; who comes from a folder before keeps their number."""
    origin = Origin(conversation=conversation)
    origin.count(folder.participants, after=max(imported_numbers(conversation), default=-1))
    return origin


def _places(folder: Folder, conversation: Conversation, joining: MergePlan) -> dict[int, int]:
    """Number each statement of the folder: after those already here, or with the number of the same one."""
    last = conversation.statements.aggregate(last=Max("number"))["last"]
    after = 0 if last is None else last + 1
    there = {number: statement.number for number, statement in joining.same.items()}
    return {
        statement.number: there.get(statement.number, statement.number + after)
        for statement in folder.statements
    }


def _moved(folder: Folder, joining: MergePlan, places: dict[int, int], origin: Origin) -> Folder:
    """Renumber people, sentences and answers to their numbers here, leaving out what is here already."""
    later = joining.later
    keys = {person: key for person in folder.participants if (key := origin.key_of(person)) is not None}
    statements = [
        replace(
            statement,
            number=places[statement.number],
            author=keys.get(statement.author, -1),
            state=StatementState.HELD.value if statement.number in joining.careful else statement.state,
        )
        for statement in folder.statements
        if statement.number in joining.new
    ]
    answers = {(keys[person], places[number]): vote for (person, number), vote in folder.votes.items()}
    return replace(
        folder,
        statements=statements,
        participants=later.newcomers if later else sorted(keys.values()),
        votes=later.fresh if later else answers,
        levels={},
    )
