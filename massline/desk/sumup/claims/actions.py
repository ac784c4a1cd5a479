"""Writing a sum-up: claims that cite, the second signature, and the report-back on the square."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account
from massline.desk.sumup.claims import readiness, report_back
from massline.desk.sumup.claims.citations import cite
from massline.desk.sumup.claims.models import Citation, Claim, SumUp, SumUpState, TakenOut
from massline.desk.sumup.claims.readiness import (
    AlreadyPublished,
    CarriesDemands,
    NothingToPutBack,
    NotOfThisRound,
    NotReady,
    Reason,
)
from massline.square.conversations.models import Statement
from massline.square.reports.models import ReportBack


def begin(*, round_: ListeningRound, title: str, by: Account) -> SumUp:
    """Begin to sum up what a round heard."""
    with transaction.atomic(using="desk"):
        sum_up = SumUp.objects.create(round=round_, title=title, written_by=by)
        chain.write(round_.organisation, by, "began a sum-up", sum_up)
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
    """Add one plain sentence at the end, with the words it rests on."""
    with transaction.atomic(using="desk"):
        take_in_hand(sum_up, by)
        citations = _citations(sum_up, voices, statements)
        claim = Claim.objects.create(
            sum_up=sum_up,
            order=sum_up.claims.count() + 1,
            text=text,
            minority=minority,
            numbers_because=numbers_because,
            machine=machine,
        )
        _attach(claim, citations)
        chain.write(sum_up.round.organisation, by, "added a claim", claim)
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
    """Word a claim anew and cite anew: every quote is taken fresh from its source.

    A sentence that a machine worded stays marked so until somebody changes it.
    """
    with transaction.atomic(using="desk"):
        take_in_hand(claim.sum_up, by)
        citations = _citations(claim.sum_up, voices, statements)
        claim.machine = claim.machine if text == claim.text else ""
        claim.text, claim.minority, claim.numbers_because = text, minority, numbers_because
        claim.save(update_fields=["text", "minority", "numbers_because", "machine"])
        claim.citations.all().delete()
        _attach(claim, citations)
        chain.write(claim.sum_up.round.organisation, by, "changed a claim", claim)


def remove_claim(*, claim: Claim, by: Account) -> TakenOut:
    """Take a claim out, and remember it so that it can be put back; one that carries a demand stays."""
    with transaction.atomic(using="desk"):
        take_in_hand(claim.sum_up, by)
        if claim.demands.exists():
            raise NotReady([CarriesDemands(claim)])
        citations = list(claim.citations.all())
        taken = TakenOut.objects.create(
            sum_up=claim.sum_up,
            text=claim.text,
            order=claim.order,
            minority=claim.minority,
            numbers_because=claim.numbers_because,
            machine=claim.machine,
            voices=[one.voice_id for one in citations if one.voice_id],
            statements=[str(one.statement) for one in citations if one.statement],
        )
        chain.write(claim.sum_up.round.organisation, by, "removed a claim", claim)
        claim.delete()
        _number(list(claim.sum_up.claims.all()))
    return taken


def put_back(*, taken: TakenOut, by: Account) -> Claim:
    """Put a claim back where it stood, citing anew what can still be cited."""
    with transaction.atomic(using="desk"):
        held = TakenOut.objects.select_for_update().filter(pk=taken.pk).first()
        if held is None:
            raise NotReady([NothingToPutBack()])
        round_ = taken.sum_up.round
        claim = add_claim(
            sum_up=taken.sum_up,
            text=taken.text,
            voices=list(Voice.objects.of_round(round_).filter(pk__in=taken.voices).order_by("pk")),
            statements=list(report_back.statements_of(round_).filter(uuid__in=taken.statements)),
            minority=taken.minority,
            numbers_because=taken.numbers_because,
            machine=taken.machine,
            by=by,
        )
        rows = [one for one in taken.sum_up.claims.all() if one.pk != claim.pk]
        rows.insert(min(taken.order, len(rows) + 1) - 1, claim)
        _number(rows)
        held.delete()
    return claim


def move_claim(*, claim: Claim, up: bool, by: Account) -> None:
    """Let a claim and its neighbour change places; at the ends nothing happens."""
    with transaction.atomic(using="desk"):
        rows = list(claim.sum_up.claims.all())
        here = rows.index(claim)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(rows):
            return
        take_in_hand(claim.sum_up, by)
        rows[here], rows[there] = rows[there], rows[here]
        _number(rows)
        chain.write(claim.sum_up.round.organisation, by, "moved a claim", claim)


def describe(
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
    """Say what was heard, what nobody knows and what happens next; or that we looked for another view and found none."""
    with transaction.atomic(using="desk"):
        take_in_hand(sum_up, by)
        sum_up.heard, sum_up.unknown, sum_up.next_step = heard, unknown, next_step
        if no_minority is not None:
            sum_up.no_minority = no_minority
        if looked_at is not None:
            sum_up.looked_at = looked_at
        if title is not None:
            sum_up.title = title
        sum_up.save(update_fields=["heard", "unknown", "next_step", "no_minority", "looked_at", "title"])
        chain.write(sum_up.round.organisation, by, "described a sum-up", sum_up)


def sign(*, sum_up: SumUp, by: Account) -> None:
    """Put the second pair of eyes to it: every quote is held against its source once more."""
    with transaction.atomic(using="desk"):
        _hold(sum_up)
        _refuse(readiness.before_signing(sum_up, by))
        sum_up.state, sum_up.signed_by, sum_up.signed_on = SumUpState.SIGNED, by, timezone.localdate()
        sum_up.save(update_fields=["state", "signed_by", "signed_on"])
        chain.write(sum_up.round.organisation, by, "signed a sum-up", sum_up)


def publish(*, sum_up: SumUp, by: Account) -> ReportBack:
    """Freeze the sum-up on the square.

    The square is written first, whole and under a name known beforehand; if the desk should fail after that,
    publishing again finds the report-back there and only finishes what is missing.
    """
    with transaction.atomic(using="desk"):
        _hold(sum_up)
        report = report_back.report_of(sum_up)
        if report is None:
            _refuse(readiness.before_publishing(sum_up, by))
            report = report_back.freeze(sum_up)
        if not sum_up.is_published:
            sum_up.state, sum_up.report = SumUpState.PUBLISHED, report.slug
            sum_up.save(update_fields=["state", "report"])
            chain.write(sum_up.round.organisation, by, "published a sum-up", sum_up)
    return report


def _hold(sum_up: SumUp) -> None:
    """Read the row again and keep others from changing it until the transaction ends."""
    sum_up.refresh_from_db(from_queryset=SumUp.objects.select_for_update())


def take_in_hand(sum_up: SumUp, by: Account) -> None:
    """Before any change: refuse if it is published; take the signature away; note whose hand it is in now."""
    _hold(sum_up)
    if sum_up.is_published or report_back.report_of(sum_up) is not None:
        raise NotReady([AlreadyPublished()])
    sum_up.state, sum_up.signed_by, sum_up.signed_on = SumUpState.DRAFT, None, None
    sum_up.written_by = by
    sum_up.save(update_fields=["state", "signed_by", "signed_on", "written_by"])


def _citations(sum_up: SumUp, voices: Sequence[Voice], statements: Sequence[Statement]) -> list[Citation]:
    """Cite words of this round and of no other: nothing joins two compartments."""
    round_ = sum_up.round
    heard = set(
        Voice.objects.of_round(round_).filter(pk__in=[v.pk for v in voices]).values_list("pk", flat=True)
    )
    shown = report_back.statements_of(round_).filter(pk__in=[s.pk for s in statements])
    on_square = set(shown.values_list("pk", flat=True))
    strange: list[Reason] = [NotOfThisRound(voice.text) for voice in voices if voice.pk not in heard]
    strange += [NotOfThisRound(one.text) for one in statements if one.pk not in on_square]
    _refuse(strange)
    return cite(round_, voices, statements)


def _attach(claim: Claim, citations: list[Citation]) -> None:
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
