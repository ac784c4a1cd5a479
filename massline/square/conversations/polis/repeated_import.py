"""A later export of a conversation that was brought in before: what is new in it is added, and nothing is doubled.

Elsewhere sentences and people keep their numbers from one export to the next, and an origin remembers what became of
those numbers here. That the export is of the same conversation is told by what was said: every sentence that both know
is the same, and of what those people answered here nothing is missing there. Two towns that asked the same questions
have other people and other answers, so their exports are never taken for one another's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from massline.square.conversations.models import Conversation, Participant, Vote
from massline.square.conversations.polis.folder_import import number_at_origin
from massline.square.conversations.polis.folder_reader import Folder, Votes
from massline.square.conversations.polis.models import Origin
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers


@dataclass(frozen=True)
class RepeatedImport:
    """Additions of a later export to its origin, in the numbers they would have here.

    Attributes
    ----------
    places : where each sentence of the export stands here, those that are new among them.
    new : numbers there of the sentences that do not stand here yet.
    origin : with newcomers counted; saved where they are brought in.
    keys : the pseudonym here of everybody in the export.
    newcomers : pseudonyms of those who were not in it before.
    fresh, changed : answers that are not here yet, and those that are here otherwise and older.
    """

    origin: Origin
    places: dict[int, int]
    new: frozenset[int]
    keys: dict[int, int]
    newcomers: list[int] = field(default_factory=list)
    fresh: Votes = field(default_factory=dict)
    changed: Votes = field(default_factory=dict)

    @property
    def adds_nothing(self) -> bool:
        return not (self.new or self.newcomers or self.fresh or self.changed)


def find_repeated_import(folder: Folder, conversation: Conversation) -> RepeatedImport | None:
    """Find what was brought in before that this is another export of; nothing is written."""
    origins = list(conversation.origins.all()) if folder.lasting else []
    if not origins:
        return None
    texts = dict(conversation.statements.values_list("number", "text"))
    likely = [origin for origin in origins if _same_words(folder, origin.places, texts)]
    cast = _answers(conversation) if likely else {}
    for origin in likely:
        if _same_people(folder, origin, cast):
            return _later(folder, origin, texts, cast, imported_numbers(conversation))
    return None


def _same_words(folder: Folder, places: Mapping[int, int], texts: Mapping[int, str]) -> bool:
    """True if both know some sentences by the same numbers, and all that one of them knows."""
    there = {statement.number: statement.text for statement in folder.statements}
    both = there.keys() & places.keys()
    whole = len(both) in {len(there), len(places)}
    return bool(both) and whole and all(there[number] == texts.get(places[number]) for number in both)


def _same_people(folder: Folder, origin: Origin, cast: Votes) -> bool:
    """True if every answer from there stands in the export, or, where the export is older, all of it here.

    Of the answers that both hold at least half must be the same, to the day: few people answer anew. Where people came
    from there and either holds answers, both hold some: nothing is told by comparing none with none.
    """
    places = origin.places
    here = {cell: vote for cell, vote in cast.items() if origin.counts(cell[0])}
    there = {
        (key, places[number]): vote
        for (person, number), vote in folder.votes.items()
        if number in places and (key := origin.key_of(person)) is not None
    }
    both = here.keys() & there.keys()
    if origin.ranges and not both and (here or folder.votes):
        return False
    newer = len(both) == len(here)
    older = len(both) == len(there) == len(folder.votes)
    return (newer or older) and 2 * sum(here[cell] == there[cell] for cell in both) >= len(both)


def _later(
    folder: Folder, origin: Origin, texts: Mapping[int, str], cast: Votes, people: set[int]
) -> RepeatedImport:
    places, new = _placed(folder, origin.places, texts)
    unknown = [person for person in folder.participants if origin.key_of(person) is None]
    origin.count(unknown, after=max(people, default=-1))
    keys = {person: key for person in folder.participants if (key := origin.key_of(person)) is not None}
    answers = {(keys[person], places[number]): vote for (person, number), vote in folder.votes.items()}
    return RepeatedImport(
        origin,
        places,
        new,
        keys,
        sorted(set(keys.values()) - people),
        {cell: vote for cell, vote in answers.items() if cell not in cast},
        {cell: vote for cell, vote in answers.items() if cell in cast and _replaces(vote, cast[cell])},
    )


def _placed(
    folder: Folder, known: Mapping[int, int], texts: Mapping[int, str]
) -> tuple[dict[int, int], frozenset[int]]:
    """Assign every sentence its number here: its own, that of the same words, or the next free one."""
    number_of = {text: number for number, text in texts.items()}
    free = count(max(texts, default=-1) + 1)
    missing = [statement for statement in folder.statements if statement.number not in known]
    new = frozenset(statement.number for statement in missing if statement.text not in number_of)
    return {
        **known,
        **{
            statement.number: number_of[statement.text] if statement.text in number_of else next(free)
            for statement in missing
        },
    }, new


def _replaces(there: tuple[int, date], here: tuple[int, date]) -> bool:
    return there[0] != here[0] and there[1] >= here[1]


def _answers(conversation: Conversation) -> Votes:
    rows = Vote.objects.filter(participant__conversation=conversation).values_list(
        "participant__key", "statement__number", "value", "voted_on"
    )
    return {
        (number, asked): (value, day)
        for key, asked, value, day in rows.iterator()
        if (number := number_at_origin(key)) is not None
    }


def imported_numbers(conversation: Conversation) -> set[int]:
    """The numbers of all who were brought in, from wherever."""
    keys = conversation.participants.values_list("key", flat=True)
    return {number for key in keys if (number := number_at_origin(key)) is not None}


def known_participants(conversation: Conversation, later: RepeatedImport) -> dict[int, Participant]:
    """People of the export who are here already, by their pseudonym."""
    wanted = set(later.keys.values()) - set(later.newcomers)
    rows = {number_at_origin(participant.key): participant for participant in conversation.participants.all()}
    return {key: rows[key] for key in wanted}


def replace_answers(conversation: Conversation, later: RepeatedImport) -> None:
    """Write the later answer over the earlier one."""
    people = {
        number: pk
        for key, pk in conversation.participants.values_list("key", "pk")
        if (number := number_at_origin(key)) is not None
    }
    statements = dict(conversation.statements.values_list("number", "pk"))
    save_answers(
        [
            Answer(people[person], statements[number], value, voted_on=day)
            for (person, number), (value, day) in later.changed.items()
        ],
        conversations=[conversation.pk],
    )
