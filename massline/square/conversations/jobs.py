"""What the worker does for conversations: a new map, soon after the votes that outgrew the last."""

from massline.jobs.registry import every, verb
from massline.square.conversations import actions
from massline.square.conversations.models import Conversation


@verb("conversations.take_snapshot", repeatable=True)
def take_snapshot(conversation: int) -> None:
    actions.take_snapshot(Conversation.objects.get(pk=conversation))


@every(minutes=24 * 60, database="square")
def forget_pseudonyms() -> None:
    actions.forget_pseudonyms()
