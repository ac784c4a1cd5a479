"""Write, sign and publish a sum-up."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account
from massline.desk.sumup.claims import report_back, signing_readiness
from massline.desk.sumup.claims.citations import cite_words
from massline.desk.sumup.claims.models import Citation, Claim, SumUp, SumUpState, TakenOut
from massline.desk.sumup.claims.signing_readiness import (
    AlreadyPublished,
    HasDemands,
    NothingToPutBack,
    NotOfThisRound,
    NotReady,
    Reason,
)
from massline.square.conversations.models import Statement
from massline.square.reports.models import ReportBack


def begin_sum_up(*, round_: ListeningRound, title: str, by: Account) -> SumUp:
    """Start a sum-up of a round."""
    with transaction.atomic(using="desk"):
        sum_up = SumUp.objects.create(round=round_, title=title, written_by=by)
        chain.append_line(round_.organisation, by, "began a sum-up", sum_up)
    return sum_up


def add_claim(
    *,
    sum_up: SumUp,
    text: str,
    voices: Sequence[Voice] = (),
    statements: Sequence[Statement] = (),
    minority: bool = False,
    numbers_because: str = "",
    machine: str = "",
    by: Account,
) -> Claim:
    """Add a claim at the end, with its citations."""
    with transaction.atomic(using="desk"):
        lock_for_editing(sum_up, by)
        citations = cite_sources(sum_up, voices, statements)
        claim = Claim.objects.create(
            sum_up=sum_up,
            order=sum_up.claims.count() + 1,
            text=text,
            minority=minority,
            numbers_because=numbers_because,
            machine=machine,
        )
        attach_citations(claim, citations)
        chain.append_line(sum_up.round.organisation, by, "added a claim", claim)
    return claim


def edit_claim(
    *,
    claim: Claim,
    text: str,
    voices: Sequence[Voice],
    statements: Sequence[Statement],
    minority: bool,
    numbers_because: str = "",
    by: Account,
) -> None:
    """Change a claim and replace its citations by new ones from their sources.

    A sentence worded by a machine stays marked until its text changes.
    """
    with transaction.atomic(using="desk"):
        lock_for_editing(claim.sum_up, by)
        citations = cite_sources(claim.sum_up, voices, statements)
        claim.machine = claim.machine if text == claim.text else ""
        claim.text, claim.minority, claim.numbers_because = text, minority, numbers_because
        claim.save(update_fields=["text", "minority", "numbers_because", "machine"])
        claim.citations.all().delete()
        attach_citations(claim, citations)
        chain.append_line(claim.sum_up.round.organisation, by, "changed a claim", claim)


def remove_claim(*, claim: Claim, by: Account) -> TakenOut:
    """Remove a claim and store it so that it can be restored. Raises NotReady if a demand is based on it."""
    with transaction.atomic(using="desk"):
        lock_for_editing(claim.sum_up, by)
        if claim.demands.exists():
            raise NotReady([HasDemands(claim)])
        citations = list(claim.citations.all())
        taken = TakenOut.objects.create(
            sum_up=claim.sum_up,
            text=claim.text,
            order=claim.order,
            minority=claim.minority,
            numbers_because=claim.numbers_because,
            machine=claim.machine,
            voices=[citation.voice_id for citation in citations if citation.voice_id],
            statements=[str(citation.statement) for citation in citations if citation.statement],
        )
        chain.append_line(claim.sum_up.round.organisation, by, "removed a claim", claim)
        claim.delete()
        _number(list(claim.sum_up.claims.all()))
    return taken


def restore_claim(*, taken: TakenOut, by: Account) -> Claim:
    """Restore a removed claim at its place, with new citations of sources that can still be cited."""
    with transaction.atomic(using="desk"):
        held = TakenOut.objects.select_for_update().filter(pk=taken.pk).first()
        if held is None:
            raise NotReady([NothingToPutBack()])
        round_ = taken.sum_up.round
        claim = add_claim(
            sum_up=taken.sum_up,
            text=taken.text,
            voices=list(Voice.objects.of_round(round_).filter(pk__in=taken.voices).order_by("pk")),
            statements=list(report_back.shown_statements_of_round(round_).filter(uuid__in=taken.statements)),
            minority=taken.minority,
            numbers_because=taken.numbers_because,
            machine=taken.machine,
            by=by,
        )
        rows = [sibling for sibling in taken.sum_up.claims.all() if sibling.pk != claim.pk]
        rows.insert(min(taken.order, len(rows) + 1) - 1, claim)
        _number(rows)
        held.delete()
    return claim


def move_claim(*, claim: Claim, up: bool, by: Account) -> None:
    """Swap a claim with its neighbour; nothing happens at the ends."""
    with transaction.atomic(using="desk"):
        rows = list(claim.sum_up.claims.all())
        here = rows.index(claim)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(rows):
            return
        lock_for_editing(claim.sum_up, by)
        rows[here], rows[there] = rows[there], rows[here]
        _number(rows)
        chain.append_line(claim.sum_up.round.organisation, by, "moved a claim", claim)


def describe_sum_up(
    *,
    sum_up: SumUp,
    heard: str,
    unknown: str,
    next_step: str,
    by: Account,
    no_minority: bool | None = None,
    looked_at: str | None = None,
    title: str | None = None,
) -> None:
    """Save the summary, the open points, the next step, and where another view was looked for. None keeps a value."""
    with transaction.atomic(using="desk"):
        lock_for_editing(sum_up, by)
        sum_up.heard, sum_up.unknown, sum_up.next_step = heard, unknown, next_step
        if no_minority is not None:
            sum_up.no_minority = no_minority
        if looked_at is not None:
            sum_up.looked_at = looked_at
        if title is not None:
            sum_up.title = title
        sum_up.save(update_fields=["heard", "unknown", "next_step", "no_minority", "looked_at", "title"])
        chain.append_line(sum_up.round.organisation, by, "described a sum-up", sum_up)


def sign_sum_up(*, sum_up: SumUp, by: Account) -> None:
    """Sign as the second organiser, after all quotes were compared with their sources again. Raises NotReady."""
    with transaction.atomic(using="desk"):
        _lock_row(sum_up)
        _refuse(signing_readiness.reasons_against_signing(sum_up, by))
        sum_up.state, sum_up.signed_by, sum_up.signed_on = SumUpState.SIGNED, by, timezone.localdate()
        sum_up.save(update_fields=["state", "signed_by", "signed_on"])
        chain.append_line(sum_up.round.organisation, by, "signed a sum-up", sum_up)


def publish_sum_up(*, sum_up: SumUp, by: Account) -> ReportBack:
    """Publish the sum-up as a report-back. Raises NotReady with the reasons.

    The square is written first, under a uuid known beforehand. If the desk fails after that, publishing again
    finds the report-back and completes the rest.
    """
    with transaction.atomic(using="desk"):
        _lock_row(sum_up)
        report = report_back.find_report_back_of(sum_up)
        if report is None:
            _refuse(signing_readiness.reasons_against_publishing(sum_up, by))
            report = report_back.freeze_sum_up(sum_up)
        if not sum_up.is_published:
            sum_up.state, sum_up.report = SumUpState.PUBLISHED, report.slug
            sum_up.save(update_fields=["state", "report"])
            chain.append_line(sum_up.round.organisation, by, "published a sum-up", sum_up)
    return report


def _lock_row(sum_up: SumUp) -> None:
    """Reload the row and lock it until the transaction ends."""
    sum_up.refresh_from_db(from_queryset=SumUp.objects.select_for_update())


def lock_for_editing(sum_up: SumUp, by: Account) -> None:
    """Lock a sum-up for a change, remove its signature and record the writer. Raises NotReady if it is published."""
    _lock_row(sum_up)
    if sum_up.is_published or report_back.find_report_back_of(sum_up) is not None:
        raise NotReady([AlreadyPublished()])
    sum_up.state, sum_up.signed_by, sum_up.signed_on = SumUpState.DRAFT, None, None
    sum_up.written_by = by
    sum_up.save(update_fields=["state", "signed_by", "signed_on", "written_by"])


def cite_sources(sum_up: SumUp, voices: Sequence[Voice], statements: Sequence[Statement]) -> list[Citation]:
    """Cite words of this round. Raises NotReady for words of another round or organisation."""
    round_ = sum_up.round
    heard = set(
        Voice.objects.of_round(round_).filter(pk__in=[v.pk for v in voices]).values_list("pk", flat=True)
    )
    shown = report_back.shown_statements_of_round(round_).filter(pk__in=[s.pk for s in statements])
    on_square = set(shown.values_list("pk", flat=True))
    reasons: list[Reason] = [NotOfThisRound(voice.text) for voice in voices if voice.pk not in heard]
    reasons += [NotOfThisRound(statement.text) for statement in statements if statement.pk not in on_square]
    _refuse(reasons)
    return cite_words(round_, voices, statements)


def attach_citations(claim: Claim, citations: list[Citation]) -> None:
    """Save citations as those of a claim."""
    for citation in citations:
        citation.claim = claim
    Citation.objects.bulk_create(citations)


def _number(claims: list[Claim]) -> None:
    for place, claim in enumerate(claims, start=1):
        claim.order = place
    Claim.objects.bulk_update(claims, ["order"])


def _refuse(reasons: Sequence[Reason]) -> None:
    if reasons:
        raise NotReady(reasons)
