"""Opening a round, writing a field report, moderating what people wrote on the square."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.models.hearing import FieldReport, ListeningRound, Voice, VoiceKind, digest_of
from massline.desk.listen.models.paper import Translation
from massline.desk.people.models import Account, Organisation, Section
from massline.embed.language import detect
from massline.square.conversations import actions as conversations
from massline.square.conversations.models import Conversation, Results, Shown, Statement
from massline.square.organisations.models import PublicOrganisation


@dataclass(frozen=True)
class Said:
    """One voice as it was written down."""

    text: str
    kind: str = VoiceKind.SAID
    language: str = ""


def open_round(
    *,
    organisation: Organisation,
    question: str,
    closes_on: date,
    by: Account | None,
    why: str = "",
    sections: list[Section] | None = None,
    seeds: list[str] | None = None,
    shown: str = Shown.HELD,
    results: str = Results.LIVE,
    opens_on: date | None = None,
    channels: list[str] | None = None,
    report_back_to: str = "",
    ask_section: bool = True,
) -> ListeningRound:
    """Open a listening round, and with it the conversation on the square if the organisation shows itself there."""
    with transaction.atomic(using="desk"):
        round_ = ListeningRound.objects.create(
            organisation=organisation,
            question=question,
            why=why,
            opens_on=opens_on or timezone.localdate(),
            closes_on=closes_on,
            opened_by=by,
            channels=channels or [],
            report_back_to=report_back_to,
        )
        round_.sections.set(sections or list(organisation.sections.all()))
        chain.write(organisation, by, "opened a listening round", round_)
        face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
        if face is not None:
            conversation = conversations.open_conversation(
                organisation=face,
                question=question,
                intro=why,
                seeds=seeds or [],
                shown=shown,
                results=results,
                opens_at=max(timezone.now(), midnight(round_.opens_on, organisation)),
                closes_at=midnight(closes_on + timedelta(days=1), organisation),
                sections=[one.name for one in round_.sections.all()] if ask_section else [],
            )
            round_.conversation = conversation.slug
            round_.save(update_fields=["conversation"])
    return round_


def midnight(day: date, organisation: Organisation) -> datetime:
    """Give the moment a day begins where the organisation lives."""
    return datetime.combine(day, time.min, tzinfo=organisation.zone)


def conversation_of(round_: ListeningRound) -> Conversation | None:
    """Give the square's conversation of a round, found by its slug: no key crosses the wall."""
    if not round_.conversation:
        return None
    return (
        Conversation.objects.filter(organisation__uuid=round_.organisation.uuid, slug=round_.conversation)
        .select_related("organisation")
        .first()
    )


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


def moderate(
    statement: Statement,
    *,
    round_: ListeningRound,
    by: Account,
    show: bool,
    reason: str = "",
    same_as: Statement | None = None,
) -> None:
    """Show a statement on the square, or turn it down with a reason, and with what says it already."""
    with transaction.atomic(using="desk"):
        if show:
            conversations.show(statement)
        else:
            conversations.turn_down(statement, reason=reason, same_as=same_as)
        chain.write(
            round_.organisation, by, "showed a statement" if show else "turned a statement down", statement
        )


def translate(
    *, voice: Voice, language: str, text: str, by: Account | None, by_machine: bool = False
) -> Translation:
    """Set what a voice says in another language beside it; a new one takes the place of the old."""
    with transaction.atomic(using="desk"):
        translation, _made = Translation.objects.update_or_create(
            voice=voice, language=language, defaults={"text": text, "by_machine": by_machine, "by": by}
        )
        chain.write(voice.report.round.organisation, by, "translated a voice", translation)
    return translation
