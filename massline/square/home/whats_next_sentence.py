"""The next item in one sentence, for people who ask a bot."""

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.conversations.models import Conversation
from massline.square.home.whats_next import whats_next_of
from massline.square.organisations.models import PublicOrganisation
from massline.web.absolute_urls import public_url
from massline.web.languages import in_language
from massline.web.templatetags.massline import when


def whats_next(organisation: PublicOrganisation, *, language: str) -> str:
    """Write the sentence in this language, people's own words in theirs; hours are those of the place."""
    following = whats_next_of(organisation).next
    with in_language(language), timezone.override(organisation.zone):
        if following is None:
            return f"{_('Nothing is set yet.')} {public_url(organisation.get_absolute_url())}"
        match following:
            case PublishedCall():
                sentence = _come(following.slogan, following.event)
            case PublicEvent():
                sentence = _come(following.title, following)
            case Conversation():
                sentence = f"{_ended(following.question)} {_('Have your say')}:"
            case _:
                sentence = f"{_ended(following.title)} {_('Read it and answer')}:"
        return f"{sentence} {public_url(following.get_absolute_url())}"


def _come(words: str, event: PublicEvent) -> str:
    return f"{_ended(words)} {when(event.starts_at)}, {event.place}."


def _ended(words: str) -> str:
    return words if words[-1:] in ".!?…؟" else f"{words}."
