"""Recording what was decided, on which demands, against whose dissent."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Reason, refuse
from massline.desk.decide import shared_rules
from massline.desk.decide.assessments.models import Assessment
from massline.desk.decide.decisions import rules
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import rules as demand_rules
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions.models import Motion
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
    waits: bool = False,
    would_change: str = "",
) -> Decision:
    """Record what was decided, on which demands, against whose dissent, and when we look at it again."""
    with transaction.atomic(using="desk"):
        refuse(
            _against_decision(organisation, title, why, owner, review_on)
            + ([] if waits and not demands else _against_offer(organisation, demands))
            + ([shared_rules.NoWords("change")] if waits and not would_change.strip() else [])
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
        if motion is not None:
            motion.decision = decision
            motion.save(update_fields=["decision"])
        chain.write(organisation, by, "recorded a decision", decision)
    return decision


def _against_decision(
    organisation: Organisation, title: str, why: str, owner: Account | None, review_on: date | None
) -> list[Reason]:
    found: list[Reason] = [
        shared_rules.NoWords(what) for what, said in (("title", title), ("why", why)) if not said.strip()
    ]
    if owner is None:
        found.append(rules.NoOwner())
    elif not Membership.objects.live().filter(account=owner, organisation=organisation).exists():
        found.append(rules.OwnerNotHere(owner))
    if review_on is None:
        found.append(rules.NoReviewDate())
    elif review_on <= timezone.localdate():
        found.append(shared_rules.ReviewNotAhead(review_on))
    return found


def _against_offer(organisation: Organisation, demands: Sequence[Demand]) -> list[Reason]:
    """Only our own demands, that keep our principles and whose words still carry a signature."""
    if not demands:
        return [rules.NoDemands()]
    found: list[Reason] = [
        demand_rules.NotOurs(demand.text) for demand in demands if demand.organisation_id != organisation.pk
    ]
    found += demand_rules.find_broken_principles(demands, list(organisation.principles.holding()))
    claims = Claim.objects.filter(demands__in=[demand.pk for demand in demands]).distinct()
    return found + demand_rules.find_unsigned(claims.select_related("sum_up"))
