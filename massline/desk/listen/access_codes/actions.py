"""Making ways into a round's conversation at the desk. What goes out is printed or shown once and kept nowhere."""

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.square.conversations.access_codes import actions
from massline.square.conversations.access_codes.models import Way
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import Level


def make(
    *, round_: ListeningRound, conversation: Conversation, level: Level, name: str, most: int, by: Account
) -> actions.Made:
    """Make an invitation, or a stack of codes or cards. The line in the audit says how many, never which."""
    with transaction.atomic(using="desk"):
        made = actions.make_way(conversation=conversation, level=level, name=name, most=most)
        chain.write(round_.organisation, by, f"made {most} ways in, {level.value}", made.way)
    return made


def withdraw(way: Way, *, round_: ListeningRound, by: Account) -> int:
    """Let nobody else in by this way; give how many uses were left."""
    with transaction.atomic(using="desk"):
        left = actions.withdraw(way)
        chain.write(round_.organisation, by, "withdrew a way in", way)
    return left


def set_aside(way: Way, *, round_: ListeningRound, reason: str, by: Account) -> None:
    """Leave the answers of an invitation out of the count, or take them in again with an empty reason."""
    with transaction.atomic(using="desk"):
        actions.set_aside(way, reason=reason)
        chain.write(
            round_.organisation, by, "set a way in aside" if reason else "counted a way in again", way
        )


def open_door(conversation: Conversation, *, round_: ListeningRound, to_all: bool, by: Account) -> None:
    """Let anybody answer, or only those who came in by a way."""
    with transaction.atomic(using="desk"):
        conversation.open_to_all = to_all
        conversation.save(update_fields=["open_to_all"])
        chain.write(round_.organisation, by, "opened the door" if to_all else "closed the door", conversation)
