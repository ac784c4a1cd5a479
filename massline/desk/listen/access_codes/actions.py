"""Create and withdraw access codes of a round's conversation. The codes are printed or shown once and never stored."""

from datetime import date

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.square.conversations.access_codes import actions
from massline.square.conversations.access_codes.models import AccessCodeBatch
from massline.square.conversations.arrivals import actions as open_door
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import Level


def create_access_codes(
    *, round_: ListeningRound, conversation: Conversation, level: Level, name: str, most: int, by: Account
) -> actions.CreatedBatch:
    """Create an invitation, or a set of codes or cards. The audit line holds their number, never the codes."""
    with transaction.atomic(using="desk"):
        made = actions.create_batch(conversation=conversation, level=level, name=name, most=most)
        chain.append_line(round_.organisation, by, f"made {most} ways in, {level.value}", made.way)
    return made


def withdraw_access_codes(way: AccessCodeBatch, *, round_: ListeningRound, by: Account) -> int:
    """Close an invitation or a set of codes and return how many uses were left."""
    with transaction.atomic(using="desk"):
        left = actions.withdraw_batch(way)
        chain.append_line(round_.organisation, by, "withdrew a way in", way)
    return left


def exclude_invitation_answers(
    way: AccessCodeBatch, *, round_: ListeningRound, reason: str, by: Account
) -> None:
    """Exclude the answers of an invitation from the results; an empty reason includes them again."""
    with transaction.atomic(using="desk"):
        actions.exclude_answers_of_invitation(way, reason=reason)
        chain.append_line(
            round_.organisation, by, "set a way in aside" if reason else "counted a way in again", way
        )


def exclude_answers_of_day(
    conversation: Conversation, *, round_: ListeningRound, day: date, reason: str, by: Account
) -> None:
    """Leave out whoever came through the open door on a day; an empty reason counts them again. Raises Refused."""
    with transaction.atomic(using="desk"):
        open_door.exclude_newcomers_of_day(conversation, day=day, reason=reason)
        verb = "set newcomers of a day aside" if reason else "counted newcomers of a day again"
        chain.append_line(round_.organisation, by, verb, conversation)


def set_open_to_all(conversation: Conversation, *, round_: ListeningRound, to_all: bool, by: Account) -> None:
    """Let everyone answer, or only people with a card, a code or an invitation."""
    with transaction.atomic(using="desk"):
        conversation.open_to_all = to_all
        conversation.save(update_fields=["open_to_all"])
        chain.append_line(
            round_.organisation, by, "opened the door" if to_all else "closed the door", conversation
        )
