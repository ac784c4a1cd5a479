"""Freezing a report-back, once and for good; and answering "did we hear you right?"."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.engine.result_documents import canonical_bytes
from massline.square.conversations.models import Conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.organisations.page_slugs import free_page_slug
from massline.square.reports.models import (
    Claim,
    PublicAnswer,
    ReportBack,
    ReportCorrection,
    ReportKind,
)

SCHEMA = "massline.report-back/1"


@dataclass(frozen=True)
class ReportBasis:
    """Counts of the people heard: voices, conversations, voters and their votes, sections heard of how many.

    `imported` entries came from files; nobody counts as talked to for them.
    """

    voices: int
    people: int
    participants: int
    votes: int
    sections: int
    sections_of: int
    imported: int = 0


@dataclass(frozen=True)
class Quote:
    """Words to the byte, and as much about where they come from as may be told."""

    text: str
    source: str
    day: date


@dataclass(frozen=True)
class FrozenClaim:
    """A claim as it goes to print."""

    text: str
    minority: bool
    quotes: Sequence[Quote]
    machine: bool = False


def freeze_report(
    *,
    organisation: PublicOrganisation,
    uuid: UUID,
    title: str,
    heard: str,
    next_step: str,
    claims: Sequence[FrozenClaim],
    rests_on: ReportBasis,
    unknown: str = "",
    looked_at: str = "",
    conversation: Conversation | None = None,
    kind: ReportKind = ReportKind.HEARD,
) -> ReportBack:
    """Put a report-back on the square. Asked again with the same uuid, it gives back what already stands there."""
    with transaction.atomic(using="square"):
        already = ReportBack.objects.filter(uuid=uuid).first()
        if already is not None:
            return already
        report = ReportBack(
            organisation=organisation,
            conversation=conversation,
            uuid=uuid,
            kind=kind,
            slug=free_page_slug(organisation, title, ReportBack.objects.all(), default="report-back"),
            title=title,
            language=organisation.language,
            heard=heard,
            unknown=unknown,
            looked_at=looked_at,
            next_step=next_step,
            rests_on=asdict(rests_on),
            published_on=timezone.localdate(),
        )
        rows = [_row(report, number, claim) for number, claim in enumerate(claims, start=1)]
        report.digest = _digest(report, rows)
        report.save()
        Claim.objects.bulk_create(rows)
    return report


def is_as_published(report: ReportBack) -> bool:
    """True if every word and number still stands as on the day it was published."""
    return report.digest == _digest(report, list(report.claims.all()))


def _row(report: ReportBack, number: int, claim: FrozenClaim) -> Claim:
    quotes = [
        {"text": quote.text, "source": quote.source, "day": quote.day.isoformat()} for quote in claim.quotes
    ]
    return Claim(
        report=report,
        order=number,
        text=claim.text,
        minority=claim.minority,
        machine=claim.machine,
        quotes=quotes,
    )


def _digest(report: ReportBack, claims: Sequence[Claim]) -> str:
    """SHA-256 over the canonical JSON of everything a reader sees."""
    frozen: dict[str, object] = {
        "schema": SCHEMA,
        "organisation": str(report.organisation.uuid),
        "uuid": str(report.uuid),
        "slug": report.slug,
        "title": report.title,
        "language": report.language,
        "heard": report.heard,
        "unknown": report.unknown,
        "next_step": report.next_step,
        "rests_on": report.rests_on,
        "published_on": report.published_on.isoformat(),
        "claims": [_told(claim) for claim in claims],
    }
    if report.looked_at:
        frozen["looked_at"] = report.looked_at
    if report.kind != ReportKind.HEARD:
        frozen["kind"] = report.kind
    return hashlib.sha256(canonical_bytes(frozen)).hexdigest()


def _told(claim: Claim) -> dict[str, object]:
    """A claim in the digest; what older reports could not say is only there where it is said."""
    frozen: dict[str, object] = {
        "order": claim.order,
        "text": claim.text,
        "minority": claim.minority,
        "quotes": claim.quotes,
    }
    return frozen | {"machine": True} if claim.machine else frozen


def publish_answer(
    *,
    organisation: PublicOrganisation,
    uuid: UUID,
    question: str,
    text: str,
    sources: str,
    asked_on: date,
    event: UUID | None = None,
) -> PublicAnswer:
    """Put an answer on the square. Asked again with the same uuid, it words what stands there anew."""
    answer, _ = PublicAnswer.objects.update_or_create(
        uuid=uuid,
        defaults={
            "organisation": organisation,
            "question": question,
            "text": text,
            "sources": sources,
            "event": event,
            "language": organisation.language,
            "asked_on": asked_on,
        },
    )
    return answer


def correct_report(*, report: UUID, uuid: UUID, wrong: str, right: str) -> ReportCorrection | None:
    """Set right what a report-back said, beside it. Said again, there is one; None where the report is not here."""
    found = ReportBack.objects.filter(uuid=report).first()
    if found is None:
        return None
    correction, _made = ReportCorrection.objects.update_or_create(
        uuid=uuid, report=found, defaults={"wrong": wrong, "right": right}
    )
    return correction
