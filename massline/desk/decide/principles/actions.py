"""Stating a red line, voting on it, counting, and retiring it with a reason."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.decide import shared_rules
from massline.desk.decide.ballots import rules as ballot_rules
from massline.desk.decide.ballots.count import compute_quorum
from massline.desk.decide.ballots.models import Rule
from massline.desk.decide.ballots.rolls import cast_ballot, count_members, destroy_roll
from massline.desk.decide.principles.models import Principle, PrincipleState
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation

ANSWERS = {"yes": "in_favour", "no": "against", "abstain": "abstained"}


def add_principle(
    *, organisation: Organisation, text: str, by: Account, rule: str = Rule.TWO_THIRDS, quorum: int = 50
) -> Principle:
    """State a red line in the organisation's own words. It holds until the members have voted on it."""
    if not text.strip():
        raise Refused([shared_rules.NoWords("principle")])
    with transaction.atomic(using="desk"):
        principle = Principle.objects.create(
            organisation=organisation, text=text.strip(), rule=Rule(rule), quorum=min(max(quorum, 0), 100)
        )
        chain.write(organisation, by, "added a principle", principle)
    return principle


def vote_on_principle(*, principle: Principle, answer: str, by: Account) -> None:
    """Put one member's answer into the box. It cannot be taken out again: nobody knows which it was."""
    cast_ballot(
        principle,
        field=ANSWERS[answer],
        subject=principle.roll_name,
        organisation=principle.organisation,
        by=by,
        while_=Q(state=PrincipleState.PROPOSED),
    )


def count_principle(*, principle: Principle, by: Account) -> Principle:
    """Open the box once enough have voted; adopt or turn down by the rule stated before; tear up the roll."""
    with transaction.atomic(using="desk"):
        found = Principle.objects.select_for_update().get(pk=principle.pk)
        members = count_members(found.organisation)
        need = compute_quorum(members, found.quorum)
        refuse(
            ([] if found.is_proposed else [ballot_rules.VoteOver()])
            + ([] if found.voted >= need else [ballot_rules.TooFewVoted(found.voted, need)])
        )
        carried = found.count.carries(found.rule)
        found.state = PrincipleState.ADOPTED if carried else PrincipleState.TURNED_DOWN
        found.counted_on, found.members = timezone.localdate(), members
        found.save(update_fields=["state", "counted_on", "members"])
        destroy_roll(found.roll_name)
        chain.write(found.organisation, by, "counted the vote on a principle", found)
    return found


def retire_principle(*, principle: Principle, because: str, by: Account) -> None:
    """Let a line go, with the day and the reason; it stays on the page."""
    refuse(
        ([] if because.strip() else [shared_rules.NoWords("retired")])
        + ([] if principle.is_holding else [ballot_rules.VoteOver()])
    )
    with transaction.atomic(using="desk"):
        principle.state = PrincipleState.RETIRED
        principle.retired_on, principle.retired_because = timezone.localdate(), because.strip()
        principle.save(update_fields=["state", "retired_on", "retired_because"])
        destroy_roll(principle.roll_name)
        chain.write(principle.organisation, by, "retired a principle", principle)
