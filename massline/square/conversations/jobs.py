"""Jobs of conversations: a new map soon after enough new votes."""

from massline.jobs.registry import every, job
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation
from massline.square.conversations.results import robustness, snapshot


@job("conversations.take_snapshot", repeatable=True)
def take_snapshot(conversation: int) -> None:
    snapshot.take_snapshot(Conversation.objects.get(pk=conversation))
    robustness.request_robustness(conversation)


@job("conversations.check_robustness", repeatable=True)
def check_robustness(conversation: int) -> None:
    robustness.check_robustness(Conversation.objects.get(pk=conversation))


@every(minutes=24 * 60, database="square")
def redraw_maps_of_older_engines() -> None:
    robustness.request_current_maps()


@every(minutes=24 * 60, database="square")
def forget_pseudonyms() -> None:
    conversation_actions.forget_pseudonyms()
