"""Making ways into a conversation, and coming in by one.

A code is spent by itself, in a transaction of which nothing is left in the database's log when the page answers. What
the browser gets is a blank; the participant is written later, with an answer.
"""

import hmac
from dataclasses import dataclass
from enum import Enum, auto

from django.db import transaction
from django.db.models import F

from massline.core.db.erasure import erase_after_commit
from massline.core.disclosure_threshold import threshold
from massline.core.refusal import refuse
from massline.square.conversations.access_codes.models import (
    AccessCodeBatch,
    Code,
    digest_of_claim,
    digest_of_code,
    fresh_code,
    parse_code,
)
from massline.square.conversations.access_codes.refusal_reasons import CameTooFew, InvitedTooFew
from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import ONE_EACH, Level
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.conversations.voting.change_marks import mark_all_changed, mark_answers_changed


class CodeRefusal(Enum):
    """Reasons an access code is rejected; the code stays unused."""

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
    """Make an invitation for so many, or so many codes or cards for one each. Raises Refused for an invitation of too few."""
    if conversation.key is None or level in {Level.OPEN, Level.IMPORTED}:
        raise ValueError(
            "No way is made into a conversation that is over, and none is needed into an open one."
        )
    least = threshold(conversation.organisation).k
    refuse([InvitedTooFew(least)] if level is Level.INVITED and most < least else [])
    key = bytes(conversation.key)
    codes = [fresh_code() for _ in range(most if level in ONE_EACH else 1)]
    with transaction.atomic(using="square"):
        way = AccessCodeBatch.objects.create(conversation=conversation, level=level, name=name, most=most)
        each = 1 if level in ONE_EACH else most
        digests = sorted(digest_of_code(code, key) for code in codes)
        Code.objects.bulk_create([Code(way=way, digest=digest, left=each) for digest in digests])
    return CreatedBatch(way, codes)


def withdraw_batch(way: AccessCodeBatch) -> int:
    """Let nobody else in by this way; who is in stays. Give how many uses were left."""
    with transaction.atomic(using="square"):
        unused = list(way.codes.filter(left__gt=0).values_list("left", flat=True))
        way.codes.update(left=0)
        way.most -= sum(unused)
        way.save(update_fields=["most"])
    return sum(unused)


def exclude_answers_of_invitation(way: AccessCodeBatch, *, reason: str) -> None:
    """Leave the answers of an invitation out of the count, and say why; an empty reason takes them in again.

    Raises Refused where fewer people came in by it than may be told of together.
    """
    least = threshold(way.conversation.organisation).k
    refuse(
        [CameTooFew(least)]
        if bool(reason) != bool(way.set_aside) and 0 < way.participants.count() < least
        else []
    )
    way.set_aside = reason
    way.save(update_fields=["set_aside"])
    mark_all_changed(way.conversation_id)
    request_map(way.conversation_id, at_once=True)


def redeem_code(
    conversation: Conversation, *, typed: str, token: str, nonce: str, held: Blank | None = None
) -> Blank | CodeRefusal:
    """Spend a code for the browser that holds this token, and give the blank it is exchanged for.

    The same form sent twice spends once. Who answered before keeps those answers, and the view raises them to the level of the code.
    Where the browser is in by a code already, nothing is spent.
    """
    code = parse_code(typed)
    if code is None:
        return CodeRefusal.MISTYPED
    if conversation.key is None or not conversation.is_open():
        return CodeRefusal.CLOSED
    key = bytes(conversation.key)
    with transaction.atomic(using="square"):
        found = _find(conversation, digest_of_code(code, key))
        if found is None:
            return CodeRefusal.UNKNOWN
        level = Level(found.way.level)
        claim = digest_of_claim(code, f"{nonce} {token}", key)
        if found.claim is None or bytes(found.claim) != claim:
            present = held or _present(conversation, token)
            if present is not None and present.level.rank >= level.rank:
                return present if level is Level.INVITED else CodeRefusal.HERE_ALREADY
            spent = Code.objects.filter(pk=found.pk, left__gt=0).update(left=F("left") - 1, claim=claim)
            if not spent:
                return CodeRefusal.FULL if level is Level.INVITED else CodeRefusal.USED
            erase_after_commit("square")
    return Blank(conversation.pk, token, level, found.way_id if level is Level.INVITED else None)


def _find(conversation: Conversation, digest: str) -> Code | None:
    found = Code.objects.select_related("way").filter(way__conversation=conversation, digest=digest).first()
    return found if found is not None and hmac.compare_digest(found.digest, digest) else None


def _present(conversation: Conversation, token: str) -> Blank | None:
    """The right of who has answered with this token before."""
    here = conversation.participants.filter(key=conversation.pseudonym(token)).first()
    return None if here is None else Blank(conversation.pk, token, Level(here.level), here.way_id)


def raise_level(conversation: Conversation, blank: Blank) -> None:
    """Note the blank beside somebody who has answered already; who has not is written with the first answer."""
    here = conversation.participants.filter(key=conversation.pseudonym(blank.token)).first()
    if here is not None and blank.level.rank > Level(here.level).rank:
        here.level, here.way_id = blank.level, blank.way
        here.save(update_fields=["level", "way"])
        mark_answers_changed(conversation.pk, [here.pk])
