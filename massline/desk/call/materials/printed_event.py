"""An event without a call, ready for the same sheets: what is a call's slogan is its title, and its page the address."""

from copy import copy

import segno
from django.utils.translation import gettext as _

from massline.desk.call.materials.printed_call import CallOnPaper
from massline.square.calls.facts import facts_of
from massline.square.calls.localized_call import CallWording
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.web.absolute_urls import public_url, typeable_url
from massline.web.language_choice import in_language


class EventOnPaper(CallOnPaper):
    """A public event in its organisation's language. Openings are not counted by sheet: only calls have short codes."""

    def __init__(self, event: PublicEvent) -> None:
        language = event.organisation.language
        with in_language(language):
            ask = _("Come, and bring someone along.")
        self.event = event
        # Never stored: the sheets read the facts of a call, and an event has no call.
        self.published = PublishedCall(
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
        self.words = facts_of(
            CallWording,
            self.published,
            event,
            what=event.get_kind_display(),
            why=event.about,
            is_original=True,
        )

    @property
    def url(self) -> str:
        return public_url(self.event.get_absolute_url())

    @property
    def address(self) -> str:
        return typeable_url(self.event.get_absolute_url())

    def short_url_for(self, source: str) -> str:
        return self.url

    def qr(self, source: str = "") -> str:
        code = segno.make(self.url, error="m", micro=False)
        return str(code.svg_inline(border=0, dark="#000", light=None, omitsize=True))

    def _sponsors(self) -> str:
        return ""
