"""Facts of a call as they are printed: in one of its languages and the hours of its organisation."""

from dataclasses import asdict, dataclass
from functools import cached_property

import segno
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.square.calls.change_sentences import change_stamp
from massline.square.calls.localized_call import call_wording_for
from massline.square.calls.models import PublishedCall
from massline.square.calls.slogan_lines import UNSPACED, break_slogan
from massline.square.home.templatetags.square import until
from massline.web.absolute_urls import public_url, typeable_url
from massline.web.language_choice import base_language, in_language
from massline.web.organisation_branding import print_branding_of
from massline.web.templatetags.massline import direction, when


@dataclass(frozen=True)
class PrintedFacts:
    """All texts of a sheet. An empty stamp means that nothing changed."""

    lang: str
    dir: str
    spaced: bool
    organisation: str
    face: dict[str, str]
    slogan: str
    slogan_lines: str
    ask: str
    when: str
    place: str
    rows: list[list[str]]
    scan: str
    address: str
    imprint: str
    stamp: str
    what_changed: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class CallOnPaper:
    """A published call in one of its languages, ready for print and sharing; by default in its own."""

    def __init__(self, published: PublishedCall, language: str = "") -> None:
        self.published = published
        self.event = published.event
        self.words = call_wording_for(published, language or published.language)

    @property
    def url(self) -> str:
        return public_url(self.published.get_short_url())

    @property
    def address(self) -> str:
        return typeable_url(self.published.get_short_url())

    def short_url_for(self, source: str) -> str:
        """The short address that counts openings by this source."""
        return public_url(self.published.get_short_url(source))

    def qr(self, source: str = "") -> str:
        """Draw the QR code as SVG without its quiet zone, which the sheet leaves free."""
        code = segno.make(self.short_url_for(source) if source else self.url, error="m", micro=False)
        return str(code.svg_inline(border=0, dark="#000", light=None, omitsize=True))

    @cached_property
    def printed(self) -> PrintedFacts:
        call, words = self.published, self.words
        base = base_language(words.language)
        with in_language(words.language), timezone.override(call.organisation.zone):
            return PrintedFacts(
                lang=base,
                dir=direction(words.language),
                spaced=base not in UNSPACED,
                organisation=call.organisation.name,
                face=print_branding_of(call.organisation).as_dict(),
                slogan=words.slogan,
                slogan_lines=break_slogan(words.slogan, is_spaced=base not in UNSPACED),
                ask=words.ask,
                when=self._hours(),
                place=words.place,
                rows=[[label, text] for label, text in self._rows() if text],
                scan=_("Scan this, or type"),
                address=self.address,
                imprint=call.organisation.imprint or _("Published by %(who)s") % {"who": call.organisation},
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
