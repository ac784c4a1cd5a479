"""An event without a call, ready for the same sheets: what is a call's slogan is its title, and its page the address."""

from copy import copy

from django.utils.translation import gettext as _

from massline.square.calls.facts import facts_of
from massline.square.calls.localized_call import CallWording
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.printed.printed_call import CallOnPaper
from massline.web.language_choice import in_language


class EventOnPaper(CallOnPaper):
    """A public event in its organisation's language. Openings are not counted by sheet: only calls have short codes."""

    def __init__(self, event: PublicEvent) -> None:
        language = event.organisation.language
        with in_language(language):
            ask, kind = _("Come, and bring someone along."), event.get_kind_display()
            where = event.where
        # Never stored: the sheets read the facts of a call, and an event has no call.
        published = PublishedCall(
            organisation=event.organisation,
            event=copy(event),  # else the event itself would say that it has a call
            slug="event",
            code=event.uuid.hex[:6],
            slogan=event.title,
            ask=ask,
            why=event.about,
            language=language,
            called_by=event.organisation.name,
        )
        words = facts_of(
            CallWording,
            published,
            event,
            place=where,
            what=kind,
            why=event.about,
            is_original=True,
        )
        self._read(published, event, words)
        self.key = ("events", str(event.uuid))
        self.pk = event.pk

    @property
    def path(self) -> str:
        return self.event.get_absolute_url()

    def short_url_for(self, source: str) -> str:
        return self.url

    def _sponsors(self) -> str:
        return ""
