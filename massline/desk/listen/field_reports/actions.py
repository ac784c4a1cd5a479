"""Write a field report with its voices."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice, VoiceKind, digest_of_voice
from massline.desk.people.models import Account, Section
from massline.embed.language_identification import detect_languages


@dataclass(frozen=True)
class VoiceText:
    """A voice as an organiser wrote it down."""

    text: str
    kind: str = VoiceKind.SAID
    language: str = ""


def write_field_report(
    *,
    round_: ListeningRound,
    by: Account | None,
    section: Section | None,
    channel: str,
    voices: list[VoiceText],
    mood: int | None = None,
    people: int = 1,
    steps: list[int] | None = None,
    day: date | None = None,
    uuid: UUID | None = None,
    sent_digest: str = "",
) -> FieldReport:
    """Save a field report with its voices word for word. A second report with the same uuid is ignored."""
    with transaction.atomic(using="desk"):
        if uuid is not None:
            already = FieldReport.objects.filter(uuid=uuid, round=round_).first()
            if already is not None:
                return already
        report = FieldReport(round=round_, section=section, channel=channel, mood=mood, people=people, by=by)
        report.steps, report.sent_digest = steps, sent_digest
        report.day = day or timezone.localdate()
        if uuid is not None:
            report.uuid = uuid
        report.save()
        Voice.objects.bulk_create(
            Voice(
                report=report,
                kind=voice.kind,
                text=voice.text,
                language=voice.language or language,
                digest=digest_of_voice(voice.text),
            )
            for voice, language in zip(
                voices, detect_languages([voice.text for voice in voices]), strict=True
            )
        )
        chain.append_line(round_.organisation, by, "wrote a field report", report)
    return report
