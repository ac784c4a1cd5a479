"""Who may answer on a page: whoever did before, whoever holds a blank, and anybody where the page is open to all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from massline.square.conversations.models import Conversation, Participant
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.blank_ballots import Blank


class Sent(Protocol):
    """What somebody sent to a page: the value of their cookie, and what they were given for a code."""

    @property
    def conversation(self) -> int: ...

    @property
    def token(self) -> str: ...

    @property
    def blank(self) -> Blank | None: ...


def admit_participants(
    accepted: Sequence[Sent], pages: Mapping[int, Conversation]
) -> dict[tuple[int, str], int]:
    """Return the participants who may vote, by conversation and token.

    Newcomers are let in where all are, or by their blank; a blank also raises who is here by a lower level.
    """
    names = {
        (sent.conversation, pages[sent.conversation].pseudonym(sent.token)): (sent.conversation, sent.token)
        for sent in accepted
    }
    blanks = {(sent.conversation, sent.token): sent.blank for sent in accepted if sent.blank is not None}
    found = _known(names)
    fresh = [
        name for name in names if name not in found and (pages[name[0]].open_to_all or names[name] in blanks)
    ]
    if fresh:
        Participant.objects.bulk_create(
            [_newcomer(*name, blanks.get(names[name])) for name in sorted(fresh)], ignore_conflicts=True
        )
        found |= _known(fresh)
    for name, (pk, level) in found.items():
        blank = blanks.get(names[name])
        if blank is not None and blank.level.rank > Level(level).rank:
            Participant.objects.filter(pk=pk).update(level=blank.level, way=blank.way)
            found[name] = (pk, blank.level)
    return {
        names[name]: pk
        for name, (pk, level) in found.items()
        if pages[name[0]].open_to_all or level != Level.OPEN
    }


def _newcomer(conversation: int, key: str, blank: Blank | None) -> Participant:
    if blank is None:
        return Participant(conversation_id=conversation, key=key)
    return Participant(conversation_id=conversation, key=key, level=blank.level, way_id=blank.way)


def _known(names: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, str]]:
    wanted = set(names)
    rows = Participant.objects.filter(
        conversation__in={page for page, _key in wanted}, key__in={key for _page, key in wanted}
    ).values_list("conversation_id", "key", "pk", "level")
    return {(page, key): (pk, level) for page, key, pk, level in rows if (page, key) in wanted}
