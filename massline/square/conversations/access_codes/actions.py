"""Making ways into a conversation, and coming in by one. A code is spent in the same step that lets somebody in."""

import hmac
from dataclasses import dataclass
from enum import Enum, auto

from django.db import transaction
from django.db.models import F

from massline.square.conversations.access_codes.models import (
    AccessCodeBatch,
    Code,
    digest_of_code,
    fresh_code,
    read_code,
)
from massline.square.conversations.models import Conversation, Participant
from massline.square.conversations.trust_levels import ONE_EACH, Level


class Refusal(Enum):
    """Why a code opens nothing. None of them spends it."""

    MISTYPED = auto()
    UNKNOWN = auto()
    USED = auto()
    FULL = auto()
    CLOSED = auto()
    HERE_ALREADY = auto()


@dataclass(frozen=True)
class CreatedBatch:
    """A way in and its codes, which exist nowhere else: what is not printed or sent now is gone."""

    way: AccessCodeBatch
    codes: list[str]


def create_batch(*, conversation: Conversation, level: Level, name: str, most: int) -> CreatedBatch:
    """Make an invitation for so many, or so many codes or cards for one each."""
    if conversation.key is None or level in {Level.OPEN, Level.IMPORTED}:
        raise ValueError(
            "No way is made into a conversation that is over, and none is needed into an open one."
        )
    key = bytes(conversation.key)
    codes = [fresh_code() for _ in range(most if level in ONE_EACH else 1)]
    with transaction.atomic(using="square"):
        way = AccessCodeBatch.objects.create(conversation=conversation, level=level, name=name, most=most)
        each = 1 if level in ONE_EACH else most
        digests = sorted(digest_of_code(code, key) for code in codes)
        Code.objects.bulk_create([Code(way=way, digest=digest, left=each) for digest in digests])
    return CreatedBatch(way, codes)


def withdraw(way: AccessCodeBatch) -> int:
    """Let nobody else in by this way; who is in stays. Give how many uses were left."""
    with transaction.atomic(using="square"):
        unused = list(way.codes.filter(left__gt=0).values_list("left", flat=True))
        way.codes.update(left=0)
        way.most -= sum(unused)
        way.save(update_fields=["most"])
    return sum(unused)


def set_aside(way: AccessCodeBatch, *, reason: str) -> None:
    """Leave the answers of an invitation out of the count, and say why; an empty reason takes them in again."""
    way.set_aside = reason
    way.save(update_fields=["set_aside"])


def come_in(conversation: Conversation, *, typed: str, token: str) -> Participant | Refusal:
    """Let the browser that holds this token in by a code.

    Who answered before comes in with those answers. Where the browser is in by a code already, nothing is spent.
    """
    code = read_code(typed)
    if code is None:
        return Refusal.MISTYPED
    if conversation.key is None or not conversation.is_open():
        return Refusal.CLOSED
    with transaction.atomic(using="square"):
        found = _find(conversation, digest_of_code(code, bytes(conversation.key)))
        if found is None:
            return Refusal.UNKNOWN
        level = Level(found.way.level)
        here = Participant.objects.filter(
            conversation=conversation, key=conversation.pseudonym(token)
        ).first()
        if here is not None and Level(here.level).rank >= level.rank:
            return here if level is Level.INVITED else Refusal.HERE_ALREADY
        if not Code.objects.filter(pk=found.pk, left__gt=0).update(left=F("left") - 1):
            return Refusal.FULL if level is Level.INVITED else Refusal.USED
        return _let_in(conversation, token, found.way)


def _find(conversation: Conversation, digest: str) -> Code | None:
    found = Code.objects.select_related("way").filter(way__conversation=conversation, digest=digest).first()
    return found if found is not None and hmac.compare_digest(found.digest, digest) else None


def _let_in(conversation: Conversation, token: str, way: AccessCodeBatch) -> Participant:
    """Note the level, and of an invitation also which; of a stack of cards never, so that the crowd stays large."""
    participant, _ = Participant.objects.update_or_create(
        conversation=conversation,
        key=conversation.pseudonym(token),
        defaults={"level": way.level, "way": way if way.level == Level.INVITED else None},
    )
    return participant
