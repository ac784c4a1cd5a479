"""Facts of a call as they are printed: in one of its languages and the hours of its organisation."""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.square.calls.change_sentences import change_stamp
from massline.square.calls.localized_call import CallWording, wording_in
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.printed.printed_subject import PrintedFacts, SubjectOnPaper
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import until, when


class CallOnPaper(SubjectOnPaper):
    """A published call in one of its languages, ready for print and sharing; by default in its own."""

    def __init__(self, published: PublishedCall, language: str = "") -> None:
        self._read(published, published.event, wording_in(published, language or published.language))

    def _read(self, published: PublishedCall, event: PublicEvent, words: CallWording) -> None:
        self.published, self.event, self.words = published, event, words
        self.organisation = published.organisation
        self.language = words.language
        self.is_translated = words.language != published.language
        self.code = published.code
        self.key = ("calls", published.slug)
        self.pk = published.pk
        self.changed_at = event.changed_at

    @property
    def path(self) -> str:
        return self.published.get_short_url()

    def short_url_for(self, source: str) -> str:
        """The short address that counts openings by this source."""
        return public_url(self.published.get_short_url(source))

    @cached_property
    def printed(self) -> PrintedFacts:
        words = self.words
        with in_language(words.language), timezone.override(self.organisation.zone):
            return self.set_facts(
                slogan=words.slogan,
                ask=words.ask,
                when=self._hours(),
                place=words.place,
                rows=self._rows(),
                stamp=change_stamp(self.event),
                what_changed=words.what_changed,
            )

    def _hours(self) -> str:
        end = until(self.event.ends_at, self.event.starts_at)
        return _("%(start)s to %(end)s") % {"start": when(self.event.starts_at), "end": end}

    def _rows(self) -> list[tuple[str, str]]:
        words = self.words
        return [
            (_("What"), words.what),
            (_("When"), self._hours()),
            (_("Where"), words.place),
            *((str(label), text) for label, text in words.lines),
            (_("With us"), self._sponsors()),
        ]

    def _sponsors(self) -> str:
        return ", ".join(sponsor.name for sponsor in self.published.sponsors.all())
