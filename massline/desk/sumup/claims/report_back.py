"""A sum-up on its way to the square: what it rests on, and how much of a quote's origin may be told in public."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone, translation

from massline.core.disclosure import threshold
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.coverage import Heard, coverage, spoken_to
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.citations import Snapshot, place_of, snapshot_of, sources_of
from massline.desk.sumup.claims.models import Citation, SumUp
from massline.square.conversations.models import Statement
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports
from massline.square.reports.models import ReportBack


def statements_of(round_: ListeningRound) -> QuerySet[Statement]:
    """The statements of a round that anybody can read on the square."""
    return Statement.objects.shown().filter(
        conversation__organisation__uuid=round_.organisation.uuid, conversation__slug=round_.conversation
    )


def report_of(sum_up: SumUp) -> ReportBack | None:
    """The report-back this sum-up became, if it stands on the square."""
    return ReportBack.objects.select_related("organisation").filter(uuid=sum_up.report_uuid).first()


def freeze(sum_up: SumUp) -> ReportBack:
    """Write the report-back from a sum-up that lacks nothing."""
    round_ = sum_up.round
    claims = list(sum_up.claims.with_words())
    statements = sources_of(citation for claim in claims for citation in claim.citations.all())
    telling = sections_large_enough(round_)
    with translation.override(round_.organisation.language):
        frozen = [
            reports.Frozen(
                claim.text,
                claim.minority,
                [_quote(citation, statements, telling) for citation in claim.citations.all()],
                bool(claim.machine),
            )
            for claim in claims
        ]
    return reports.freeze(
        organisation=PublicOrganisation.objects.get(uuid=round_.organisation.uuid),
        conversation=conversation_of(round_),
        uuid=sum_up.report_uuid,
        title=sum_up.title,
        heard=sum_up.heard,
        unknown=sum_up.unknown,
        next_step=sum_up.next_step,
        looked_at=sum_up.looked_at if sum_up.no_minority else "",
        rests_on=rests_on(round_),
        claims=frozen,
    )


def sections_large_enough(round_: ListeningRound) -> set[int]:
    """Sections in which enough people were heard that naming one points at nobody."""
    least = threshold(round_.organisation)
    return {one.section.pk for one in coverage(round_) if least.shows(one.heard)}


def _quote(citation: Citation, statements: dict[UUID, Statement], telling: set[int]) -> reports.Quote:
    if citation.voice is not None:
        voice = citation.voice
        place = place_of(voice, name_section=voice.report.section_id in telling)
        return reports.Quote(citation.text, place, voice.report.day)
    source = statements.get(citation.statement) if citation.statement else None
    return reports.Quote(citation.text, citation.origin, source.made_on if source else timezone.localdate())


def rests_on(round_: ListeningRound) -> reports.RestsOn:
    """Who was heard in this round, by voice and by vote."""
    spoken = spoken_to(round_)
    return resting(
        voices=Voice.objects.of_round(round_).count(),
        people=spoken.total(),
        heard=coverage(round_, spoken=spoken),
        snapshot=snapshot_of(round_),
    )


def resting(*, voices: int, people: int, heard: Sequence[Heard], snapshot: Snapshot) -> reports.RestsOn:
    """The same from what a page has counted already."""
    return reports.RestsOn(
        voices=voices,
        people=people,
        participants=snapshot.participants,
        votes=snapshot.votes,
        sections=sum(1 for one in heard if one.heard),
        sections_of=len(heard),
    )
