"""Place a slip on a finding, take it back, or leave it out."""

from typing import Any

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Account
from massline.desk.sumup.claims.actions import add_claim, attach_citations, cite_sources, lock_for_editing
from massline.desk.sumup.claims.models import Citation, Claim, SumUp
from massline.desk.sumup.quote_placement.models import LeftOut
from massline.square.conversations.models import Statement

Source = Voice | Statement


def cite_source_under_claim(*, claim: Claim, source: Source, by: Account) -> None:
    """Quote a voice or a statement under a finding; a slip that lies there already stays there once."""
    with transaction.atomic(using="desk"):
        lock_for_editing(claim.sum_up, by)
        if not claim.citations.filter(**_names(source)).exists():
            attach_citations(claim, cite_sources(claim.sum_up, *_split(source)))
        LeftOut.objects.filter(sum_up=claim.sum_up, **_names(source)).delete()
        chain.append_line(claim.sum_up.round.organisation, by, "changed a claim", claim)


def start_claim(
    *, sum_up: SumUp, text: str, source: Source | None, minority: bool = False, by: Account
) -> Claim:
    """Add a finding at the end, with its first slip if one is given."""
    with transaction.atomic(using="desk"):
        voices, statements = _split(source) if source is not None else ([], [])
        claim = add_claim(
            sum_up=sum_up, text=text, voices=voices, statements=statements, minority=minority, by=by
        )
        if source is not None:
            LeftOut.objects.filter(sum_up=sum_up, **_names(source)).delete()
    return claim


def take_quote_back(*, quote: Citation, by: Account) -> None:
    """Stop quoting words under a finding; what is still shown is to be placed again."""
    claim = quote.claim
    with transaction.atomic(using="desk"):
        lock_for_editing(claim.sum_up, by)
        quote.delete()
        chain.append_line(claim.sum_up.round.organisation, by, "changed a claim", claim)


def leave_slip_out(*, sum_up: SumUp, source: Source, by: Account) -> None:
    """Note that this sum-up does not quote these words; its text and its signature stay as they are."""
    with transaction.atomic(using="desk"):
        cite_sources(sum_up, *_split(source))
        LeftOut.objects.get_or_create(sum_up=sum_up, **_names(source))
        chain.append_line(sum_up.round.organisation, by, "left a slip out", sum_up)


def put_slip_back(*, sum_up: SumUp, source: Source, by: Account) -> None:
    """Put a slip that was left out among those to be placed."""
    with transaction.atomic(using="desk"):
        LeftOut.objects.filter(sum_up=sum_up, **_names(source)).delete()
        chain.append_line(sum_up.round.organisation, by, "put a slip back", sum_up)


def _names(source: Source) -> dict[str, Any]:
    """The columns by which citations and slips name a source."""
    return {"voice": source} if isinstance(source, Voice) else {"statement": source.uuid}


def _split(source: Source) -> tuple[list[Voice], list[Statement]]:
    return ([source], []) if isinstance(source, Voice) else ([], [source])
