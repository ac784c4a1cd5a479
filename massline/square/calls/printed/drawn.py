"""A subject drawn in a design: as a sheet to print, as a still picture, or as a loop for screens."""

import base64
import json
import struct
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from massline.square.calls.printed.models import ChosenDesign, Design
from massline.square.calls.printed.printed_subject import SubjectOnPaper
from massline.web import designs, pdf
from massline.web.language_choice import in_language

TEMPLATE = Path(designs.__file__).parent / "design.typ"
# No picture for screens shows these.
FOR_SHEETS: dict[str, object] = {"rows": [], "scan": "", "imprint": ""}


class Form(StrEnum):
    """What a design is made for: three pictures for screens, four sheets for print."""

    WIDE = "wide"
    SQUARE = "square"
    UPRIGHT = "upright"
    POSTER = "poster"
    WINDOW = "window"
    STICKERS = "stickers"
    BANNER = "banner"


def chosen_design(subject: SubjectOnPaper) -> ChosenDesign | None:
    """The design chosen for a subject; None before one was chosen."""
    kind, key = subject.key
    return ChosenDesign.objects.filter(organisation=subject.organisation, kind=kind, key=key).first()


def design_facts(subject: SubjectOnPaper, chosen: ChosenDesign | None) -> str:
    """Everything a design shows, as JSON without letters that no font has."""
    with in_language(subject.language):
        labels = [_("Before"), _("Now")]
    facts = subject.printed.as_dict() | {
        "number": chosen.number if chosen else "",
        "counted": chosen.counted if chosen else "",
        "quote": chosen.quote if chosen else "",
        "who": chosen.who if chosen else "",
        "before": chosen.before if chosen else "",
        "after": chosen.after if chosen else "",
        "labels": labels,
        "picture": picture_svg(bytes(chosen.picture)) if chosen and chosen.picture else "",
    }
    return pdf.remove_pictures(json.dumps(facts, ensure_ascii=False, sort_keys=True))


def screen_facts(subject: SubjectOnPaper, chosen: ChosenDesign | None) -> str:
    """The same without what stands on sheets alone, so that a picture is drawn again only where it would look different."""
    return json.dumps(
        json.loads(design_facts(subject, chosen)) | FOR_SHEETS, ensure_ascii=False, sort_keys=True
    )


def picture_svg(png: bytes) -> str:
    """A kept picture in the form the typesetter reads from its inputs."""
    width, height = struct.unpack(">II", png[16:24])
    drawn = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" xlink:href="data:image/png;base64,{drawn}"/></svg>'
    )


def design_pdf(subject: SubjectOnPaper, design: Design, form: Form, *, paper: str, source: str = "") -> bytes:
    """Set one sheet. The same facts give the same bytes."""
    inputs = {
        "facts": design_facts(subject, chosen_design(subject)),
        "qr": subject.qr(source),
        "design": design.value,
        "form": form.value,
        "paper": paper,
    }
    seconds = int(subject.changed_at.timestamp())
    return pdf.render_pdf(TEMPLATE, inputs, seconds=seconds, every_letter=True)


@lru_cache(maxsize=128)
def design_png(
    facts: str, qr: str, design: Design, form: Form, *, step: str = "face", ppi: float = 72.0
) -> bytes:
    """Draw one picture; drawn again only when facts, design or form change."""
    inputs = {"facts": facts, "qr": qr, "design": design.value, "form": form.value, "step": step}
    return pdf.render_png(TEMPLATE, inputs, ppi=ppi)
