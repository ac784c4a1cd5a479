"""Names in addresses become conversations and halls here."""

from django.http import Http404

from massline.square.conversations.models import Conversation
from massline.square.organisations.access import access_organisation


def access_conversation(org: str, slug: str) -> Conversation:
    return access_way_in(org, slug, is_hall=False)


def access_hall(org: str, slug: str) -> Conversation:
    """A meeting that votes on motions; 404 for a conversation."""
    return access_way_in(org, slug, is_hall=True)


def access_way_in(org: str, slug: str, **kind: bool) -> Conversation:
    """A conversation or a hall: a code opens both in the same way."""
    organisation = access_organisation(org)
    conversation = organisation.conversations.filter(slug=slug, **kind).first()
    if conversation is None:
        raise Http404
    conversation.organisation = organisation
    return conversation
