"""The organisation's newest answers as a leaflet: questions in people's own words, answers, and where to check them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import segno
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import PublicAnswer
from massline.web import pdf
from massline.web.absolute_urls import public_url, typeable_url
from massline.web.language_choice import base_language, in_language
from massline.web.templatetags.massline import direction, on_day

TEMPLATE = Path(__file__).parent / "answers.typ"
PRINTED = 6


@dataclass(frozen=True)
class PrintedAnswer:
    question: str
    text: str
    sources: str


@dataclass(frozen=True)
class PrintedAnswers:
    """The contents of the leaflet, in the organisation's language."""

    lang: str
    dir: str
    organisation: str
    title: str
    about: str
    answers: list[PrintedAnswer]
    ask: str
    address: str
    stamp: str
    imprint: str


def answers_leaflet_pdf(
    organisation: PublicOrganisation, answers: Sequence[PublicAnswer], *, address: str, about: str = ""
) -> bytes:
    """Set the leaflet. `address` is the page it leads to, `about` the event it is handed out for."""
    day = timezone.localdate()
    with in_language(organisation.language):
        facts = PrintedAnswers(
            lang=base_language(organisation.language),
            dir=direction(organisation.language),
            organisation=organisation.name,
            title=_("You asked, we answered"),
            about=about,
            answers=[
                PrintedAnswer(answer.question, answer.text, "; ".join(answer.sources.splitlines()))
                for answer in answers[:PRINTED]
            ],
            ask=_("Ask us: at your door, at a stall, or here"),
            address=typeable_url(address),
            stamp=_("As of %(day)s") % {"day": on_day(day)},
            imprint=organisation.imprint or _("Published by %(who)s") % {"who": organisation},
        )
    code = segno.make(public_url(address), error="m", micro=False)
    drawn = str(code.svg_inline(border=0, dark="#000", light=None, omitsize=True))
    seconds = int(datetime.combine(day, datetime.min.time(), UTC).timestamp())
    text = pdf.remove_pictures(json.dumps(asdict(facts), ensure_ascii=False))
    return _set(text, drawn, seconds)


@lru_cache(maxsize=32)
def _set(facts: str, code: str, seconds: int) -> bytes:
    return pdf.render_pdf(TEMPLATE, {"facts": facts, "qr": code}, seconds=seconds)
