"""Names in addresses become conversations and halls here."""

from django.http import Http404
from django.utils import timezone

from massline.square.conversations.models import Conversation


def access_conversation(org: str, slug: str) -> Conversation:
    return access_way_in(org, slug, is_hall=False)


def access_phone_vote(org: str, slug: str) -> Conversation:
    """A meeting that votes on motions; 404 for a conversation."""
    return access_way_in(org, slug, is_hall=True)


def access_way_in(org: str, slug: str, **kind: bool) -> Conversation:
    """A conversation or a hall, with its organisation, whose time zone is activated: a code opens both in the same way."""
    named = Conversation.objects.filter(organisation__slug=org, slug=slug, **kind)
    conversation = named.select_related("organisation__parent").first()
    if conversation is None:
        raise Http404
    timezone.activate(conversation.organisation.zone)
    return conversation
