"""Ask participants once which section they belong to; they may decline."""

from massline.square.conversations.models import Conversation, Participant
from massline.square.conversations.voting.change_marks import mark_answers_changed

ASK_AFTER = 3


UNSAID = ""


def should_ask(conversation: Conversation, participant: Participant | None, *, answered: int) -> bool:
    """True if the section is to be asked now: once, after three answers, where the organisers have named sections."""
    if participant is None or participant.asked_section or not conversation.sections:
        return False
    return answered >= ASK_AFTER


def save_section(participant: Participant, section: str) -> bool:
    """Keep what somebody said, or that they would rather not say; a section nobody named is not kept."""
    if section != UNSAID and section not in participant.conversation.sections:
        return False
    participant.section, participant.asked_section = section, True
    participant.save(update_fields=["section", "asked_section"])
    mark_answers_changed(participant.conversation_id, [participant.pk])
    return True
