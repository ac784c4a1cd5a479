"""Writing an analysis for a cluster of questions, and publishing it with a conversation for replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import Reason, refuse
from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.actions import conversation_of, open_round
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.analyses import refusal_reasons
from massline.desk.sumup.analyses.models import AnalysedQuestion, Analysis
from massline.desk.sumup.claims.signing_readiness import NoFace, QuestionMayPointAtSomebody
from massline.desk.sumup.masking.personal_data import flags_of, masking_of, public_text
from massline.desk.sumup.questions.open_questions import OpenQuestion
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports
from massline.square.reports.models import ReportBack, ReportKind
from massline.web.language_choice import in_language

REPLIES_OPEN = timedelta(days=14)
NO_COUNTS = reports.ReportBasis(voices=0, people=0, participants=0, votes=0, sections=0, sections_of=0)


@dataclass(frozen=True)
class SourcedPoint:
    """One thing found out, and where people can check it."""

    text: str
    source: str


def parse_sourced_points(text: str) -> list[SourcedPoint]:
    """Read one point a line, its source after the last bar.

    >>> parse_sourced_points("The boiler is from 1974 | Plate on the boiler")
    [SourcedPoint(text='The boiler is from 1974', source='Plate on the boiler')]
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parts = [line.rpartition("|") if "|" in line else (line, "", "") for line in lines]
    return [SourcedPoint(point.strip(), source.strip()) for point, _bar, source in parts]


def write_analysis(
    *,
    organisation: Organisation,
    questions: Sequence[OpenQuestion],
    title: str,
    lead: str,
    points: Sequence[SourcedPoint],
    next_step: str,
    reply_question: str,
    by: Account,
    unknown: str = "",
    as_shown: bool = False,
) -> Analysis:
    """Write an analysis for these questions. Raises Refused for a point without a source.

    The first question is published in its own words; if it may point at somebody, a person must have read it
    (`as_shown`).
    """
    refuse(_against_points(points) + _against_question(questions[0], as_shown=as_shown))
    with transaction.atomic(using="desk"):
        exposure = Analysis.objects.create(
            organisation=organisation,
            title=title.strip(),
            lead=lead,
            points=[{"text": point.text, "source": point.source} for point in points],
            unknown=unknown,
            next_step=next_step,
            reply_question=reply_question.strip(),
            written_by=by,
        )
        AnalysedQuestion.objects.bulk_create(
            row for question in questions for row in _rows(exposure, question)
        )
        chain.append_line(organisation, by, "wrote an analysis", exposure)
    return exposure


def _against_points(points: Sequence[SourcedPoint]) -> list[Reason]:
    if not points:
        return [refusal_reasons.NoPoints()]
    return [refusal_reasons.NoSource(point.text) for point in points if not point.source]


def _against_question(question: OpenQuestion, *, as_shown: bool) -> list[Reason]:
    first = question.first
    if as_shown or first is None or masking_of(first) is not None or not flags_of(first):
        return []
    return [QuestionMayPointAtSomebody(question.text)]


def _rows(exposure: Analysis, question: OpenQuestion) -> list[AnalysedQuestion]:
    words = question.text
    return [
        AnalysedQuestion(exposure=exposure, text=words, voice_id=voice.pk) for voice in question.voices
    ] + [
        AnalysedQuestion(exposure=exposure, text=words, statement=statement.uuid)
        for statement in question.statements
    ]


def find_published_analysis(exposure: Analysis) -> ReportBack | None:
    return ReportBack.objects.select_related("organisation").filter(uuid=exposure.uuid).first()


def publish_analysis(*, exposure: Analysis, by: Account) -> ReportBack:
    """Publish an analysis as page and leaflet, and open a moderated conversation for replies for two weeks.

    Raises Refused for the one who wrote it, and for an organisation without a public page.
    """
    organisation = exposure.organisation
    face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
    with transaction.atomic(using="desk"):
        exposure = Analysis.objects.select_for_update(of=("self",)).get(pk=exposure.pk)
        refuse(
            ([] if face else [NoFace()])
            + ([refusal_reasons.OwnAnalysis()] if exposure.written_by_id == by.pk else [])
            + ([refusal_reasons.PublishedAlready()] if exposure.is_published else [])
        )
        assert face is not None
        exposure.round = open_round(
            organisation=organisation,
            question=exposure.reply_question,
            why=exposure.title,
            closes_on=timezone.localdate() + REPLIES_OPEN,
            ask_section=False,
            by=by,
        )
        exposure.published_by, exposure.published_on = by, timezone.localdate()
        exposure.save(update_fields=["round", "published_by", "published_on"])
        report = _freeze(exposure, face)
        chain.append_line(organisation, by, "published an analysis", exposure)
    return report


def _first_words(exposure: Analysis) -> str:
    """The first question as it may be published today: passages hidden since it was written stay hidden."""
    first = exposure.questions.select_related("voice").first()
    if first is None:
        return ""
    return public_text(first.voice) if first.voice is not None else first.text


def _freeze(exposure: Analysis, face: PublicOrganisation) -> ReportBack:
    day = exposure.published_on
    assert exposure.round is not None
    assert day is not None
    words = _first_words(exposure)
    with in_language(face.language):
        asked = _("You asked: “%(question)s”") % {"question": words} if words else ""
    return reports.freeze_report(
        organisation=face,
        uuid=exposure.uuid,
        kind=ReportKind.EXPOSURE,
        title=exposure.title,
        heard=f"{asked}\n\n{exposure.lead}" if asked else exposure.lead,
        unknown=exposure.unknown,
        next_step=exposure.next_step,
        claims=[
            reports.FrozenClaim(
                point["text"],
                minority=False,
                quotes=[reports.Quote(text="", source=point["source"], day=day)],
            )
            for point in exposure.points
        ],
        rests_on=NO_COUNTS,
        conversation=conversation_of(exposure.round),
    )
