"""Whatever has a public page and goes on paper: facts written once, which every sheet, text and picture reads."""

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from massline.square.calls.slogan_lines import UNSPACED, break_slogan
from massline.square.organisations.models import PublicOrganisation
from massline.web.absolute_urls import public_url, typeable_url
from massline.web.language_choice import base_language
from massline.web.organisation_branding import print_branding_of
from massline.web.templatetags.massline import direction


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


class SubjectOnPaper(ABC):
    """A call, event, listening round or report-back in one of its languages, ready for print and sharing."""

    organisation: PublicOrganisation
    language: str
    code: str
    # What kind of public page it has, and which one: the parts of its address.
    key: tuple[str, str]
    pk: int
    changed_at: datetime
    is_translated = False

    @property
    @abstractmethod
    def path(self) -> str:
        """The path of its public page."""

    @cached_property
    @abstractmethod
    def printed(self) -> PrintedFacts: ...

    @property
    def url(self) -> str:
        return public_url(self.path)

    @property
    def address(self) -> str:
        return typeable_url(self.path)

    def share_url(self, file: str) -> str:
        """The address of a picture or loop to share, such as "square.png"."""
        names = [self.organisation.slug, *self.key, file]
        address = public_url(reverse("calls:share_file", args=names, urlconf="massline.urls_square"))
        return f"{address}?in={self.language}" if self.is_translated else address

    def share_files(self) -> list[tuple[str, str]]:
        """Address and name of each picture and of the loop."""
        return [
            (self.share_url("wide.png"), _("Picture for links (wide)")),
            (self.share_url("square.png"), _("Picture for posts (square)")),
            (self.share_url("upright.png"), _("Picture for stories (upright)")),
            (self.share_url("loop.webp"), _("Ten-second loop without sound")),
        ]

    def short_url_for(self, source: str) -> str:
        """The address for one source; only calls have short addresses that count openings."""
        return self.url

    def qr(self, source: str = "") -> str:
        """Draw the QR code as SVG without its quiet zone, which the sheet leaves free."""
        code = segno.make(self.short_url_for(source) if source else self.url, error="m", micro=False)
        return str(code.svg_inline(border=0, dark="#000", light=None, omitsize=True))

    def sign_in_words(self) -> tuple[str, str]:
        """Title of the sign-in sheet, and what those who sign agree to."""
        return _("Who is here"), _(
            "Write only what you want to. Tick “you can write to me” and %(who)s will tell you "
            "what comes next; you can stop that any time. We type this in within two days, then "
            "shred the sheet."
        ) % {"who": self.organisation.name}

    def set_facts(
        self,
        *,
        slogan: str,
        ask: str,
        when: str,
        rows: list[tuple[str, str]],
        place: str = "",
        stamp: str = "",
        what_changed: str = "",
    ) -> PrintedFacts:
        """Join what is particular with what all share; empty rows are left out. Call it in the subject's language."""
        base = base_language(self.language)
        who = self.organisation
        return PrintedFacts(
            lang=base,
            dir=direction(self.language),
            spaced=base not in UNSPACED,
            organisation=who.name,
            face=print_branding_of(who).as_dict(),
            slogan=slogan,
            slogan_lines=break_slogan(slogan, is_spaced=base not in UNSPACED),
            ask=ask,
            when=when,
            place=place,
            rows=[[label, text] for label, text in rows if text],
            scan=_("Scan this, or type"),
            address=self.address,
            imprint=who.imprint or _("Published by %(who)s") % {"who": who},
            stamp=stamp,
            what_changed=what_changed,
        )
