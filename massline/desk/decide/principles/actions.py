"""Stating a principle, voting on it, counting the vote, and retiring it with a reason."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.ballots import refusal_reasons as ballot_reasons
from massline.desk.decide.ballots.majority_count import MajorityRule, compute_quorum
from massline.desk.decide.ballots.secret_ballots import (
    ANSWER_FIELDS,
    cast_ballot,
    count_members,
    destroy_roll,
)
from massline.desk.decide.principles.models import Principle, PrincipleState
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation


def add_principle(
    *,
    organisation: Organisation,
    text: str,
    by: Account,
    rule: str = MajorityRule.TWO_THIRDS,
    quorum: int = 50,
) -> Principle:
    """State a principle in the organisation's own words; it holds until the members have voted on it."""
    if not text.strip():
        raise Refused([shared_refusal_reasons.NoWords("principle")])
    with transaction.atomic(using="desk"):
        principle = Principle.objects.create(
            organisation=organisation,
            text=text.strip(),
            rule=MajorityRule(rule),
            quorum=min(max(quorum, 0), 100),
        )
        chain.append_line(organisation, by, "added a principle", principle)
    return principle


def vote_on_principle(*, principle: Principle, answer: str, by: Account, nonce: str = "") -> None:
    """Add one member's answer to the totals. It cannot be taken back, as no record says which it was."""
    cast_ballot(
        principle,
        field=ANSWER_FIELDS[answer],
        subject=principle.roll_name,
        organisation=principle.organisation,
        by=by,
        nonce=nonce,
        only_if=Q(state=PrincipleState.PROPOSED),
    )


def count_principle(*, principle: Principle, by: Account) -> Principle:
    """Adopt the principle or turn it down by its rule, once a quorum has voted, and destroy the roll."""
    with transaction.atomic(using="desk"):
        principle = Principle.objects.select_for_update().get(pk=principle.pk)
        members = count_members(principle.organisation)
        quorum = compute_quorum(members, principle.quorum)
        refuse(
            ([] if principle.is_proposed else [ballot_reasons.VoteOver()])
            + ([] if principle.voted >= quorum else [ballot_reasons.TooFewVoted(principle.voted, quorum)])
        )
        carried = principle.count.carries(principle.rule)
        principle.state = PrincipleState.ADOPTED if carried else PrincipleState.TURNED_DOWN
        principle.counted_on, principle.members = timezone.localdate(), members
        principle.save(update_fields=["state", "counted_on", "members"])
        destroy_roll(principle.roll_name)
        chain.append_line(principle.organisation, by, "counted the vote on a principle", principle)
    return principle


def retire_principle(*, principle: Principle, because: str, by: Account) -> None:
    """Retire a principle with the day and the reason; it remains on the page."""
    refuse(
        ([] if because.strip() else [shared_refusal_reasons.NoWords("retired")])
        + ([] if principle.is_holding else [ballot_reasons.VoteOver()])
    )
    with transaction.atomic(using="desk"):
        principle.state = PrincipleState.RETIRED
        principle.retired_on, principle.retired_because = timezone.localdate(), because.strip()
        principle.save(update_fields=["state", "retired_on", "retired_because"])
        destroy_roll(principle.roll_name)
        chain.append_line(principle.organisation, by, "retired a principle", principle)
