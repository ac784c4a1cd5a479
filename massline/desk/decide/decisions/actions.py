"""Recording a decision: its demands, reasons, owner, vote and dissent."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Reason, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.assessments.models import Assessment
from massline.desk.decide.decisions import refusal_reasons
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.decisions.wait_conditions import add_wait_condition
from massline.desk.decide.demands import refusal_reasons as demand_reasons
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.elections.models import Election, ElectionState
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions.models import Motion, MotionState
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.sumup.claims.models import Claim


def record_decision(
    *,
    organisation: Organisation,
    title: str,
    demands: Sequence[Demand],
    why: str,
    owner: Account | None,
    review_on: date | None,
    by: Account,
    in_favour: int | None = None,
    against: int | None = None,
    abstained: int | None = None,
    dissent: str = "",
    forecast: str = "",
    line: Line | None = None,
    assessment: Assessment | None = None,
    motion: Motion | None = None,
    election: Election | None = None,
    waits: bool = False,
    would_change: str = "",
    sign: str = "",
    at_least: float | None = None,
) -> Decision:
    """Record a decision. Raises Refused without reasons, an owner here, a review date ahead and demands on offer.

    A decision on a carried motion or a counted election needs no demands. Nor does a decision to wait, but the sign that would change it:
    in words, and if `sign` names a fact, as a number that the house watches.
    """
    with transaction.atomic(using="desk"):
        if motion is not None:
            motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        if election is not None:
            election = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
        refuse(
            _against_decision(organisation, title, why, owner, review_on)
            + ([] if (waits or motion or election) and not demands else _against_offer(organisation, demands))
            + (_against_motion(organisation, motion) if motion else [])
            + (_against_election(organisation, election) if election else [])
            + ([shared_refusal_reasons.NoWords("change")] if waits and not would_change.strip() else [])
        )
        assert owner is not None
        assert review_on is not None
        decision = Decision.objects.create(
            organisation=organisation,
            title=title.strip(),
            why=why,
            owner=owner,
            review_on=review_on,
            in_favour=in_favour,
            against=against,
            abstained=abstained,
            dissent=dissent,
            forecast=forecast,
            line=line,
            assessment=assessment,
            waits=waits,
            would_change=would_change.strip(),
        )
        decision.demands.set(demands)
        if waits and sign and at_least is not None:
            add_wait_condition(decision, key=sign, at_least=at_least)
        if motion is not None:
            motion.decision = decision
            motion.save(update_fields=["decision"])
        if election is not None:
            election.decision = decision
            election.save(update_fields=["decision"])
        chain.append_line(organisation, by, "recorded a decision", decision)
    return decision


def _against_decision(
    organisation: Organisation, title: str, why: str, owner: Account | None, review_on: date | None
) -> list[Reason]:
    texts = {"title": title, "why": why}
    reasons: list[Reason] = [
        shared_refusal_reasons.NoWords(name) for name, text in texts.items() if not text.strip()
    ]
    if owner is None:
        reasons.append(refusal_reasons.NoOwner())
    elif not Membership.objects.live().filter(account=owner, organisation=organisation).exists():
        reasons.append(refusal_reasons.OwnerNotHere(owner))
    if review_on is None:
        reasons.append(refusal_reasons.NoReviewDate())
    elif review_on <= timezone.localdate():
        reasons.append(shared_refusal_reasons.ReviewNotAhead(review_on))
    return reasons


def end_waiting(*, decision: Decision, by: Account) -> None:
    """End the waiting: from now on a call may rest on the decision."""
    with transaction.atomic(using="desk"):
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        refuse([] if decision.is_waiting else [refusal_reasons.NotWaiting()])
        decision.taken_up_on = timezone.localdate()
        decision.save(update_fields=["taken_up_on"])
        chain.append_line(decision.organisation, by, "took a decision up again", decision)


def _against_motion(organisation: Organisation, motion: Motion) -> list[Reason]:
    if motion.organisation_id != organisation.pk or motion.state != MotionState.CARRIED:
        return [refusal_reasons.MotionNotCarried()]
    return [refusal_reasons.MotionDecided(motion.decision.title)] if motion.decision else []


def _against_election(organisation: Organisation, election: Election) -> list[Reason]:
    if election.organisation_id != organisation.pk or election.state != ElectionState.COUNTED:
        return [refusal_reasons.ElectionNotCounted()]
    return [refusal_reasons.ElectionDecided(election.decision.title)] if election.decision else []


def _against_offer(organisation: Organisation, demands: Sequence[Demand]) -> list[Reason]:
    """Collect the reasons against demands of others, that break a principle, or rest on unsigned claims."""
    if not demands:
        return [refusal_reasons.NoDemands()]
    reasons: list[Reason] = [
        demand_reasons.NotOurs(demand.text) for demand in demands if demand.organisation_id != organisation.pk
    ]
    reasons += demand_reasons.find_broken_principles(demands, list(organisation.principles.holding()))
    claims = Claim.objects.filter(demands__in=[demand.pk for demand in demands]).distinct()
    return reasons + demand_reasons.find_unsigned(claims.select_related("sum_up"))
