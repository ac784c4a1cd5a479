"""Names in addresses become conversations and statements here."""

from django.http import Http404

from massline.square.conversations.models import Conversation
from massline.square.organisations.access import access_organisation


def access_conversation(org: str, slug: str) -> Conversation:
    organisation = access_organisation(org)
    conversation = organisation.conversations.filter(slug=slug).first()
    if conversation is None:
        raise Http404
    conversation.organisation = organisation
    return conversation
