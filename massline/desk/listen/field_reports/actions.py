"""Write a field report with its voices."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice, VoiceKind, digest_of
from massline.desk.people.models import Account, Section
from massline.embed.language import detect


@dataclass(frozen=True)
class Said:
    """One voice as it was written down."""

    text: str
    kind: str = VoiceKind.SAID
    language: str = ""


def write_field_report(
    *,
    round_: ListeningRound,
    by: Account | None,
    section: Section | None,
    channel: str,
    voices: list[Said],
    mood: int | None = None,
    people: int = 1,
    steps: list[int] | None = None,
    day: date | None = None,
    uuid: UUID | None = None,
) -> FieldReport:
    """Keep what was heard, word for word. The same report sent twice is kept once."""
    with transaction.atomic(using="desk"):
        if uuid is not None:
            already = FieldReport.objects.filter(uuid=uuid, round=round_).first()
            if already is not None:
                return already
        report = FieldReport(round=round_, section=section, channel=channel, mood=mood, people=people, by=by)
        report.steps = steps
        report.day = day or timezone.localdate()
        if uuid is not None:
            report.uuid = uuid
        report.save()
        Voice.objects.bulk_create(
            Voice(
                report=report,
                kind=said.kind,
                text=said.text,
                language=said.language or language,
                digest=digest_of(said.text),
            )
            for said, language in zip(voices, detect([said.text for said in voices]), strict=True)
        )
        chain.write(round_.organisation, by, "wrote a field report", report)
    return report
