"""Names in addresses become conversations and statements here."""

from django.http import Http404
from django.utils import timezone

from massline.square.conversations.models import Conversation


def access_conversation(org: str, slug: str) -> Conversation:
    """Return the conversation with its organisation, and activate its time zone."""
    named = Conversation.objects.filter(organisation__slug=org, slug=slug)
    conversation = named.select_related("organisation__parent").first()
    if conversation is None:
        raise Http404
    timezone.activate(conversation.organisation.zone)
    return conversation
