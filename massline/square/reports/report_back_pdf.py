"""A report-back on one A4: what was said with one quote each, what we heard, what happens next, and the way back."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import segno
from django.utils.translation import gettext as _

from massline.square.reports.basis import describe_basis
from massline.square.reports.models import Claim, ReportBack, ReportKind
from massline.web import pdf
from massline.web.absolute_urls import public_url, typeable_url
from massline.web.language_choice import base_language, in_language
from massline.web.templatetags.massline import direction, on_day

TEMPLATE = Path(__file__).parent / "sheet.typ"


@dataclass(frozen=True)
class PrintedClaim:
    """A numbered sentence, a tag beside it, and the first of the words it rests on."""

    text: str
    tag: str
    quote: str
    source: str


@dataclass(frozen=True)
class PrintedReport:
    """The contents of the sheet, in the report's own language."""

    lang: str
    dir: str
    organisation: str
    kicker: str
    title: str
    heard: str
    heading: str
    claims: list[PrintedClaim]
    blocks: list[list[str]]
    ask: str
    address: str
    stamp: str
    imprint: str


def report_back_pdf(report: ReportBack) -> bytes:
    """Set the sheet. What is frozen gives the same bytes every time, so they are kept for the next who asks."""
    with in_language(report.language):
        facts = json.dumps(asdict(_printed(report)), ensure_ascii=False)
    made = datetime.combine(report.published_on, datetime.min.time(), UTC)
    return _set(pdf.remove_pictures(facts), _code(report), int(made.timestamp()))


@lru_cache(maxsize=32)
def _set(facts: str, code: str, seconds: int) -> bytes:
    return pdf.render_pdf(TEMPLATE, {"facts": facts, "qr": code}, seconds=seconds)


def _code(report: ReportBack) -> str:
    """The QR code as SVG without its quiet zone: the sheet leaves the room."""
    code = segno.make(public_url(report.get_absolute_url()), error="m", micro=False)
    return str(code.svg_inline(border=0, dark="#000", light=None, omitsize=True))


def _printed(report: ReportBack) -> PrintedReport:
    day, organisation = on_day(report.published_on), report.organisation
    looked = _("We looked for a minority view and found none. Where we looked:")
    blocks = [
        (_("Who sees it differently"), f"{looked} {report.looked_at}" if report.looked_at else ""),
        (_("What we do not know"), report.unknown),
        (_("What happens next"), report.next_step),
    ]
    return PrintedReport(
        lang=base_language(report.language),
        dir=direction(report.language),
        organisation=organisation.name,
        kicker=_kicker(report, day),
        title=report.title,
        heard=report.heard,
        heading=report_heading(report),
        claims=[_said(claim) for claim in report.claims.all()],
        blocks=[[label, text] for label, text in blocks if text],
        ask=_("Did we hear you right?") if report.asks_back else "",
        address=typeable_url(report.get_absolute_url()),
        stamp=_("Fixed on %(day)s, check code %(digest)s") % {"day": day, "digest": report.digest[:12]},
        imprint=organisation.imprint or _("Published by %(who)s") % {"who": organisation},
    )


def _kind(report: ReportBack) -> ReportKind:
    """What a report is; a report-back where no kind is known by its name."""
    return ReportKind(report.kind) if report.kind in ReportKind.values else ReportKind.HEARD


def report_heading(report: ReportBack) -> str:
    """The heading above the sentences, by the report's kind."""
    return {
        ReportKind.HEARD: _("What you said"),
        ReportKind.DECISION: _("What we demand"),
        ReportKind.EXPOSURE: _("Point by point"),
        ReportKind.UNITY: _("What we stand for together"),
    }[_kind(report)]


def _kicker(report: ReportBack, day: str) -> str:
    headings = {
        ReportKind.HEARD: _("Report-back of %(day)s"),
        ReportKind.DECISION: _("Decision, published on %(day)s"),
        ReportKind.EXPOSURE: _("What we found out, published on %(day)s"),
        ReportKind.UNITY: _("Points of unity, published on %(day)s"),
    }[_kind(report)] % {"day": day}
    counted = describe_basis(report.rests_on)
    return f"{headings}. {_('Rests on')} {counted}." if counted else headings


def _said(claim: Claim) -> PrintedClaim:
    first = claim.quotes[0] if claim.quotes else {"text": "", "source": ""}
    return PrintedClaim(
        text=claim.text,
        tag=_("A minority view") if claim.minority else "",
        quote=first["text"],
        source=first["source"],
    )
