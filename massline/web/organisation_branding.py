"""An organisation's own mark and colour as a stylesheet and a picture that both sites serve."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.http import Http404, HttpResponse

from massline.core.organisation_colour import derive_colour_scheme

KEPT = "public, max-age=3600"
NEVER_KEPT = "no-store"


class HasBranding(Protocol):
    """An organisation at either site; on the public one its mark is drawn already."""

    name: str
    colour: str
    mark: bytes | memoryview | None


@dataclass(frozen=True)
class PrintBranding:
    """What a sheet or picture needs: ground, what is written on it, the first letter, and the mark as SVG, if there is one."""

    own: str
    on_own: str
    letter: str
    mark: str

    def as_dict(self) -> dict[str, str]:
        return {"own": self.own, "on_own": self.on_own, "letter": self.letter, "mark": self.mark}


PLAIN_FACE = PrintBranding("", "", "", "")


def has_branding(organisation: HasBranding) -> bool:
    return bool(organisation.colour or organisation.mark)


def branding_version(organisation: HasBranding) -> str:
    """Return a short text that changes with mark and colour, for addresses that caches keep."""
    mark = bytes(organisation.mark) if organisation.mark else b""
    return hashlib.sha256(organisation.colour.encode() + mark).hexdigest()[:10]


def print_branding_of(organisation: HasBranding) -> PrintBranding:
    """Return the face of a public organisation for sheets and pictures; without mark and colour everything is empty and sheets stay as they are."""
    if not has_branding(organisation):
        return PLAIN_FACE
    fitted = derive_colour_scheme(organisation.colour)
    mark = ""
    if organisation.mark:
        drawn = base64.b64encode(bytes(organisation.mark)).decode()
        mark = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 128 128">'
            f'<image width="128" height="128" xlink:href="data:image/png;base64,{drawn}"/></svg>'
        )
    return PrintBranding(fitted.own, fitted.on_own, organisation.name[:1].upper(), mark)


def serve_branding_css(organisation: HasBranding, *, kept: str = NEVER_KEPT) -> HttpResponse:
    """Serve the stylesheet that sets the colours of an organisation. Raises Http404 where it has none of its own.

    Only what everybody may see is KEPT: a shared cache would give the rest to whoever asks.
    """
    if not has_branding(organisation):
        raise Http404
    fitted = derive_colour_scheme(organisation.colour)
    css = (
        f":root{{--own:{fitted.own};--on-own:{fitted.on_own};--own-line:{fitted.line}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--own-line:{fitted.line_at_night}}}}}"
        ".mast{border-block-end:4px solid var(--own-line)}"
        ".own-mark{background:var(--own);color:var(--on-own);inline-size:1.6em;block-size:1.6em;flex:none;"
        "display:inline-grid;place-content:center;font-weight:900;line-height:1;vertical-align:middle;"
        "margin-inline-end:.45em;print-color-adjust:exact}.own-mark img{inline-size:1.6em;block-size:1.6em;display:block}"
    )
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": kept})


def serve_mark(drawn: bytes | memoryview | None, *, kept: str = NEVER_KEPT) -> HttpResponse:
    """Serve a mark that is drawn already. Raises Http404 without one."""
    if not drawn:
        raise Http404
    return HttpResponse(bytes(drawn), content_type="image/png", headers={"Cache-Control": kept})
