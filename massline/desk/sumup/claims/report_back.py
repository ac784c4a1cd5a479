"""Publication of a sum-up on the square: its basis, and the origin of quotes as far as it may be public."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from massline.core.disclosure_threshold import threshold
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.coverage import (
    RoundCounts,
    SectionCoverage,
    count_people_heard,
    section_coverage,
)
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.citations import (
    MapSummary,
    cited_statements,
    describe_voice_place,
    map_summary_of,
    with_number_from_one,
)
from massline.desk.sumup.claims.models import Citation, SumUp
from massline.square.conversations.models import Statement
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports
from massline.square.reports.models import ReportBack
from massline.web.language_choice import in_language


def shown_statements_of_round(round_: ListeningRound) -> QuerySet[Statement]:
    """Publicly shown statements of a round's conversation."""
    return Statement.objects.shown().filter(
        conversation__organisation__uuid=round_.organisation.uuid, conversation__slug=round_.conversation
    )


def find_report_back_of(sum_up: SumUp) -> ReportBack | None:
    """The report-back of a sum-up; None if it is not published."""
    return (
        ReportBack.objects.select_related("organisation", "conversation")
        .filter(uuid=sum_up.report_uuid)
        .first()
    )


def freeze_sum_up(sum_up: SumUp) -> ReportBack:
    """Write the report-back of a complete sum-up."""
    round_ = sum_up.round
    claims = list(sum_up.claims.with_words())
    statements = cited_statements(citation for claim in claims for citation in claim.citations.all())
    nameable = nameable_sections(round_)
    with in_language(round_.organisation.language):
        frozen = [
            reports.FrozenClaim(
                claim.text,
                claim.minority,
                [_quote(citation, statements, nameable) for citation in claim.citations.all()],
                bool(claim.machine),
            )
            for claim in claims
        ]
    return reports.freeze_report(
        organisation=PublicOrganisation.objects.get(uuid=round_.organisation.uuid),
        conversation=conversation_of(round_),
        uuid=sum_up.report_uuid,
        title=sum_up.title,
        heard=sum_up.heard,
        unknown=sum_up.unknown,
        next_step=sum_up.next_step,
        looked_at=sum_up.looked_at if sum_up.no_minority else "",
        rests_on=report_basis_of_round(round_),
        claims=frozen,
    )


def nameable_sections(round_: ListeningRound) -> set[int]:
    """Keys of sections with enough people talked with that naming them identifies nobody; a row of a file is not a person."""
    least = threshold(round_.organisation)
    return {row.section.pk for row in section_coverage(round_) if least.shows(row.heard)}


def _quote(citation: Citation, statements: dict[UUID, Statement], nameable: set[int]) -> reports.Quote:
    if citation.voice is not None:
        voice = citation.voice
        place = describe_voice_place(voice, name_section=voice.report.section_id in nameable)
        return reports.Quote(citation.text, place, voice.report.day)
    source = statements.get(citation.statement) if citation.statement else None
    if source is None:
        return reports.Quote(citation.text, citation.origin, timezone.localdate())
    return reports.Quote(citation.text, with_number_from_one(citation.origin, source), source.made_on)


def report_basis_of_round(round_: ListeningRound) -> reports.ReportBasis:
    """Numbers of voices, people, votes and sections that a round is based on."""
    counts = count_people_heard(round_)
    return report_basis_from_counts(
        voices=Voice.objects.of_round(round_).count(),
        counts=counts,
        heard=section_coverage(round_, counts=counts),
        snapshot=map_summary_of(round_),
    )


def report_basis_from_counts(
    *, voices: int, counts: RoundCounts, heard: Sequence[SectionCoverage], snapshot: MapSummary
) -> reports.ReportBasis:
    """The same numbers from counts that are at hand."""
    return reports.ReportBasis(
        voices=voices,
        people=counts.spoken.total(),
        participants=snapshot.participants,
        votes=snapshot.votes,
        sections=sum(1 for row in heard if row.reached or row.imported),
        sections_of=len(heard),
        imported=counts.imported.total(),
    )
