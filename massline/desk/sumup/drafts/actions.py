"""Save sentences that a machine proposed, as marked claims without citations."""

from collections.abc import Sequence

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.desk.sumup.claims.actions import add_claim
from massline.desk.sumup.claims.models import Claim, SumUp


def add_draft_claims(*, sum_up: SumUp, sentences: Sequence[str], machine: str, by: Account) -> list[Claim]:
    """Add the proposals at the end. They cannot be published before a person has cited words for them."""
    with transaction.atomic(using="desk"):
        claims = [
            add_claim(sum_up=sum_up, text=sentence, machine=machine[:80], by=by) for sentence in sentences
        ]
        chain.append_line(sum_up.round.organisation, by, "asked a machine for a draft", sum_up)
    return claims
