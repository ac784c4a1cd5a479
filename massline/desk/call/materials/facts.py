"""The facts of a call as they are printed: in its own language, in its own hours."""

from dataclasses import asdict, dataclass
from functools import cached_property

import segno
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from massline.square.calls.models import PublishedCall
from massline.web.addresses import public, typeable
from massline.web.templatetags.massline import direction, when


@dataclass(frozen=True)
class Printed:
    """Everything that stands on a sheet. An empty stamp means that nothing changed."""

    lang: str
    dir: str
    organisation: str
    slogan: str
    ask: str
    rows: list[list[str]]
    scan: str
    address: str
    imprint: str
    stamp: str
    told: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class CallOnPaper:
    """One published call, ready for print and for sharing."""

    def __init__(self, published: PublishedCall) -> None:
        self.published = published
        self.event = published.event

    @property
    def url(self) -> str:
        return public(self.published.get_short_url())

    @property
    def address(self) -> str:
        return typeable(self.published.get_short_url())

    def qr(self) -> str:
        """Draw the QR code as SVG, without its quiet zone: the sheet leaves the room."""
        code = segno.make(self.url, error="m", micro=False)
        return str(code.svg_inline(border=0, dark="#000", light=None, omitsize=True))

    @cached_property
    def printed(self) -> Printed:
        call, event = self.published, self.event
        with translation.override(call.language), timezone.override(call.organisation.zone):
            return Printed(
                lang=call.language.split("-")[0],
                dir=direction(call.language),
                organisation=call.organisation.name,
                slogan=call.slogan,
                ask=call.ask,
                rows=[[label, text] for label, text in self._rows() if text],
                scan=_("Scan, or type"),
                address=self.address,
                imprint=call.organisation.imprint or _("Published by %(who)s") % {"who": call.organisation},
                stamp=self._stamp(),
                told=event.what_changed,
            )

    def _rows(self) -> list[tuple[str, str]]:
        call, event = self.published, self.event
        until = formats.date_format(timezone.localtime(event.ends_at), "H:i")
        return [
            (_("What"), event.title),
            (_("When"), _("%(start)s to %(end)s") % {"start": when(event.starts_at), "end": until}),
            (_("Where"), event.place),
            (_("Bring"), call.bring),
            (_("Access"), event.access),
        ]

    def _stamp(self) -> str:
        day = formats.date_format(timezone.localtime(self.event.changed_at), "j F")
        if self.event.is_cancelled:
            return _("Called off on %(day)s") % {"day": day}
        return _("Changed on %(day)s") % {"day": day} if self.event.sequence else ""
