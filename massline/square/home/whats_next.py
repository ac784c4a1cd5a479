"""The organisation's next public items: for the top of every public page, and in a sentence for people who ask a bot."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.conversations.models import Conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import when

MORE_CALLS = 6


@dataclass(frozen=True)
class CurrentItems:
    """The next mass meeting, the call, the conversation and the latest report-back; each may be missing."""

    meeting: PublicEvent | None
    call: PublishedCall | None
    conversation: Conversation | None
    report: ReportBack | None
    further_calls: Sequence[PublishedCall] = ()

    @property
    def next(self) -> "PublicEvent | PublishedCall | Conversation | ReportBack | None":
        """The answer to "what's next": the soonest thing to come to, else something to say or to read."""
        ahead = [self.meeting, self.call.event if self.call else None]
        soonest = min((e for e in ahead if e is not None), key=lambda e: e.starts_at, default=None)
        if soonest is not None and self.call is not None and soonest.pk == self.call.event_id:
            return self.call
        return soonest or self.conversation or self.report


def whats_next_of(organisation: PublicOrganisation) -> CurrentItems:
    calls = list(PublishedCall.objects.concerning(organisation)[: 1 + MORE_CALLS])
    return CurrentItems(
        meeting=PublicEvent.objects.next_mass_meeting(organisation),
        call=next(iter(calls), None),
        conversation=organisation.conversations.talks().open().select_related("organisation").first(),
        report=organisation.reports.select_related("organisation").first(),
        further_calls=calls[1:],
    )


def whats_next_sentence(organisation: PublicOrganisation, *, language: str) -> str:
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
    return f"{_ended(words)} {when(event.starts_at)}, {event.where}."


def _ended(words: str) -> str:
    return words if words[-1:] in ".!?…؟" else f"{words}."
